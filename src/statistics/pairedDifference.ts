import { checkOptions } from '../core/options';
import { result } from '../core/result';
import {
  type BootstrapInterval,
  type BootstrapMethod,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapOptionNames,
} from './bootstrapInterval';
import { mean, median, sampleVariance } from './moments';
import { pairDifferences } from './pairDifferences';
import { tQuantile } from './quantiles';
import { signedRankTest } from './signedRankTest';

/** How the interval of a mean difference is made. */
export interface PairedDifferenceOptions extends Omit<BootstrapOptions, 'method'> {
  /**
   * How the interval is made: by one of the bootstraps, or `student`, mean -+ t sd / sqrt(n), which takes the differences to be
   * about normal and two pairs to be enough. Default `expanded`.
   */
  readonly method?: BootstrapMethod | 'student';
}

/** How the runs of one kind differ from those of another that share their seeds. */
export interface PairedDifference
  extends Pick<BootstrapInterval, 'low' | 'high' | 'level' | 'draws' | 'seed' | 'status'> {
  readonly kind: 'paired-difference';
  /** Pairs. */
  readonly n: number;
  /** Mean of first - second; `low` and `high` are the ends of its interval. */
  readonly mean: number;
  /** How the interval was made. */
  readonly method: BootstrapMethod | 'student';
  /** Median difference. */
  readonly median: number;
  /** Sample standard deviation of the differences; NaN of fewer than two. */
  readonly sd: number;
  /** Pairs whose first value is the higher one, the same, the lower one. */
  readonly higher: number;
  /** Pairs without a difference. */
  readonly equal: number;
  /** Pairs whose first is lower. */
  readonly lower: number;
  /** Two-sided p-value of Wilcoxon's signed-rank test; NaN where all pairs are equal. */
  readonly pValue: number;
}

/**
 * First minus second, pair by pair, with a bootstrap interval of the mean: what a pruned network gains over the dense one
 * from the same initial weights, seed for seed. `bootstrapInterval` says when there is no interval: below 8 pairs, or when
 * all differences are the same. Of fewer pairs `method: 'student'` is the better choice: at 5 its 95 % intervals held the true mean
 * of normal, uniform and exponential differences in 95, 93 and 88 % of 4000 samples, the `expanded` bootstrap's in 93, 92 and 88.
 *
 * @throws TypeError unless both are arrays of numbers of one length, RangeError for an option out of range
 * @example
 * import { pairedDifference } from 'legcnet';
 * pairedDifference([3, 5, 4, 6, 8, 7, 9, 5], [2, 3, 4, 5, 6, 8, 7, 4], { seed: 1 }).mean; // 1
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: PairedDifferenceOptions,
): PairedDifference {
  checkOptions(options, bootstrapOptionNames, task);
  const differences = pairDifferences(first, second, task);
  const { method = 'expanded', ...common } = options;
  const isStudent = method === 'student';
  const bootstrap = bootstrapInterval(differences, mean, { ...common, ...(!isStudent && { method }) });
  const { level, seed, n, estimate } = bootstrap;
  const { low, high, draws, status } = isStudent ? studentInterval(differences, level) : bootstrap;
  const allFinite = differences.every(Number.isFinite);
  const count = (holds: (difference: number) => boolean): number => differences.filter(holds).length;
  return result({
    kind: 'paired-difference',
    n,
    mean: estimate,
    median: allFinite ? median(differences) : Number.NaN,
    sd: Math.sqrt(sampleVariance(differences)),
    higher: count(difference => difference > 0),
    equal: count(difference => difference === 0),
    lower: count(difference => difference < 0),
    low,
    high,
    level,
    method,
    draws,
    seed,
    status,
    pValue: signedRankTest(differences).pValue,
  });
}

const task = 'compare pairs';

function studentInterval(
  differences: Float64Array,
  level: number,
): Pick<PairedDifference, 'low' | 'high' | 'draws' | 'status'> {
  const n = differences.length;
  const none = { low: Number.NaN, high: Number.NaN, draws: 0 };
  if (n < 2) return { ...none, status: 'too-short' };
  if (!differences.every(Number.isFinite)) return { ...none, status: 'non-finite' };
  if (differences.every(difference => difference === differences[0])) return { ...none, status: 'constant' };
  const center = mean(differences);
  const half = tQuantile((1 + level) / 2, n - 1) * Math.sqrt(sampleVariance(differences) / n);
  return { low: center - half, high: center + half, draws: 0, status: 'ok' };
}
