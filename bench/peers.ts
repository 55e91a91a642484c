import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../src/core/packageRoot';

const BENCH = join(packageRoot, 'bench');
const PYTHON = join(packageRoot, '.bench-venv', 'bin', 'python');
/** On one core, like ours, and without warnings of deprecation. */
const SETTINGS = {
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  PYTHONWARNINGS: 'ignore',
};

/** Which programs run beside us: those of `numerics` and `chain` are always there, others are installed when they are asked for. */
export type PeerSet = 'numerics' | 'chain' | 'spectra' | 'explanations' | 'training';

const SCRIPTS: Readonly<Record<PeerSet, string>> = {
  numerics: 'peers.py',
  chain: 'peersChain.py',
  spectra: 'peersSpectra.py',
  explanations: 'peersExplanations.py',
  training: 'peersTraining.py',
};

/** What a script says to a request: how long the work took by itself, and what it found. */
export interface PeerAnswer<T> {
  readonly seconds: number;
  readonly answer: T;
}

/** The function of the script to call and its fields. */
export interface PeerRequest {
  readonly task: string;
  readonly [field: string]: unknown;
}

/** The programs of a set in a Python process that lives as long as the bench. */
export class Peers {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(set: PeerSet) {
    const env = { ...process.env, ...SETTINGS };
    this.#process = spawn(PYTHON, [join(BENCH, SCRIPTS[set])], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /** Installs them where they are missing; null when that fails, after saying why on standard error. */
  static start(set: PeerSet): Peers | null {
    const script = join(BENCH, 'setupPeers.mjs');
    if (!existsSync(script)) return null;
    // Standard output is for the numbers alone.
    const { status } = spawnSync(process.execPath, [script, set], { stdio: ['ignore', 2, 2] });
    return status === 0 ? new Peers(set) : null;
  }

  async ask<T>(request: PeerRequest): Promise<PeerAnswer<T>> {
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`Cannot time ${request.task}: the Python process ended`);
    return JSON.parse(value);
  }

  stop(): void {
    this.#process.stdin?.end();
  }
}
