import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** What of npm's own settings a project may inherit from the `npm test` around it. */
const KEPT = /^npm_config_(cache|registry|userconfig|globalconfig|prefix)$/i;

/** An empty project beside a Jupyter folder of its own, in a new place. */
export class Project {
  readonly #root: string = realpathSync(mkdtempSync(join(tmpdir(), 'legcnet-project-')));
  /** Holds package.json and nothing else. */
  readonly folder: string = join(this.#root, 'project');
  /** Where set-up finds and puts kernels of this user. */
  readonly jupyter: string = join(this.#root, 'jupyter');

  constructor() {
    mkdirSync(this.folder);
    writeFileSync(
      join(this.folder, 'package.json'),
      '{ "name": "empty", "version": "1.0.0", "private": true }\n',
    );
  }

  /** Runs a program in the project, as its owner would from a shell. */
  run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    const own = Object.entries(process.env).filter(
      ([name]) =>
        (!/^npm_/i.test(name) || KEPT.test(name)) &&
        !/^(INIT_CWD|NODE_OPTIONS|NODE_TEST_CONTEXT)$/.test(name),
    );
    return new Promise(resolve => {
      const child = spawn(program, args, {
        cwd: this.folder,
        env: { ...Object.fromEntries(own), JUPYTER_DATA_DIR: this.jupyter, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const keep = (chunk: Buffer): void => {
        output += chunk;
      };
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      child.on('error', error => resolve({ code: null, output: String(error) }));
      child.on('close', code => resolve({ code, output }));
    });
  }

  /** `npx legcnet …`, without npx, which takes a second. */
  legcnet(...args: readonly string[]): Promise<Outcome> {
    return this.run(join(this.folder, 'node_modules', '.bin', 'legcnet'), args);
  }

  /** Removes it with all around it. */
  remove(): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }
}
