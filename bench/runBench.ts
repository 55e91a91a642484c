import { cpus, loadavg } from 'node:os';
import type { BenchRow } from './benchRow';
import { type PeerSet, Peers } from './peers';

export interface BenchOptions {
  /** Smaller samples, fewer rounds; what is extrapolated says so. Default false. */
  readonly quick?: boolean;
}

/** Speeds measured in one run, and what the machine was doing meanwhile. */
export interface Bench {
  readonly date: string;
  readonly quick: boolean;
  readonly machine: {
    readonly processor: string;
    readonly processors: number;
    readonly node: string;
    /** Processes that wanted a processor, averaged over the minute before the run. */
    readonly loadBefore: number;
    readonly loadAfter: number;
    /** Share of one processor that this process had while it worked alone; below 1 others held it, and figures suffer. */
    readonly share: number;
  };
  /** Versions of the programs beside us; null when they could not be installed. */
  readonly peers: Readonly<Record<string, string>> | null;
  readonly rows: readonly BenchRow[];
}

/** Measures some tasks beside their peers: warm-up, then medians of several interleaved rounds. */
export async function runBench(
  set: PeerSet | null,
  { quick = false }: BenchOptions,
  tasks: readonly ((peers: Peers | null, quick: boolean) => Promise<BenchRow[]>)[],
): Promise<Bench> {
  const loadBefore = loadavg()[0];
  const peers = set === null ? null : Peers.start(set);
  try {
    const versions = peers && (await peers.ask<Record<string, string>>({ task: 'versions' })).answer;
    const share = await processorShare();
    const rows: BenchRow[] = [];
    for (const task of tasks) rows.push(...(await task(peers, quick)));
    const [{ model }] = cpus();
    return {
      date: new Date().toISOString(),
      quick,
      machine: {
        processor: model.trim(),
        processors: cpus().length,
        node: process.version,
        loadBefore,
        loadAfter: loadavg()[0],
        share,
      },
      peers: versions,
      rows,
    };
  } finally {
    peers?.stop();
  }
}

/** Processor time per time of the clock over half a second of plain arithmetic. */
async function processorShare(): Promise<number> {
  const before = process.cpuUsage();
  const start = performance.now();
  let x = 0.1;
  while (performance.now() - start < 500) for (let i = 0; i < 1e5; i++) x = 4 * x * (1 - x);
  const { user, system } = process.cpuUsage(before);
  return Math.min(1, (user + system) / 1000 / (performance.now() - start));
}
