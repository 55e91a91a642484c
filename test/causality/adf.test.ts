import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AdfOptions, adf } from '../../src/causality/adf';
import type { AdfLagRule } from '../../src/causality/adfRules';
import { createAdf } from '../../src/causality/createAdf';
import { type AdfRegression, mackinnonCriticalValues, mackinnonPValue } from '../../src/causality/mackinnon';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';
import { householderAdf } from './householderAdf';

interface Case {
  readonly series: string;
  readonly regression: AdfRegression;
  readonly autolag: 'AIC' | 'BIC' | 't-stat' | null;
  readonly maxlag: number | null;
  readonly status: string;
  readonly stat: number;
  readonly p: number;
  readonly usedlag: number;
  readonly nobs: number;
  readonly icbest?: number;
  readonly crit: Record<'1%' | '5%' | '10%', number>;
}
interface Oracle {
  readonly series: Record<string, number[]>;
  readonly adf: readonly Case[];
  readonly mackinnon_p: Record<AdfRegression, { stat: number; p: number }[]>;
  readonly mackinnon_crit: Record<AdfRegression, { nobs: number; crit: number[] }[]>;
}

const oracle = readOracle<Oracle>('stationarity_statsmodels');
const regressions: readonly AdfRegression[] = ['n', 'c', 'ct', 'ctt'];
const lagRules: readonly AdfLagRule[] = ['aic', 'bic', 't-stat', 'fixed'];

function optionsOf({ regression, autolag, maxlag }: Case): AdfOptions {
  const lagRule = (autolag ?? 'fixed').toLowerCase() as AdfLagRule;
  return maxlag === null ? { regression, lagRule } : { regression, lagRule, maxLag: maxlag };
}

function isNear(actual: number, expected: number, tolerance: number, what: string): void {
  const near = Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
  assert.ok(near, `${what}: ${actual}, ${expected}`);
}

/** Why statsmodels' numbers mean nothing, and the status we give instead. */
const withoutAnswer: Readonly<Record<string, string>> = {
  const_30: 'constant',
  linear_30: 'exact-fit',
  decay_pure_60: 'exact-fit',
  two_valued_30: 'exact-fit',
};

test('adf equals statsmodels within 1e-9, p-values by their digits', () => {
  let compared = 0;
  for (const reference of oracle.adf) {
    const what = JSON.stringify([reference.series, optionsOf(reference)]);
    const found = adf(oracle.series[reference.series], optionsOf(reference));
    if (found.status !== 'ok' || reference.stat === 0) continue;
    isNear(found.statistic, reference.stat, 1e-9, what);
    assert.ok(Math.abs(found.pValue - reference.p) <= 1e-9 * reference.p, what);
    assert.equal(found.lags, reference.usedlag, what);
    assert.equal(found.observations, reference.nobs, what);
    if (reference.icbest === undefined || reference.icbest === null) assert.ok(Number.isNaN(found.icBest));
    else isNear(found.icBest, reference.icbest, 1e-9, what);
    for (const level of ['1%', '5%', '10%'] as const) {
      isNear(found.criticalValues[level], reference.crit[level], 1e-14, what);
    }
    compared++;
  }
  assert.equal(compared, 130);
});

test('where statsmodels raises, or has only rounding to divide, adf says why', () => {
  for (const reference of oracle.adf) {
    const { status } = adf(oracle.series[reference.series], optionsOf(reference));
    const what = JSON.stringify([reference.series, optionsOf(reference), reference.stat]);
    const expected = reference.status === 'ValueError' ? 'too-short' : withoutAnswer[reference.series];
    if (expected !== undefined && status !== 'ok') assert.equal(status, expected, what);
    else if (expected === undefined && reference.stat !== 0) assert.equal(status, 'ok', what);
    else if (expected !== undefined) {
      // Not every fit to these series is perfect: a level alone does not explain a ramp.
      assert.ok(Math.abs(reference.stat) < 10, what);
    }
  }
});

test('a fit with as many columns as rows, which statsmodels chooses for short series without constant, is no candidate', () => {
  for (const reference of oracle.adf.filter(({ stat }) => stat === 0)) {
    const series = oracle.series[reference.series];
    assert.equal(reference.nobs, reference.usedlag + 1);
    const found = adf(series, optionsOf(reference));
    if (reference.autolag === null) {
      assert.equal(found.status, 'too-short');
      continue;
    }
    const again = adf(series, { regression: 'n', lagRule: 'fixed', maxLag: found.lags });
    assert.ok(found.lags < reference.usedlag);
    assert.equal(found.statistic, again.statistic);
  }
});

test("MacKinnon's p-values and critical values are those of statsmodels", () => {
  for (const regression of regressions) {
    for (const { stat, p } of oracle.mackinnon_p[regression]) {
      assert.ok(Math.abs(mackinnonPValue(stat, regression) - p) <= 1e-12 * p, `${regression} ${stat}`);
    }
    for (const { nobs, crit } of oracle.mackinnon_crit[regression]) {
      const found = Object.values(mackinnonCriticalValues(nobs, regression));
      found.forEach((value, i) => {
        isNear(value, crit[i], 1e-14, `${regression} ${nobs}`);
      });
    }
  }
  assert.ok(Number.isNaN(mackinnonPValue(Number.NaN, 'c')));
});

test('a regression on nine rows done by hand', () => {
  // Level 1 2 1 3 2 1 2 3 1, differences 1 -1 2 -1 -1 1 1 -2 1: sums of squares 50/9 of the level, 4 of the residuals.
  const { statistic } = adf([1, 2, 1, 3, 2, 1, 2, 3, 1, 2], { lagRule: 'fixed', maxLag: 0 });
  isNear(statistic, -(7 / 5) / Math.sqrt(4 / 7 / (50 / 9)), 1e-14, 'statistic');
});

test('adf rejects five per cent of random walks and nearly all stationary series of 100 samples', () => {
  const noise = normals(31);
  let walks = 0;
  let stationary = 0;
  const run = createAdf(100, 'c', 'bic', undefined);
  for (let i = 0; i < 1000; i++) {
    let walk = 0;
    let state = 0;
    if (run(Float64Array.from({ length: 100 }, () => (walk += noise()))).pValue < 0.05) walks++;
    const memory = Float64Array.from({ length: 100 }, () => (state = 0.5 * state + noise()));
    if (run(memory).pValue < 0.05) stationary++;
  }
  assert.ok(walks > 35 && walks < 75, `${walks}`);
  assert.ok(stationary > 980, `${stationary}`);
});

test('adf equals one Householder QR a regression within 1e-9, whatever the regression and the lag rule', () => {
  const noise = normals(32);
  for (const length of [9, 12, 30, 100]) {
    let walk = 0;
    const kinds: ((t: number) => number)[] = [
      () => noise(),
      () => (walk += noise()),
      t => t + noise(),
      t => t + 1e-4 * noise(),
      t => 1e9 + 0.01 * t * t + noise(),
      t => 0.9 ** t + 1e-3 * noise(),
      t => Math.min(t, length - 5) + (t < length - 5 ? noise() : 0),
      t => (t < length - 4 ? 0 : noise()),
    ];
    for (const regression of regressions) {
      for (const lagRule of lagRules) {
        for (const kind of kinds) {
          const series = Float64Array.from({ length }, (_, t) => kind(t));
          const expected = householderAdf(series, { regression, lagRule });
          const found = adf(series, { regression, lagRule });
          assert.equal(found.status, expected.status);
          assert.deepEqual([found.lags, found.observations], [expected.lags, expected.observations]);
          if (found.status !== 'ok') continue;
          isNear(found.statistic, expected.statistic, 1e-9, `${kind} ${regression} ${lagRule} ${length}`);
          isNear(found.pValue, expected.pValue, 1e-9, 'p-value');
          if (lagRule !== 'fixed') isNear(found.icBest, expected.icBest, 1e-9, 'criterion');
        }
      }
    }
  }
});

test('offsets and scales do not move the statistic', () => {
  const noise = normals(33);
  // Whole numbers keep all digits under the changes below.
  const series = Array.from({ length: 60 }, () => Math.round(1000 * noise()));
  const changes: ((value: number) => number)[] = [
    value => value + 1e12,
    value => value * 1e-300,
    value => value * 1e304,
    value => 0.5 + value * 2 ** -52,
  ];
  const { statistic, lags } = adf(series);
  for (const change of changes) {
    const moved = adf(series.map(change));
    isNear(moved.statistic, statistic, 1e-9, `${change}`);
    assert.equal(moved.lags, lags);
  }
  isNear(
    adf(
      series.map(value => value * 1e-300),
      { regression: 'n' },
    ).statistic,
    adf(series, { regression: 'n' }).statistic,
    1e-9,
    'n',
  );
});

test('a lag that says nothing new is no candidate', () => {
  // Flat but for the last four samples: differences lagged by 4 and more are 0 in every row, and those before them add
  // up to the level.
  const noise = normals(34);
  const series = Array.from({ length: 30 }, (_, t) => (t < 26 ? 0 : 5 + noise()));
  const found = adf(series);
  assert.equal(found.status, 'ok');
  assert.ok(found.lags < 4);
  assert.equal(adf(series, { lagRule: 'fixed', maxLag: 6 }).status, 'collinear');
});

test('series without an answer have a status and no numbers', () => {
  const noise = normals(35);
  const line = Array.from({ length: 40 }, (_, t) => 0.3 * t);
  const statuses: [number[], AdfOptions, string][] = [
    [Array(40).fill(0.9), {}, 'constant'],
    [Array.from({ length: 40 }, (_, t) => (t < 39 ? 1 : 2)), {}, 'constant'],
    [line, {}, 'exact-fit'],
    [
      line.map((value, t) => (t < 39 ? value : 0)),
      { regression: 'ct', lagRule: 'fixed', maxLag: 0 },
      'collinear',
    ],
    [Array.from({ length: 40 }, (_, t) => 0.7 ** t), {}, 'exact-fit'],
    [Array.from({ length: 40 }, (_, t) => t % 2), {}, 'exact-fit'],
    [Array.from({ length: 40 }, (_, t) => (t === 3 ? Number.NaN : noise())), {}, 'missing'],
    [Array.from({ length: 40 }, (_, t) => (t === 3 ? -1 / 0 : noise())), {}, 'missing'],
    [[1, 3, 2], {}, 'too-short'],
    [[1, 3, 2, 5], {}, 'ok'],
    [Array.from({ length: 40 }, noise), { maxLag: 19 }, 'too-short'],
    [Array.from({ length: 40 }, noise), { maxLag: 18 }, 'ok'],
  ];
  for (const [series, options, status] of statuses) {
    const found = adf(series, options);
    assert.equal(found.status, status);
    for (const value of [found.statistic, found.pValue, found.lags, found.criticalValues['5%']]) {
      assert.equal(Number.isFinite(value), status === 'ok');
    }
  }
});

test('no series makes adf throw or hang, and the slow way has the same statuses', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const regression of regressions) {
      for (const lagRule of lagRules) {
        const { status, statistic, pValue } = adf(series, { regression, lagRule });
        if (status === 'ok') assert.ok(Number.isFinite(statistic) && pValue >= 0 && pValue <= 1, name);
        else assert.ok(Number.isNaN(statistic) && Number.isNaN(pValue), name);
        if (lagRule !== 'aic') continue;
        const slow = householderAdf(Float64Array.from(series), { regression });
        assert.equal(status, slow.status, `${name} ${regression}`);
      }
    }
  }
});

test('wrong types and options throw, and the series stays as it is', () => {
  assert.throws(() => adf(5 as never), TypeError);
  assert.throws(() => adf(['1'] as never), TypeError);
  assert.throws(() => adf([1, 2], { regression: 'cc' as never }), RangeError);
  assert.throws(() => adf([1, 2], { lagRule: 'AIC' as never }), RangeError);
  assert.throws(() => adf([1, 2], { maxLag: -1 }), RangeError);
  assert.throws(() => adf([1, 2], { maxLag: 1.5 }), /maxLag must be a whole number from 0 up, 1.5 came/);
  const series = Float64Array.from({ length: 30 }, normals(36));
  const copy = series.slice();
  adf(series);
  adf(series, { regression: 'n' });
  assert.deepEqual(series, copy);
});
