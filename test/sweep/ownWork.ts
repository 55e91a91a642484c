import { appendFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type { SweepRow } from '../../src';

// Work as users write it: functions of a module, called on threads and in other processes.

interface Orbit {
  readonly seed: number;
  /** Of busy work, as real work is. */
  readonly milliseconds?: number;
  /** A line is appended when the work begins. */
  readonly log?: string;
}

/** A chaotic orbit: in any other order of operations the rows would be others. */
export function run({ seed, milliseconds = 0, log }: Orbit): readonly SweepRow[] {
  if (log !== undefined) appendFileSync(log, `${process.pid} ${threadId} ${seed}\n`);
  const until = performance.now() + milliseconds;
  const rows: SweepRow[] = [];
  for (let row = 0; row < 2; row++) {
    let x = 1 / (seed + row + 2);
    const orbit: number[] = [];
    for (let i = 0; i < 1000; i++) {
      x = 4 * x * (1 - x);
      if (i % 100 === 0) orbit.push(x);
    }
    rows.push({
      row,
      x,
      orbit,
      odd: row === 0 ? Number.NaN : Number.NEGATIVE_INFINITY,
      zero: -0,
      word: 'ö\n"',
    });
  }
  while (performance.now() < until);
  return rows;
}

export function fail({ seed }: Orbit): never {
  throw new RangeError(`seed ${seed} is not liked`);
}

/** Ends its thread, as a native library that crashes does. */
export function die(): never {
  process.exit(3);
}

export async function unfit(): Promise<object> {
  return { nested: { deep: 1 } };
}
