import type { BenchRow } from './benchRow';
import { type Machine, machineBefore } from './machine';
import { type PeerSet, Peers } from './peers';
import type { Limits } from './roofline';
import { betterRows, slowerRows } from './slowerRows';

export interface BenchOptions {
  /** Smaller samples, fewer rounds; what is extrapolated says so. Default false. */
  readonly quick?: boolean;
  /** Rows of an earlier run: a task with a ratio that fell more than `slowerRows` allows is measured once more. Default: none. */
  readonly reference?: readonly BenchRow[];
}

/** Speeds measured in one run, and what the machine was doing meanwhile. */
export interface Bench {
  readonly set: string;
  readonly date: string;
  readonly quick: boolean;
  readonly machine: Machine;
  /** Versions of the programs beside us; null when they could not be installed, or there are none. */
  readonly peers: Readonly<Record<string, string>> | null;
  readonly rows: readonly BenchRow[];
  /** How far kernels are from what the machine can do; null where a set does not measure it. */
  readonly limits: Limits | null;
}

export type BenchTask = (peers: Peers | null, quick: boolean) => Promise<BenchRow[]>;

/** Measures some tasks beside their peers: warm-up, then medians of several interleaved rounds. */
export async function runBench(
  set: PeerSet | 'scaling',
  { quick = false, reference = [] }: BenchOptions,
  tasks: readonly BenchTask[],
): Promise<Bench> {
  // Scaling has nobody beside it.
  const peers = set === 'scaling' ? null : Peers.start(set);
  try {
    const versions = peers && (await peers.ask<Record<string, string>>({ task: 'versions' })).answer;
    const machine = machineBefore();
    const rows: BenchRow[] = [];
    for (const task of tasks) {
      const found = await task(peers, quick);
      const isSlower = slowerRows(found, reference).length > 0;
      rows.push(...(isSlower ? betterRows(found, await task(peers, quick)) : found));
    }
    const date = new Date().toISOString();
    return { set, date, quick, machine: machine.after(), peers: versions, rows, limits: null };
  } finally {
    peers?.stop();
  }
}
