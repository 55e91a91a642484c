import assert from 'node:assert/strict';
import { test } from 'node:test';
import { granger } from '../../src/causality/granger';
import { grangerScan, testStatuses } from '../../src/causality/grangerScan';
import { awkwardSeries, normals } from '../chaos/series';
import { exponentsOf } from './exponents';

function noiseSeries(count: number, length: number, seed: number): number[][] {
  const noise = normals(seed);
  return Array.from({ length: count }, () => Array.from({ length }, noise));
}

test('the scan equals granger weight by weight within 1e-12', async () => {
  for (const [length, options] of [
    [100, { lag: 1 }],
    [100, { lag: 4, test: 'chi2' }],
    [30, { maxLag: 3, test: 'lr' }],
    [100, { maxLag: 6, lagRule: 'aic' }],
    [30, { lag: [1, 2, 4], lagRule: 'bic', test: 'chi2' }],
    [20, { maxLag: 14, lagRule: 'aic' }],
    [12, { lag: [1, 2] }],
  ] as const) {
    const series = noiseSeries(40, length, length);
    const target = noiseSeries(1, length, 7)[0].map((value, t) => value + 0.5 * (series[3][t - 1] ?? 0));
    const scan = await grangerScan(exponentsOf(series), target, options);
    const statistics = { f: 'f', chi2: 'chi2', lr: 'lr' } as const;
    series.forEach((cause, w) => {
      const expected = granger(cause, target, options);
      const pairs = [
        [scan.statistic[w], expected[statistics[scan.test]]],
        [scan.geweke[w], expected.geweke],
        [scan.pValue[w], expected.pValue],
      ];
      for (const [actual, value] of pairs) {
        assert.ok(Math.abs(actual - value) <= 1e-12 * (1 + value), `weight ${w}: ${actual}, ${value}`);
      }
      assert.equal(scan.lag[w], expected.lag);
      assert.equal(testStatuses[scan.status[w]], 'ok');
    });
  }
});

test('the scan has the statuses of granger on awkward series', async () => {
  const causes = [...awkwardSeries().values()].filter(series => series.length === 200);
  const targets = [...causes, noiseSeries(1, 200, 3)[0]];
  const rules = ['smallest-p', 'aic', 'bic'] as const;
  for (const [i, target] of targets.entries()) {
    const options = { lag: [1, 2], lagRule: rules[i % rules.length] };
    const scan = await grangerScan(exponentsOf(causes), target, options);
    causes.forEach((cause, w) => {
      const expected = granger(cause, target, options);
      assert.equal(testStatuses[scan.status[w]], expected.status, `weight ${w}`);
      assert.equal(Number.isNaN(scan.pValue[w]), expected.status !== 'ok');
    });
  }
});

test('a weight with one exponent missing is missing, not tested on the rest', async () => {
  const series = noiseSeries(2, 30, 5);
  series[1][12] = Number.NaN;
  const scan = await grangerScan(exponentsOf(series), noiseSeries(1, 30, 6)[0]);
  assert.deepEqual(
    Array.from(scan.status, code => testStatuses[code]),
    ['ok', 'missing'],
  );
  assert.ok(Number.isNaN(scan.pValue[1]));
});

test('the F test rejects five per cent of unrelated pairs, chi-square far more of short ones', async () => {
  for (const [windows, lag] of [
    [10, 1],
    [20, 2],
    [50, 1],
  ]) {
    const noise = normals(1000 + windows);
    const targets = 400;
    const sources = 50;
    let f = 0;
    let chi2 = 0;
    for (let i = 0; i < targets; i++) {
      const target = Array.from({ length: windows }, noise);
      const exponents = exponentsOf(
        Array.from({ length: sources }, () => Array.from({ length: windows }, noise)),
      );
      f += countBelow((await grangerScan(exponents, target, { lag })).pValue);
      if (windows === 10)
        chi2 += countBelow((await grangerScan(exponents, target, { lag, test: 'chi2' })).pValue);
    }
    const size = f / (targets * sources);
    assert.ok(size > 0.04 && size < 0.06, `${windows} windows, lag ${lag}: ${size}`);
    if (windows === 10) assert.ok(chi2 / (targets * sources) > 0.12, `${chi2}`);
  }
});

function countBelow(pValues: Float64Array): number {
  return pValues.filter(p => p < 0.05).length;
}

test('published takes chi-square at lags 1 to 20, four decimals, and p = 0 for a failed test', async () => {
  const series = noiseSeries(3, 70, 9);
  series[1].fill(0);
  const target = noiseSeries(1, 70, 10)[0];
  const scan = await grangerScan(exponentsOf(series), target, { preset: 'published' });
  assert.equal(scan.test, 'chi2');
  assert.equal(scan.lags.length, 20);
  const { pValue } = granger(series[0], target, { maxLag: 20, test: 'chi2' });
  assert.equal(scan.pValue[0], Number(pValue.toFixed(4)));
  assert.equal(scan.pValue[1], 0);
  assert.equal(testStatuses[scan.status[1]], 'constant');
  // 40 windows carry 12 lags; asked for 14 statsmodels raises, and the study counts p = 0.
  const short = series.map(values => values.slice(0, 40));
  const carried = await grangerScan(exponentsOf(short), target.slice(0, 40), { preset: 'published' });
  assert.equal(carried.lags.length, 12);
  const failed = await grangerScan(exponentsOf(short), target.slice(0, 40), {
    preset: 'published',
    maxLag: 14,
  });
  assert.deepEqual([...failed.pValue], [0, 0, 0]);
  const fitting = await grangerScan(exponentsOf(short), target.slice(0, 40), {
    preset: 'published',
    maxLag: 3,
  });
  assert.ok(fitting.pValue[0] > 0);
});

test('the scan records by which rule its lags were chosen', async () => {
  const exponents = exponentsOf(noiseSeries(2, 30, 11));
  const target = noiseSeries(1, 30, 12)[0];
  const ruleOf = async (options: object) => (await grangerScan(exponents, target, options)).lagRule;
  assert.equal(await ruleOf({}), 'fixed');
  assert.equal(await ruleOf({ maxLag: 3 }), 'smallest-p');
  assert.equal(await ruleOf({ maxLag: 3, lagRule: 'bic' }), 'bic');
  assert.equal(await ruleOf({ preset: 'published', maxLag: 3 }), 'smallest-p');
});

test('a weight has the same bits whatever comes before it', async () => {
  const series = noiseSeries(150, 40, 21);
  const target = noiseSeries(1, 40, 22)[0];
  const some = series.slice(30, 120).reverse();
  for (const options of [{ lag: 1 }, { maxLag: 3 }, { maxLag: 3, lagRule: 'aic' }] as const) {
    const whole = await grangerScan(exponentsOf(series), target, options);
    const part = await grangerScan(exponentsOf(some), target, options);
    assert.deepEqual(part.statistic, whole.statistic.slice(30, 120).reverse());
    assert.deepEqual(part.pValue, whole.pValue.slice(30, 120).reverse());
  }
});

test('a target of another length throws, and an aborted scan stops', async () => {
  const exponents = exponentsOf(noiseSeries(2, 20, 1));
  await assert.rejects(
    grangerScan(exponents, new Float64Array(19)),
    /each of 20 windows is required, 19 came/,
  );
  await assert.rejects(
    grangerScan(exponents, new Float64Array(20), { preset: 'study' as never }),
    RangeError,
  );
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(grangerScan(exponents, new Float64Array(20), { signal }), /stopped/);
});

test('workers change no bit, also where weights are not a multiple of a tile', async () => {
  const series = [
    ...noiseSeries(140, 40, 9),
    ...[...awkwardSeries().values()].map(awkward => awkward.slice(0, 40)),
  ];
  const exponents = exponentsOf(series.filter(({ length }) => length === 40));
  const [target] = noiseSeries(1, 40, 10);
  for (const options of [{ maxLag: 3 }, { preset: 'published' }] as const) {
    const alone = await grangerScan(exponents, target, options);
    assert.deepEqual(await grangerScan(exponents, target, { ...options, workers: 2 }), alone);
  }
});

test('an abort ends a scan on workers with its reason', async () => {
  const exponents = exponentsOf(noiseSeries(500, 200, 3));
  const [target] = noiseSeries(1, 200, 4);
  const controller = new AbortController();
  const scan = grangerScan(exponents, target, { maxLag: 20, workers: 1, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 100);
  await assert.rejects(scan, /enough/);
  await assert.rejects(grangerScan(exponents, target, { workers: -1 }), RangeError);
});
