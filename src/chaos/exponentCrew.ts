import { availableParallelism } from 'node:os';
import type { LongRun } from '../core/longRun';
import { createExponentWorkers, type ExponentWorkers } from './exponentWorkers';
import { createEstimator, type LyapunovOptions } from './lyapunov';
import { exponentStatuses } from './windowedExponents';

/** From so many exponents on, workers are worth their start. */
const MANY = 100_000;
const MOST_WORKERS = 16;

/**
 * What estimates windows beside a running training: workers, or this thread when there are few exponents in all or
 * `workers` is 0.
 */
export async function createExponentCrew(
  options: LyapunovOptions,
  window: number,
  exponents: number,
  workers: number | undefined,
  run: LongRun,
  pause: () => Promise<void>,
): Promise<ExponentWorkers> {
  const usual = exponents < MANY ? 0 : Math.min(availableParallelism(), MOST_WORKERS);
  const count = workers ?? usual;
  const onTile = async (): Promise<void> => {
    if (run.isDue) await pause();
  };
  if (count > 0) return createExponentWorkers(count, window, options, run.signal, onTile);
  const estimator = createEstimator(window, options);
  return {
    async estimate(series, values, status) {
      for (let row = 0; row < values.length; row++) {
        const fit = estimator.run(series, row * window);
        values[row] = fit.exponent;
        status[row] = exponentStatuses.indexOf(fit.status);
        await onTile();
      }
    },
    async finish() {},
    async close() {},
  };
}
