/** One line of the table: our figure, a peer's, their ratio and whether the target is met. */
export interface BenchRow {
  readonly task: string;
  readonly ours: number;
  /** Of `ours` and of the peer's value. More windows/s and more `x`, times as fast, are better; fewer s, MB and a smaller slope. */
  readonly unit: 'windows/s' | 'x' | 's' | 'MB' | 'slope';
  /** How ours was obtained, where it is not simply a median. */
  readonly note: string;
  readonly peer: Peer | null;
  /** How many times faster we are; null without a peer. */
  readonly ratio: number | null;
  readonly target: string;
  /** The ratio that the target asks for; null where it asks for none. */
  readonly targetRatio: number | null;
  /** Null where the target names a peer that could not be run, or where there is no target. */
  readonly met: boolean | null;
  /** Where the row stands in a series of sizes, which the page draws as one line; null where in none. */
  readonly series: Series | null;
}

/** A task measured at several sizes. */
export interface Series {
  readonly name: string;
  readonly size: number;
  /** Of the sizes: weights, windows, workers. */
  readonly unit: string;
}

export interface Peer {
  readonly name: string;
  readonly value: number;
  /** `measured` beside us in this run, `extrapolated` from a sample of the series, or `quoted` from an earlier measurement. */
  readonly how: string;
  /** Processor time of the peer over ours, where both were taken: other processes slow the clock, not this. */
  readonly processorRatio?: number;
}

/** What must hold: a bound on our own figure, on the ratio, or both. */
export interface Target {
  readonly ours?: number;
  readonly ratio?: number;
}

export function benchRow(
  task: string,
  ours: number,
  unit: BenchRow['unit'],
  target: Target,
  peer: Peer | null = null,
  note = '',
  series: Series | null = null,
): BenchRow {
  const isMoreBetter = unit === 'windows/s' || unit === 'x';
  const ratio = peer === null ? null : isMoreBetter ? ours / peer.value : peer.value / ours;
  const bounds: string[] = [];
  const held: (boolean | null)[] = [];
  if (target.ours !== undefined) {
    const bound = `${target.ours.toLocaleString('en')}${unit === 'x' ? '' : ' '}${unit}`;
    bounds.push(`${isMoreBetter ? '>=' : '<='} ${bound}`);
    held.push(isMoreBetter ? ours >= target.ours : ours <= target.ours);
  }
  if (target.ratio !== undefined) {
    bounds.push(`>= ${target.ratio}x`);
    held.push(ratio === null ? null : ratio >= target.ratio);
  }
  const met = held.includes(false) ? false : held.length === 0 || held.includes(null) ? null : true;
  const targetRatio = target.ratio ?? null;
  return { task, ours, unit, note, peer, ratio, target: bounds.join(', '), targetRatio, met, series };
}
