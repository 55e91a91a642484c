import { join } from 'node:path';
import type { WindowedExponents } from '../chaos/windowedExponents';
import type { LongRun, Progress } from '../core/longRun';
import { createWorkerPool, TASKS_PER_WORKER } from '../kernels/workerPool';
import type { GrangerColumns, GrangerTask, GrangerTile } from './grangerTile';

/** Weights that a worker tests at first: some tenths of a second at 20 lags and 250 windows; then as many as take about this long. */
const FIRST_TILE = 64;
const TILE_MS = 100;
/** Tiles that are left for each worker at least, so that none waits long for the last. */
const TILES_LEFT = 4;

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
  let tile = FIRST_TILE;
  /** Takes one tile after another until none is left. */
  const work = async (): Promise<void> => {
    while (next < weights) {
      const from = next;
      const to = Math.min(weights, from + tile);
      next = to;
      const start = performance.now();
      await pool.run({ task, exponents, weights, columns, from, to });
      // A tile waits for those before it on the same worker.
      const took = (performance.now() - start) / TASKS_PER_WORKER;
      const fitting = Math.round((to - from) * Math.min(4, TILE_MS / took));
      const fair = Math.ceil((weights - next) / (TILES_LEFT * workers));
      tile = Math.max(FIRST_TILE, Math.min(fitting, fair));
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
