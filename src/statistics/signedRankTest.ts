import { result } from '../core/result';
import { readSeries } from '../core/series';
import { normalUpperTail } from './tails';

/** Wilcoxon's signed-rank test of differences. */
export interface SignedRankTest {
  readonly kind: 'signed-rank-test';
  /** Sum of the ranks of the positive differences. */
  readonly statistic: number;
  /** Differences that are not zero. */
  readonly n: number;
  /** Two-sided: differences lie symmetrically about zero. NaN unless `status` is `ok`. */
  readonly pValue: number;
  /** Of a statistic at least as large. */
  readonly greaterPValue: number;
  /** Of a statistic at least as small. */
  readonly lessPValue: number;
  /** Exact to 200 differences, beyond by the normal distribution. */
  readonly distribution: 'exact' | 'normal';
  /** `too-short`: no difference is left once zeros are dropped; `non-finite`: one is NaN or infinite. */
  readonly status: 'ok' | 'too-short' | 'non-finite';
}

const LARGEST_EXACT = 200;

/**
 * Wilcoxon's signed-rank test: are differences as often and as far above zero as below? Zeros are dropped, equal sizes share
 * the mean of their ranks. The distribution is that of the ranks at hand under all 2^n choices of signs, so it is exact with
 * ties too; beyond 200 differences it is a normal one with the same mean and variance, half a step taken off.
 *
 * With n nonzero differences the two-sided p-value cannot fall below 2^(1 - n): 5 runs never give 0.05.
 *
 * Wilcoxon 1945, Biometrics Bulletin 1, 80.
 *
 * @throws TypeError unless `differences` is an array of numbers
 * @example
 * import { signedRankTest } from 'legcnet';
 * signedRankTest([1, 2, 3, 4, -5, 6]).pValue; // 0.3125
 */
export function signedRankTest(differences: ArrayLike<number>): SignedRankTest {
  const values = readSeries(differences, 'make a signed-rank test').filter(value => value !== 0);
  const n = values.length;
  const distribution = n <= LARGEST_EXACT ? 'exact' : 'normal';
  const allFinite = values.every(Number.isFinite);
  if (n === 0 || !allFinite) {
    const none = {
      statistic: Number.NaN,
      pValue: Number.NaN,
      greaterPValue: Number.NaN,
      lessPValue: Number.NaN,
    };
    const status = n === 0 ? 'too-short' : 'non-finite';
    return result({ kind: 'signed-rank-test', ...none, n, distribution, status });
  }
  const doubled = doubledRanks(values);
  const positive = doubled.reduce((sum, rank, i) => sum + (values[i] > 0 ? rank : 0), 0);
  const total = n * (n + 1);
  const tail = distribution === 'exact' ? exactTail(doubled, total) : normalTail(doubled, total);
  const greaterPValue = tail(positive);
  const lessPValue = tail(total - positive);
  return result({
    kind: 'signed-rank-test',
    statistic: positive / 2,
    n,
    pValue: Math.min(1, 2 * Math.min(greaterPValue, lessPValue)),
    greaterPValue,
    lessPValue,
    distribution,
    status: 'ok',
  });
}

/** Twice the rank of each size, so that shared ranks stay whole. */
function doubledRanks(values: Float64Array): Int32Array {
  const sizes = values.map(Math.abs);
  const order = Array.from(sizes.keys()).sort((i, j) => sizes[i] - sizes[j]);
  const doubled = new Int32Array(sizes.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && sizes[order[to]] === sizes[order[from]]) to++;
    for (let k = from; k < to; k++) doubled[order[k]] = from + 1 + to;
    from = to;
  }
  return doubled;
}

/** P(sum of a random half of the ranks >= s): every rank is in or out with probability 1/2. */
function exactTail(doubled: Int32Array, total: number): (s: number) => number {
  const share = new Float64Array(total + 1);
  share[0] = 1;
  for (const rank of doubled) {
    for (let s = total; s >= 0; s--) share[s] = (share[s] + (s >= rank ? share[s - rank] : 0)) / 2;
  }
  return s => {
    let sum = 0;
    for (let k = total; k >= s; k--) sum += share[k];
    return Math.min(1, sum);
  };
}

function normalTail(doubled: Int32Array, total: number): (s: number) => number {
  const sd = Math.sqrt(doubled.reduce((sum, rank) => sum + rank * rank, 0) / 4);
  // Doubled sums without ties move in steps of 2.
  return s => normalUpperTail((s - 1 - total / 2) / sd);
}
