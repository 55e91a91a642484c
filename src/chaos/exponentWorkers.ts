import { join } from 'node:path';
import { ATTEMPTS, createWorkerPool, TASKS_PER_WORKER } from '../kernels/workerPool';
import type { ExponentTile } from './exponentTile';
import type { LyapunovOptions } from './lyapunov';

/** Runs as many rows as one worker handles in about this time. */
const TILE_MS = 100;
const FIRST_ROWS = 64;
const TILE_BYTES = 4 * 2 ** 20;

/** Exponents of window after window, computed by workers. */
export interface ExponentWorkers {
  /**
   * Hands out the windows of consecutive weights and resolves when the last of them is handed out, not when it is done;
   * `series` may then be forgotten.
   *
   * @param series rows x window
   * @param values out, length rows, filled later
   * @param status out, length rows, filled later
   */
  estimate(series: Float64Array, values: Float64Array, status: Uint8Array): Promise<void>;
  /** Resolves when everything handed out is done. */
  finish(): Promise<void>;
  /** Ends the workers; to be called in any case. */
  close(): Promise<void>;
}

/**
 * Rows travel in tiles through shared memory, a few at a time; a tile is as large as a worker can handle in about 100 ms.
 * Neither tiles nor workers change a result: every row is estimated by itself.
 *
 * @param signal rejects `estimate` and `finish` at once when aborted
 * @param onTile called between tiles with the number of rows done so far
 */
export async function createExponentWorkers(
  workers: number,
  window: number,
  options: LyapunovOptions,
  signal: AbortSignal | undefined,
  onTile: (done: number) => Promise<void>,
): Promise<ExponentWorkers> {
  const mostRows = Math.max(1, Math.floor(TILE_BYTES / (8 * window)));
  const pool = await createWorkerPool<ExponentTile>(
    join(__dirname, 'exponentTile.js'),
    'estimateTile',
    workers,
  );
  const slots = Array.from({ length: TASKS_PER_WORKER * workers }, () => sharedTile(mostRows, window));
  const idle = [...slots];
  const pending = new Set<Promise<void>>();
  let tileRows = Math.min(FIRST_ROWS, mostRows);
  let done = 0;

  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  stopped.catch(() => {}); // Whoever waits hears of it; when nobody does, it is no unhandled rejection.
  const onAbort = () => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    async estimate(series, values, status) {
      for (let row = 0; row < values.length; ) {
        while (idle.length === 0) await Promise.race([...pending, stopped]);
        signal?.throwIfAborted();
        const rows = Math.min(tileRows, values.length - row);
        const slot = idle.pop() as SharedTile;
        const from = row;
        const work = runTile(slot, series.subarray(from * window, (from + rows) * window), rows)
          .then(() => {
            values.set(slot.values.subarray(0, rows), from);
            status.set(slot.status.subarray(0, rows), from);
            done += rows;
            idle.push(slot);
          }, stop)
          .finally(() => pending.delete(work));
        pending.add(work);
        row += rows;
        await onTile(done);
      }
    },
    async finish() {
      await Promise.race([Promise.all(pending), stopped]);
    },
    async close() {
      signal?.removeEventListener('abort', onAbort);
      await pool.close();
    },
  };

  async function runTile(slot: SharedTile, series: Float64Array, rows: number): Promise<void> {
    slot.series.set(series);
    const tile = {
      options,
      window,
      series: slot.series.subarray(0, rows * window),
      values: slot.values.subarray(0, rows),
      status: slot.status.subarray(0, rows),
    };
    const start = performance.now();
    try {
      await pool.run(tile);
    } catch (cause) {
      throw new Error(
        `Cannot estimate windowed exponents: workers died or failed ${ATTEMPTS} times on the same windows`,
        { cause },
      );
    }
    // A tile waits for those before it on the same worker.
    const took = (performance.now() - start) / TASKS_PER_WORKER;
    tileRows = Math.min(mostRows, Math.max(1, Math.round(rows * Math.min(4, TILE_MS / took))));
  }
}

interface SharedTile {
  readonly series: Float64Array;
  readonly values: Float64Array;
  readonly status: Uint8Array;
}

function sharedTile(rows: number, window: number): SharedTile {
  return {
    series: new Float64Array(new SharedArrayBuffer(8 * rows * window)),
    values: new Float64Array(new SharedArrayBuffer(8 * rows)),
    status: new Uint8Array(new SharedArrayBuffer(rows)),
  };
}
