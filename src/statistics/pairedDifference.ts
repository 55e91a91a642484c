import { checkOptions } from '../core/options';
import { result } from '../core/result';
import {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapOptionNames,
} from './bootstrapInterval';
import { mean, median, sampleVariance } from './moments';
import { pairDifferences } from './pairDifferences';
import { signedRankTest } from './signedRankTest';

/** How the runs of one kind differ from those of another that share their seeds. */
export interface PairedDifference
  extends Pick<BootstrapInterval, 'low' | 'high' | 'level' | 'method' | 'draws' | 'seed' | 'status'> {
  readonly kind: 'paired-difference';
  /** Pairs. */
  readonly n: number;
  /** Mean of first - second; `low` and `high` are the ends of its bootstrap interval. */
  readonly mean: number;
  readonly median: number;
  /** Sample standard deviation of the differences; NaN of fewer than two. */
  readonly sd: number;
  /** Pairs whose first value is the higher one, the same, the lower one. */
  readonly higher: number;
  readonly equal: number;
  readonly lower: number;
  /** Two-sided p-value of Wilcoxon's signed-rank test; NaN where all pairs are equal. */
  readonly pValue: number;
}

/**
 * First minus second, pair by pair, with a bootstrap interval of the mean: what a pruned network gains over the dense one
 * from the same initial weights, seed for seed. `bootstrapInterval` says when there is no interval: below 8 pairs, or when
 * all differences are the same.
 *
 * @throws TypeError unless both are arrays of numbers of one length, RangeError for an option out of range
 * @example pairedDifference([3, 5, 4, 6, 8, 7, 9, 5], [2, 3, 4, 5, 6, 8, 7, 4], { seed: 1 }).mean // 1
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: BootstrapOptions,
): PairedDifference {
  checkOptions(options, bootstrapOptionNames, task);
  const differences = pairDifferences(first, second, task);
  const { low, high, level, method, draws, seed, n, status, estimate } = bootstrapInterval(
    differences,
    mean,
    options,
  );
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
