import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { packageRoot } from '../src/core/packageRoot';

const BENCH = join(packageRoot, 'bench');
const PYTHON = join(packageRoot, '.bench-venv', 'bin', 'python');
/** On one core, like ours. */
const ONE_THREAD = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** What peers.py says to a request: how long the work took by itself, and what it found. */
export interface PeerAnswer<T> {
  readonly seconds: number;
  readonly answer: T;
}

/** statsmodels and nolds in a Python process that lives as long as the bench. */
export class Peers {
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  private constructor() {
    const env = { ...process.env, ...ONE_THREAD };
    this.#process = spawn(PYTHON, [join(BENCH, 'peers.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout! });
  }

  /** Installs them where they are missing; null when that fails, after saying why on standard error. */
  static start(): Peers | null {
    const script = join(BENCH, 'setupPeers.mjs');
    if (!existsSync(script)) return null;
    // Standard output is for the numbers alone.
    const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 2] });
    return status === 0 ? new Peers() : null;
  }

  async ask<T>(request: { readonly task: string }): Promise<PeerAnswer<T>> {
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    const ended = once(this.#lines, 'close').then(() => {
      throw new Error(`Cannot time ${request.task}: the Python process ended`);
    });
    const [line] = await Promise.race([once(this.#lines, 'line'), ended]);
    return JSON.parse(line);
  }

  stop(): void {
    this.#process.stdin?.end();
  }
}
