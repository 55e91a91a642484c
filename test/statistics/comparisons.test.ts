import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, median, sampleVariance } from '../../src/statistics/moments';
import { pairedDifference } from '../../src/statistics/pairedDifference';
import { normalQuantile, tQuantile } from '../../src/statistics/quantiles';
import { sharedByChance } from '../../src/statistics/sharedByChance';
import { shareInterval } from '../../src/statistics/shareInterval';
import { signedRankTest } from '../../src/statistics/signedRankTest';
import { tUpperTail } from '../../src/statistics/tails';
import { readOracle } from '../chaos/oracle';

interface Oracle {
  readonly tUpperTail: [t: number, df: number, tail: number][];
  readonly tQuantile: [p: number, df: number, t: number][];
  readonly normalQuantile: [p: number, z: number][];
  readonly wilson: [count: number, of: number, level: number, low: number, high: number][];
  readonly signedRank: { differences: number[]; two: number; greater: number; less: number }[];
  readonly jaccard: [
    size: number,
    first: number,
    second: number,
    mean: number,
    variance: number,
    tail: number,
  ][];
}

const oracle = readOracle<Oracle>('comparisons_statsmodels');

function assertNear(actual: number, expected: number, relative: number, title: string, absolute = 0) {
  const error = Math.abs(actual - expected);
  assert.ok(error <= relative * Math.abs(expected) + absolute, `${title}: ${actual}, expected ${expected}`);
}

test('tails and quantiles of t equal scipy', () => {
  for (const [t, df, tail] of oracle.tUpperTail)
    assertNear(tUpperTail(t, df), tail, 1e-11, `t(${df}) > ${t}`);
  for (const [p, df, t] of oracle.tQuantile)
    assertNear(tQuantile(p, df), t, 1e-10, `t(${df}) at ${p}`, 1e-12);
  for (const [p, z] of oracle.normalQuantile) assertNear(normalQuantile(p), z, 1e-11, `z at ${p}`, 1e-12);
});

test('t with 1 and 2 degrees of freedom has closed forms', () => {
  for (const t of [-40, -1, 0, 0.2, 3, 100]) {
    assertNear(tUpperTail(t, 1), 0.5 - Math.atan(t) / Math.PI, 1e-10, `Cauchy > ${t}`);
    assertNear(tUpperTail(t, 2), (1 - t / Math.sqrt(2 + t * t)) / 2, 1e-9, `t(2) > ${t}`);
  }
  assert.equal(tUpperTail(2, 10).toFixed(4), '0.0367');
  assert.equal(tUpperTail(Number.POSITIVE_INFINITY, 3), 0);
  assert.ok(Number.isNaN(tUpperTail(Number.NaN, 3)));
});

test('quantiles at the ends are infinite, at the middle zero', () => {
  for (const quantile of [normalQuantile, (p: number) => tQuantile(p, 4)]) {
    assert.deepEqual([quantile(0), quantile(1)], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    assert.ok(Math.abs(quantile(0.5)) < 1e-15);
    assert.ok(Number.isNaN(quantile(Number.NaN)) && Number.isNaN(quantile(-0.1)));
  }
});

test('Wilson intervals equal statsmodels', () => {
  for (const [count, of, level, low, high] of oracle.wilson) {
    const ours = shareInterval(count, of, { level });
    assertNear(ours.low, low, 1e-11, `${count} of ${of}`, 1e-15);
    assertNear(ours.high, high, 1e-11, `${count} of ${of}`);
  }
  const { share, low, high } = shareInterval(7, 25);
  assert.deepEqual([share, low.toFixed(3), high.toFixed(3)], [0.28, '0.143', '0.476']);
  assert.equal(shareInterval(0, 10).high.toFixed(2), '0.28');
});

test('Wilson intervals of 20 cases hold the true share in 93 % of samples or more, by the exact distribution', () => {
  for (const p of [0.1, 0.28, 0.5, 0.8]) {
    let held = 0;
    let term = (1 - p) ** 20; // binomial terms
    for (let k = 0; k <= 20; k++) {
      const { low, high } = shareInterval(k, 20);
      if (low <= p && p <= high) held += term;
      term *= ((20 - k) / (k + 1)) * (p / (1 - p));
    }
    assert.ok(held > 0.93 && held < 0.98, `${p}: ${held}`);
  }
});

test('of no cases nothing is known; impossible counts throw', () => {
  const { share, low, high } = shareInterval(0, 0);
  assert.deepEqual([share, low, high], [Number.NaN, 0, 1]);
  assert.throws(() => shareInterval(3, 2), RangeError);
  assert.throws(() => shareInterval(0.5, 2), RangeError);
  assert.throws(() => shareInterval(1, 2, { level: 0 }), RangeError);
  assert.throws(() => shareInterval(1, 2, { alpha: 0 } as never), TypeError);
});

test('signedRankTest equals scipy where nothing is tied', () => {
  for (const { differences, two, greater, less } of oracle.signedRank) {
    const ours = signedRankTest(differences);
    assertNear(ours.pValue, two, 1e-12, 'two-sided');
    assertNear(ours.greaterPValue, greater, 1e-12, 'greater');
    assertNear(ours.lessPValue, less, 1e-12, 'less');
  }
  assert.equal(signedRankTest([1, 2, 3, 4, -5, 6]).pValue, 0.3125);
});

test('with ties signedRankTest is the share of all choices of signs', () => {
  for (const differences of [
    [1, 1, -1, 2, 3, -3, 3],
    [2, 2, 2, -2],
    [0, -1, 1, 1, 4, 0],
  ]) {
    const sizes = differences.filter(d => d !== 0).map(Math.abs);
    const rank = (size: number): number =>
      sizes.filter(s => s < size).length + (sizes.filter(s => s === size).length + 1) / 2;
    const sum = (signs: readonly boolean[]): number =>
      sizes.reduce((total, size, i) => total + (signs[i] ? rank(size) : 0), 0);
    const observed = sum(differences.filter(d => d !== 0).map(d => d > 0));
    let atLeast = 0;
    for (let bits = 0; bits < 2 ** sizes.length; bits++)
      if (sum(sizes.map((_, i) => ((bits >> i) & 1) === 1)) >= observed) atLeast++;
    const ours = signedRankTest(differences);
    assert.equal(ours.statistic, observed);
    assert.equal(ours.greaterPValue, atLeast / 2 ** sizes.length);
  }
});

test('beyond 200 differences the p-value is that of the normal distribution, here 0.0001 from the exact one', () => {
  const differences = Array.from({ length: 250 }, (_, i) => (i + 1) * (i % 7 < 3 ? 1 : -1));
  const { distribution, pValue } = signedRankTest(differences);
  assert.equal(distribution, 'normal');
  // scipy 1.17.1 wilcoxon(d, method='approx', correction=True); method='exact' gives 0.0501096
  assertNear(pValue, 0.05022521884597473, 1e-12, 'normal');
});

test('signedRankTest without differences has no p-value', () => {
  assert.equal(signedRankTest([0, 0]).status, 'too-short');
  assert.equal(signedRankTest([1, Number.NaN]).status, 'non-finite');
  assert.ok(Number.isNaN(signedRankTest([]).pValue));
});

test('the chance value of the Jaccard index is the exact hypergeometric mean', () => {
  for (const [size, first, second, expected, variance, tail] of oracle.jaccard) {
    const ours = sharedByChance([{ size, first, second }]);
    const middle = middleOfSupport(size, first, second);
    assertNear(ours.jaccard, expected, 1e-10, `${first} and ${second} of ${size}`);
    assertNear(ours.variance, variance, 1e-9, `variance, ${first} and ${second} of ${size}`, 1e-18);
    if (tail > 1e-15)
      assertNear(ours.upperTail(middle), tail, 1e-9, `tail, ${first} and ${second} of ${size}`);
  }
});

function middleOfSupport(size: number, first: number, second: number): number {
  const least = Math.max(0, first + second - size);
  return least + Math.floor((Math.min(first, second) - least + 1) / 2);
}

test('it equals the mean over all pairs of sets, in one part and in two', () => {
  const subsets = (n: number, k: number): number[] =>
    Array.from({ length: 2 ** n }, (_, bits) => bits).filter(bits => count(bits) === k);
  const count = (bits: number): number => bits.toString(2).replaceAll('0', '').length;
  const index = (a: number, b: number): number => count(a & b) / count(a | b);
  // 2 and 3 of 5
  const one = subsets(5, 2).flatMap(a => subsets(5, 3).map(b => index(a, b)));
  const inOnePart = sharedByChance([{ size: 5, first: 2, second: 3 }]);
  assertNear(inOnePart.jaccard, mean(one), 1e-14, 'one part');
  // the same, and 1 and 2 of 4 more
  const two = subsets(5, 2).flatMap(a =>
    subsets(5, 3).flatMap(b =>
      subsets(4, 1).flatMap(c => subsets(4, 2).map(d => index(a | (c << 5), b | (d << 5)))),
    ),
  );
  const inTwoParts = sharedByChance([
    { size: 5, first: 2, second: 3 },
    { size: 4, first: 1, second: 2 },
  ]);
  assertNear(inTwoParts.jaccard, mean(two), 1e-13, 'two parts');
  assertNear(inTwoParts.variance, (sampleVariance(two) * (two.length - 1)) / two.length, 1e-12, 'variance');
});

test('empty sets agree for certain, full ones too', () => {
  const empty = sharedByChance([{ size: 9, first: 0, second: 0 }]);
  assert.deepEqual([empty.jaccard, empty.variance, empty.upperTail(0)], [1, 0, 1]);
  assert.equal(sharedByChance([{ size: 9, first: 9, second: 9 }]).jaccard, 1);
  assert.equal(sharedByChance([{ size: 9, first: 0, second: 4 }]).jaccard, 0);
});

test('pairedDifference bounds few pairs by Student when asked to', () => {
  // -1, 0, 1, 2, 3: sd^2 = 2.5; t of 4 degrees of freedom at 0.975 is 2.776445105198 in the tables
  const five = pairedDifference([0, 1, 2, 3, 4], [1, 1, 1, 1, 1], { seed: 1, method: 'student' });
  assert.equal(five.status, 'ok');
  const half = 2.776445105198 * Math.sqrt(2.5 / 5);
  assertNear(five.low, 1 - half, 1e-10, 'low');
  assertNear(five.high, 1 + half, 1e-10, 'high');
  const least = pairedDifference([2, 3, 4, 5, 6], [1, 1, 1, 1, 1], { seed: 1, method: 'student' });
  assertNear(least.pValue, 2 / 32, 1e-12, 'the smallest p-value that five pairs can give');
  assert.equal(pairedDifference([1], [2], { seed: 1, method: 'student' }).status, 'too-short');
  assert.equal(pairedDifference([1, 1], [2, 2], { seed: 1, method: 'student' }).status, 'constant');
  assert.throws(() => pairedDifference([1], [2], { seed: 1, method: 'normal' as never }), RangeError);
});

test('pairedDifference counts, averages and bounds first minus second', () => {
  const ours = pairedDifference([3, 5, 4, 6, 8, 7, 9, 5], [2, 3, 4, 5, 6, 8, 7, 4], { seed: 1 });
  // differences 1 2 0 1 2 -1 2 1
  assert.deepEqual([ours.n, ours.mean, ours.median, ours.higher, ours.equal, ours.lower], [8, 1, 1, 6, 1, 1]);
  assertNear(ours.sd, Math.sqrt(8 / 7), 1e-14, 'sd');
  // Student's interval is 1 -+ 0.89.
  assert.ok(Math.abs(ours.low - 0.11) < 0.2 && Math.abs(ours.high - 1.89) < 0.2);
  assert.equal(ours.status, 'ok');
  assert.throws(() => pairedDifference([1], [1, 2], { seed: 1 }), TypeError);
  const same = pairedDifference(new Array(9).fill(1), new Array(9).fill(1), { seed: 1 });
  assert.deepEqual([same.status, same.mean, same.equal, same.low], ['constant', 0, 9, Number.NaN]);
});

test('mean, median and variance of little are what they should be', () => {
  assert.ok(Number.isNaN(mean([])) && Number.isNaN(median([])) && Number.isNaN(sampleVariance([1])));
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3]), sampleVariance([1, 2, 3])], [2, 2.5, 1]);
});
