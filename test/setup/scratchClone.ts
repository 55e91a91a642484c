import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** The clone that these tests belong to; they run as dist/test/setup/*.js. */
export const ROOT: string = join(__dirname, '..', '..', '..');

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A new folder with the scripts of this clone, the kernel they write, and the given files, removed after the test. */
export function scratchClone(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'legcnet-setup-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['scripts', 'kernel'])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** A scratch clone with one source, src/index.ts, and the compiler of this clone. */
export function buildableClone(t: TestContext, source: string): string {
  const root = scratchClone(t, {
    'package.json': '{}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        types: [],
        rootDir: '.',
        outDir: 'dist',
        incremental: true,
        tsBuildInfoFile: 'dist/.tsbuildinfo',
      },
      include: ['src'],
    }),
    'src/index.ts': source,
  });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules', 'typescript'), join(root, 'node_modules', 'typescript'));
  return root;
}

/** Runs the set-up of the clone at `root` with the given words, as `npm run setup -- …words` does. */
export function setup(
  root: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs'), ...words], {
      cwd: root,
      env: { ...process.env, XDG_CACHE_HOME: join(root, 'user-cache'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', code => resolve({ code, output }));
  });
}

/** A PATH on which only Node, npm and the given shell scripts are found. */
export function pathWith(root: string, scripts: Readonly<Record<string, string>> = {}): string {
  const folder = join(root, 'programs');
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node'));
  symlinkSync(findOnPath('npm'), join(folder, 'npm'));
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  return folder;
}

function findOnPath(name: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      return realpathSync(join(folder, name));
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${name} is not on PATH`);
}
