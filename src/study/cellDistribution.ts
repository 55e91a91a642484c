import { mean, sampleVariance } from '../statistics/moments';
import { tQuantile } from '../statistics/quantiles';

/** Values of several runs. */
export interface CellDistribution {
  /** Runs with a value. */
  readonly n: number;
  /** Runs without one: those that never reached the benchmark. */
  readonly missing: number;
  /** Their mean. */
  readonly mean: number;
  /** Sample standard deviation; null of one value. */
  readonly sd: number | null;
  /** Where one more run would lie with 95 % probability if the values were normal; null of one value. */
  readonly interval: readonly [number, number] | null;
  /** Whether the paper's value lies there, as printed; null where it prints none or there is no interval. */
  readonly inside: boolean | null;
}

const LEVEL = 0.95;

/**
 * Prediction interval of one run: mean +- t sd sqrt(1 + 1 / n), with t of n - 1 degrees of freedom. The paper's numbers are
 * single runs, to be compared with single runs and not with our mean.
 *
 * @param values at least one
 * @param decimals that the paper prints: its value stands for all that round to it
 * @example
 * import { cellDistribution } from './cellDistribution';
 * cellDistribution([1, 2, 3], 0, 5, 0).interval; // [-2.97, 6.97]
 */
export function cellDistribution(
  values: readonly number[],
  missing: number,
  published: number | null,
  decimals: number,
): CellDistribution {
  const n = values.length;
  const center = mean(values);
  if (n < 2) return { n, missing, mean: center, sd: null, interval: null, inside: null };
  const sd = Math.sqrt(sampleVariance(values));
  const half = sd === 0 ? 0 : tQuantile((1 + LEVEL) / 2, n - 1) * sd * Math.sqrt(1 + 1 / n);
  const rounding = 0.5 * 10 ** -decimals;
  const inside = published === null ? null : Math.abs(published - center) <= half + rounding;
  return { n, missing, mean: center, sd, interval: [center - half, center + half], inside };
}
