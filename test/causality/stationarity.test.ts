import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adf } from '../../src/causality/adf';
import { testStatuses } from '../../src/causality/grangerScan';
import { kpss } from '../../src/causality/kpss';
import { stationarity } from '../../src/causality/stationarity';
import { stationarityScan } from '../../src/causality/stationarityScan';
import { stationarityVerdicts } from '../../src/causality/stationarityVerdict';
import { awkwardSeries, normals } from '../chaos/series';
import { exponentsOf } from './exponents';

type Kind = (noise: () => number) => (t: number) => number;
const white: Kind = noise => () => noise();
const trending: Kind = noise => t => 0.1 * t + noise();
const memory: Kind = noise => {
  let state = 0;
  return () => (state = 0.5 * state + noise());
};
const walking: Kind = noise => {
  let state = 0;
  return () => (state += noise());
};

function seriesOfKind(kind: Kind, count: number, length: number, seed: number): Float64Array[] {
  const noise = normals(seed);
  return Array.from({ length: count }, () => {
    const at = kind(noise);
    return Float64Array.from({ length }, (_, t) => at(t));
  });
}

test('most series of 100 samples are called what they are, few the opposite', async () => {
  for (const [kind, right, wrong] of [
    [white, 'stationary', 'unit-root'],
    [memory, 'stationary', 'unit-root'],
    [trending, 'trend-stationary', 'unit-root'],
    [walking, 'unit-root', 'stationary'],
  ] as const) {
    const { counts } = await stationarityScan(exponentsOf(seriesOfKind(kind, 1000, 100, 61)));
    assert.ok(counts[right] > 650, `${right}: ${counts[right]}`);
    assert.ok(counts[wrong] < 60, `${wrong}: ${counts[wrong]}`);
  }
});

test('12 samples say so, and do not take random walks for stationary', async () => {
  const walks = await stationarityScan(exponentsOf(seriesOfKind(walking, 1000, 12, 62)));
  assert.equal(walks.lowPower, true);
  assert.ok(walks.counts.stationary < 120, `${walks.counts.stationary}`);
  const series = seriesOfKind(memory, 1000, 12, 63);
  const { counts } = await stationarityScan(exponentsOf(series));
  assert.ok(counts.stationary < 350, `${counts.stationary}`);
  assert.equal(stationarity(series[0]).lowPower, true);
  assert.equal(stationarity(seriesOfKind(white, 1, 30, 64)[0]).lowPower, false);
});

test('stationarity holds the four tests it read', () => {
  const [series] = seriesOfKind(walking, 1, 65, 65);
  const found = stationarity(series);
  assert.deepEqual({ ...found.level.adf }, { ...adf(series, { maxLag: 4 }) });
  assert.deepEqual({ ...found.trend.adf }, { ...adf(series, { regression: 'ct', maxLag: 4 }) });
  assert.deepEqual({ ...found.level.kpss }, { ...kpss(series) });
  assert.deepEqual({ ...found.trend.kpss }, { ...kpss(series, { regression: 'ct' }) });
  const other = stationarity(series, { maxLag: 2, lagRule: 'fixed', kpssLags: 3 });
  assert.deepEqual([other.level.adf.lags, other.trend.kpss.lags], [2, 3]);
});

test('the level of the tests decides', () => {
  const series = seriesOfKind(memory, 200, 40, 66);
  const stationaryAt = (alpha: number) =>
    series.filter(one => {
      const { level } = stationarity(one, { alpha });
      const percent = alpha === 0.01 ? '1%' : '10%';
      return level.adf.statistic < level.adf.criticalValues[percent];
    }).length;
  assert.ok(stationaryAt(0.01) < stationaryAt(0.1));
  const verdicts = series.map(one => stationarity(one, { alpha: 0.01 }).verdict);
  assert.notDeepEqual(
    verdicts,
    series.map(one => stationarity(one, { alpha: 0.1 }).verdict),
  );
});

test('the scan equals stationarity weight by weight within 1e-9', async () => {
  for (const [length, options] of [
    [6, {}],
    [12, {}],
    [100, {}],
    [40, { maxLag: 9, lagRule: 'bic' }],
    [40, { lagRule: 't-stat', kpssLags: 'legacy', alpha: 0.1 }],
  ] as const) {
    const series = [white, memory, trending, walking].flatMap(kind => seriesOfKind(kind, 15, length, length));
    for (const awkward of awkwardSeries().values()) {
      if (awkward.length === length) series.push(Float64Array.from(awkward));
    }
    const scan = await stationarityScan(exponentsOf(series), options);
    series.forEach((one, w) => {
      const expected = stationarity(one, options);
      assert.equal(stationarityVerdicts[scan.verdict[w]], expected.verdict);
      for (const around of ['level', 'trend'] as const) {
        for (const name of ['adf', 'kpss'] as const) {
          const found = scan[around][name];
          const { status, statistic, pValue, lags } = expected[around][name];
          assert.equal(testStatuses[found.status[w]], status);
          assert.equal(found.lags[w], status === 'ok' ? lags : -1);
          if (status !== 'ok') {
            assert.ok(Number.isNaN(found.statistic[w]) && Number.isNaN(found.pValue[w]));
            continue;
          }
          assert.ok(Math.abs(found.statistic[w] - statistic) <= 1e-9 * (1 + Math.abs(statistic)));
          assert.ok(Math.abs(found.pValue[w] - pValue) <= 1e-9);
        }
      }
    });
    const total = Object.values(scan.counts).reduce((sum, count) => sum + count, 0);
    assert.equal(total, series.length);
  }
});

test('a weight has the same bits whatever comes before it', async () => {
  const noise = normals(23);
  const series = Array.from({ length: 150 }, () => Array.from({ length: 40 }, noise));
  const whole = await stationarityScan(exponentsOf(series));
  const part = await stationarityScan(exponentsOf(series.slice(30, 120).reverse()));
  for (const around of ['level', 'trend'] as const) {
    for (const test of ['adf', 'kpss'] as const) {
      const expected = whole[around][test].statistic.slice(30, 120).reverse();
      assert.deepEqual(part[around][test].statistic, expected);
    }
  }
});

test('awkward series have a verdict, constants and gaps no answer', async () => {
  const awkward = [...awkwardSeries()];
  for (const length of [200, ...Array(13).keys()]) {
    const named = awkward.filter(([, series]) => series.length === length);
    const scan = await stationarityScan(exponentsOf(named.map(([, series]) => series)));
    named.forEach(([name, series], w) => {
      const { verdict } = stationarity(series);
      assert.equal(stationarityVerdicts[scan.verdict[w]], verdict, name);
      if (/constant|zeros|NaN|infinity|ramp|alternating/.test(name)) assert.equal(verdict, 'no-answer', name);
    });
  }
});

test('wrong types and options throw, and an aborted scan stops', async () => {
  assert.throws(() => stationarity({} as never), TypeError);
  assert.throws(() => stationarity([1, 2], { alpha: 0.02 }), /alpha must be 0.01, 0.05 or 0.1; 0.02 came/);
  assert.throws(() => stationarity([1, 2], { kpssLags: -2 }), RangeError);
  const exponents = exponentsOf(seriesOfKind(white, 2, 20, 1));
  await assert.rejects(stationarityScan(exponents, { lagRule: 'hq' as never }), RangeError);
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(stationarityScan(exponents, { signal }), /stopped/);
  const reports: number[] = [];
  await stationarityScan(exponents, { onProgress: ({ done }) => reports.push(done) });
  assert.equal(reports.at(-1), 2);
});
