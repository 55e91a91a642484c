import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/core/packageRoot';
import { installKernel } from '../../src/notebook/kernelSpecs';

const python = join(packageRoot, '.venv', 'bin', 'python');
const tslab = join(dirname(require.resolve('tslab/package.json')), 'bin', 'tslab');
const driver = join(packageRoot, 'test', 'support', 'jupyterClient.py');

/** Why tests through Jupyter's own client cannot run here; false when they can. */
export const kernelSkip: string | false = existsSync(python)
  ? false
  : 'no .venv with jupyter_client: `npm run setup -- python` makes it';

export interface KernelOutput {
  readonly kind: 'stream' | 'display_data' | 'update_display_data';
  readonly name?: 'stdout' | 'stderr';
  readonly text?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: { readonly legcnet?: { readonly kind: string } };
}

/** How a cell went, as a frontend sees it. */
export interface KernelReply {
  readonly status: 'ok' | 'error' | 'abort' | 'no reply';
  /** Whether the frontend heard that the cell is done. */
  readonly idle: boolean;
  readonly outputs: readonly KernelOutput[];
  /** Messages that its outputs took. */
  readonly messages: number;
  readonly seconds: number;
  /** From the press of the stop button to the end of the cell; null without one, -1 when the cell never came so far. */
  readonly stopSeconds: number | null;
}

export interface CellOptions {
  /** Seconds to wait for the end of the cell. Default 60. */
  readonly timeout?: number;
  /** Presses the stop button so many seconds after the cell's start. */
  readonly interruptAfter?: number;
  /** Counts `interruptAfter` from the first output that contains this. */
  readonly interruptWhen?: string;
  /** What JupyterLab sends along: the same whenever the same cell runs. */
  readonly cellId?: string;
}

export interface KernelOptions {
  readonly heap?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly plain?: boolean;
  /** A project with the package installed: the notebook's folder, and the kernel.json that its set-up wrote. */
  readonly project?: { readonly folder: string; readonly kernel: string };
}

/** Place in a cell's code. */
export type Place = readonly [code: string, position: number];

/** A real kernel, spoken to through Jupyter's own client in the Python of `.venv`. Its folder is empty and not ours. */
export class KernelClient {
  /** The notebook's folder. */
  readonly folder: string;
  readonly #root: string;
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #pid = 0;

  private constructor(root: string, folder: string) {
    this.#root = root;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    const share = join(root, 'share', 'jupyter');
    this.#process = spawn(python, [driver], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        JUPYTER_PATH: share,
        JUPYTER_DATA_DIR: join(root, 'data'),
        JUPYTER_RUNTIME_DIR: join(root, 'runtime'),
        JUPYTER_CONFIG_DIR: join(root, 'config'),
        IPYTHONDIR: join(root, 'ipython'),
      },
    });
    this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /**
   * Installs the kernel into an environment of its own and starts it; `heap` in megabytes. `plain` takes tslab's own
   * kernel instead, for a folder where this package is installed.
   */
  static async start(options: KernelOptions = {}): Promise<KernelClient> {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'legcnet-kernel-')));
    const { heap, env, plain = false, project } = options;
    const file = installKernel({ prefix: root, ...(heap === undefined ? {} : { heap }) });
    if (project !== undefined) copyFileSync(project.kernel, file);
    const client = new KernelClient(root, project?.folder ?? join(root, 'notebooks'));
    if (plain) {
      const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
      writeFileSync(file, JSON.stringify({ argv, display_name: 'TypeScript', language: 'typescript' }));
      mkdirSync(join(client.folder, 'node_modules'));
      symlinkSync(packageRoot, join(client.folder, 'node_modules', 'legcnet'), 'junction');
    }
    const environment = env === undefined ? {} : { env: { ...process.env, ...env } };
    const files = { cwd: client.folder, log: join(root, 'kernel.log') };
    const { pid } = await client.#ask<{ pid: number }>('start', { ...files, ...environment });
    client.#pid = pid;
    return client;
  }

  get pid(): number {
    return this.#pid;
  }

  run(code: string, options: CellOptions = {}): Promise<KernelReply> {
    return this.#ask('execute', { code, ...options });
  }

  /** Matches of the completion at each place. */
  complete(places: readonly Place[]): Promise<readonly (readonly string[])[]> {
    return this.#ask('ask', { kind: 'complete', requests: places });
  }

  /** What Shift-Tab shows at each place. */
  inspect(places: readonly Place[]): Promise<readonly string[]> {
    return this.#ask('ask', { kind: 'inspect', requests: places });
  }

  async restart(): Promise<void> {
    this.#pid = (await this.#ask<{ pid: number }>('restart', {})).pid;
  }

  /** Waits until the kernel that died was started again by Jupyter itself. */
  async waitForRestart(): Promise<void> {
    this.#pid = (await this.#ask<{ pid: number }>('waitForRestart', { oldPid: this.#pid })).pid;
  }

  /** Threads of the kernel's process (Linux only). */
  threads(): number {
    return readdirSync(`/proc/${this.#pid}/task`).length;
  }

  /** Processor time that the kernel has taken since its start (Linux only). */
  processorSeconds(): number {
    return processorSeconds(this.#pid);
  }

  /**
   * Share of moments in which some thread of the kernel wants a processor, whether it gets one or not (Linux only). Looks
   * again for some seconds while it is high: garbage is still collected after a step has ended.
   */
  async busyShare(): Promise<number> {
    let share = 1;
    for (let tries = 0; tries < 12 && share > 0.1; tries++) {
      let busy = 0;
      for (let look = 0; look < LOOKS; look++) {
        await sleep(20);
        if (wantsProcessor(this.#pid)) busy++;
      }
      share = busy / LOOKS;
    }
    return share;
  }

  /** Ends the kernel and removes its folders. Returns how long the kernel took. */
  async close(): Promise<number> {
    const { seconds } = await this.#ask<{ seconds: number }>('shutdown', {});
    this.#process.stdin?.end();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 });
    return seconds;
  }

  async #ask<T>(command: string, words: object): Promise<T> {
    this.#process.stdin?.write(`${JSON.stringify({ command, ...words })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`The Jupyter client ended during ${command}`);
    const { answer, error } = JSON.parse(value);
    if (error !== undefined) throw new Error(`${command}: ${error}`);
    return answer;
  }
}

/** What a cell printed. */
export function printed({ outputs }: KernelReply, name: 'stdout' | 'stderr' = 'stdout'): string {
  return outputs.flatMap(output => (output.name === name ? [output.text] : [])).join('');
}

/** Kinds of what a cell displayed. */
export function shownKinds({ outputs }: KernelReply): string[] {
  return outputs.flatMap(({ metadata }) => (metadata?.legcnet === undefined ? [] : [metadata.legcnet.kind]));
}

const LOOKS = 20;

/** Whether a thread of the process is running or waits for its turn. */
function wantsProcessor(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).some(thread => statOf(`${pid}/task/${thread}`)[0] === 'R');
}

const TICKS_PER_SECOND = 100;

/** Processor time of a process, its own and the system's. */
function processorSeconds(pid: number): number {
  const fields = statOf(`${pid}`);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Fields of a stat file of /proc from the third on, the state; none when it is gone. The name before may hold spaces. */
function statOf(path: string): string[] {
  try {
    const stat = readFileSync(`/proc/${path}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
