import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KpssLags, type KpssRegression, kpss } from '../../src/causality/kpss';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';

interface Case {
  readonly series: string;
  readonly regression: KpssRegression;
  readonly nlags: KpssLags;
  readonly status: string;
  readonly stat: number;
  readonly p: number;
  readonly lags: number;
  readonly clipped: boolean;
  readonly crit: Record<string, number>;
}

const oracle = readOracle<{ series: Record<string, number[]>; kpss: Case[] }>('stationarity_statsmodels');

test('kpss equals statsmodels within 1e-9', () => {
  let compared = 0;
  for (const { series, regression, nlags, stat, p, lags, clipped, crit } of oracle.kpss) {
    const found = kpss(oracle.series[series], { regression, lags: nlags });
    if (found.status !== 'ok') continue;
    const what = `${series} ${regression} ${nlags}`;
    assert.ok(Math.abs(found.statistic - stat) <= 1e-9, what);
    assert.ok(Math.abs(found.pValue - p) <= 1e-9, what);
    assert.equal(found.lags, lags, what);
    assert.equal(found.clipped, clipped, what);
    assert.deepEqual(found.criticalValues, crit);
    compared++;
  }
  assert.equal(compared, 70);
});

test('where statsmodels raises or has only rounding to divide, kpss says why', () => {
  for (const { series, regression, nlags, status, stat, lags } of oracle.kpss) {
    const found = kpss(oracle.series[series], { regression, lags: nlags });
    let expected = 'ok';
    if (series === 'const_30') expected = 'constant';
    else if (series === 'linear_30' && regression === 'ct') expected = 'exact-fit';
    else if (status === 'ValueError') expected = 'too-short';
    else if (lags === oracle.series[series].length - 1) {
      // All lags at once: 1/2, whatever the series.
      assert.ok(Math.abs(stat - 0.5) < 1e-14);
      expected = 'too-short';
    }
    assert.equal(found.status, expected, `${series} ${regression} ${nlags}`);
    assert.equal(Number.isNaN(found.statistic), expected !== 'ok');
  }
});

test('ten samples done by hand', () => {
  // Partial sums squared add up to 22/5; with the 6 lags of the rule the long-run variance is 34/250.
  const found = kpss([1, 2, 1, 3, 2, 1, 2, 3, 1, 2]);
  assert.equal(found.lags, 6);
  assert.ok(Math.abs(found.statistic - 11 / 34) < 1e-14);
  assert.deepEqual([found.pValue, found.clipped], [0.1, true]);
});

test('kpss rejects five per cent of white noise and most random walks of 100 samples', () => {
  const noise = normals(41);
  let white = 0;
  let walks = 0;
  for (let i = 0; i < 1000; i++) {
    let walk = 0;
    if (kpss(Array.from({ length: 100 }, noise)).pValue < 0.05) white++;
    if (kpss(Array.from({ length: 100 }, () => (walk += noise()))).pValue < 0.05) walks++;
  }
  assert.ok(white > 30 && white < 70, `${white}`);
  assert.ok(walks > 700, `${walks}`);
});

test('a slope matters under c and not under ct; offset and scale never', () => {
  const noise = normals(42);
  const series = Array.from({ length: 80 }, () => Math.round(1000 * noise()));
  const sloped = series.map((value, t) => value + 100 * t);
  const moved = series.map(value => (value + 1e12) * 2 ** 900);
  assert.ok(
    Math.abs(kpss(sloped, { regression: 'ct' }).statistic - kpss(series, { regression: 'ct' }).statistic) <
      1e-9,
  );
  assert.ok(kpss(sloped).statistic > 0.739);
  assert.ok(Math.abs(kpss(moved).statistic - kpss(series).statistic) < 1e-9);
});

test('series without an answer have a status and no numbers', () => {
  const noise = normals(43);
  const statuses: [number[], KpssRegression, string][] = [
    [Array(30).fill(0.9), 'c', 'constant'],
    [Array(30).fill(0.9), 'ct', 'constant'],
    [Array.from({ length: 30 }, (_, t) => t / 30), 'ct', 'exact-fit'],
    [Array.from({ length: 30 }, (_, t) => t / 30), 'c', 'ok'],
    [Array.from({ length: 30 }, (_, t) => (t === 3 ? Number.NaN : noise())), 'c', 'missing'],
    [[1, 2], 'c', 'too-short'],
    [[1, 2, 1], 'ct', 'too-short'],
  ];
  for (const [series, regression, status] of statuses) {
    const found = kpss(series, { regression });
    assert.equal(found.status, status);
    for (const value of [found.statistic, found.pValue, found.lags]) {
      assert.equal(Number.isFinite(value), status === 'ok');
    }
  }
});

test('no series makes kpss throw or hang', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const regression of ['c', 'ct'] as const) {
      for (const lags of ['auto', 'legacy', 0, 3] as const) {
        const { status, statistic, pValue } = kpss(series, { regression, lags });
        if (status === 'ok') assert.ok(statistic > 0 && pValue >= 0.01 && pValue <= 0.1, name);
        else assert.ok(Number.isNaN(statistic) && Number.isNaN(pValue), name);
      }
    }
  }
});

test('wrong types and options throw', () => {
  assert.throws(() => kpss('abc' as never), TypeError);
  assert.throws(() => kpss([1, 2], { regression: 'n' as never }), RangeError);
  assert.throws(() => kpss([1, 2], { lags: 'some' as never }), RangeError);
  assert.throws(() => kpss([1, 2], { lags: -1 }), RangeError);
});
