import { join } from 'node:path';
import type { WindowedExponents } from '../chaos/windowedExponents';
import type { LongRun, Progress } from '../core/longRun';
import { createWorkerPool, TASKS_PER_WORKER } from '../kernels/workerPool';
import type { GrangerColumns, GrangerTask, GrangerTile } from './grangerTile';

/** Weights that a worker tests at a time: some tenths of a second at 20 lags and 250 windows. */
const TILE = 64;

/** Tests on worker threads. Every weight is tested by itself, so that neither tiles nor workers change a result. */
export async function scanInWorkers(
  workers: number,
  task: GrangerTask,
  { windows, weights, values }: WindowedExponents,
  run: LongRun,
  progress: (done: number) => Progress,
): Promise<GrangerColumns> {
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));
  const exponents = doubles(windows * weights);
  exponents.set(values.subarray(0, windows * weights));
  const columns: GrangerColumns = {
    lag: new Int32Array(new SharedArrayBuffer(4 * weights)),
    statistic: doubles(weights),
    geweke: doubles(weights),
    pValue: doubles(weights),
    status: new Uint8Array(new SharedArrayBuffer(weights)),
  };
  const pool = await createWorkerPool<GrangerTile>(join(__dirname, 'grangerTile.js'), 'testTile', workers);
  let done = 0;
  let next = 0;
  /** Takes one tile after another until none is left. */
  const work = async (): Promise<void> => {
    while (next < weights) {
      const from = next;
      const to = Math.min(weights, from + TILE);
      next = to;
      await pool.run({ task, exponents, weights, columns, from, to });
      done += to - from;
      if (run.isDue) await run.pause(progress(done));
    }
  };
  try {
    await run.orAbort(Promise.all(Array.from({ length: workers * TASKS_PER_WORKER }, work)));
  } finally {
    next = weights;
    await pool.close();
  }
  return columns;
}
