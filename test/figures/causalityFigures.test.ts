import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GrangerScan } from '../../src/causality/grangerScan';
import type { Stationarity } from '../../src/causality/stationarity';
import { stationarityVerdicts } from '../../src/causality/stationarityVerdict';
import { causesFigure } from '../../src/figures/causesFigure';
import { correctionFigure } from '../../src/figures/correctionFigure';
import type { Figure, Layout } from '../../src/figures/figure';
import { lagFigure } from '../../src/figures/lagFigure';
import { seriesFigure } from '../../src/figures/seriesFigure';
import { stationarityFigure } from '../../src/figures/stationarityFigure';
import { testSizeFigure } from '../../src/figures/testSizeFigure';
import { weightName } from '../../src/figures/weightPlace';
import { layers, madeUpExponents } from './madeUp';
import { madeUpCounts, madeUpSize, madeUpStationarity, scanAt } from './madeUpCausality';

test('lagFigure has a point for every answer, and marks the lag that was chosen', () => {
  const scans = [scanAt(1), scanAt(2, 0.1), scanAt(3, 10)];
  assert.equal((lagFigure(scans).data[0].x as number[]).length, 3 * 41);
  const chosen: GrangerScan = { ...scans[1], lags: [1, 2, 3], lagRule: 'bic' };
  chosen.lag.fill(1, 0, 10);
  const { data, layout } = lagFigure(scans, { chosen, weights: [0, 5] });
  assert.deepEqual(
    data.map(({ name }) => name),
    ['another lag', 'lag by BIC from 1–3', 'layer 1, 1→1', 'layer 1, 2→2'],
  );
  assert.equal((data[1].x as number[]).length, 41);
  // Weight 5 has no answer at any lag.
  assert.deepEqual(data[3].y, [null, null, null]);
  const counts = scans.map(({ pValue }) => String(pValue.filter(p => p < 0.05).length));
  const notes = (layout.annotations as Layout[]).map(({ text }) => text);
  assert.deepEqual(notes.slice(1), counts);
});

test('lagFigure turns away scans of several lags and weights that are not there', () => {
  assert.throws(() => lagFigure([]), RangeError);
  assert.throws(() => lagFigure([{ ...scanAt(1), lags: [1, 2] }]), /one of 2/);
  assert.throws(() => lagFigure([scanAt(1)], { weights: [42] }), RangeError);
  assert.throws(() => lagFigure([scanAt(1), { ...scanAt(2), weights: 41 }]), RangeError);
});

test('correctionFigure sorts p-values and shows both sides of every correction', () => {
  const { data } = correctionFigure(madeUpCounts());
  assert.deepEqual(data[0].y, [0.001, 0.04, 0.2]);
  assert.equal(data.filter(({ type }) => type === 'scatter').length, 5);
  const bars = data.filter(({ type }) => type === 'bar');
  assert.deepEqual(
    bars.map(({ name, x }) => [name, x]),
    [
      ['p < 0.05', [2, 1, 1, 1, 1]],
      ['p ≥ 0.05', [1, 2, 2, 2, 2]],
      ['no answer', [1, 1, 1, 1, 1]],
    ],
  );
});

test('seriesFigure draws exponents over their windows, with a gap where there is none', () => {
  const exponents = madeUpExponents();
  const target = Float64Array.from({ length: 12 }, (_, w) => 1 - w / 20);
  const { data } = seriesFigure(exponents, target, { weights: [2], targetName: 'errors' });
  assert.deepEqual((data[0].x as number[])[1], 199);
  assert.deepEqual((data[1].x as number[]).slice(0, 3), [0, 99, null]);
  assert.deepEqual((data[1].y as number[]).slice(3, 6), [null, null, null]);
  const part = seriesFigure(exponents, target, { between: [100, 599] });
  assert.deepEqual(part.data[0].x, [199, 299, 399, 499, 599]);
  assert.match(part.summary, /5 windows/);
  assert.throws(() => seriesFigure(exponents, target.slice(1)), /each of 12 windows, got 11/);
  assert.throws(() => seriesFigure(exponents, target, { weights: [42] }), RangeError);
});

test('causesFigure counts each case and its controls', () => {
  const { data, layout } = causesFigure(
    [
      { name: 'raw', scan: scanAt(1), controls: [scanAt(1, 1000)] },
      { name: 'a < b', scan: scanAt(1, 0.001) },
    ],
    { controlName: 'other runs' },
  );
  const below = scanAt(1).pValue.filter(p => p < 0.05).length;
  assert.deepEqual(data[0].text, [`${below} of 41`, '41 of 41']);
  assert.deepEqual(data[1].x, [scanAt(1, 1000).pValue.filter(p => p < 0.05).length / 42]);
  assert.equal(data[1].name, 'other runs');
  assert.deepEqual((layout.yaxis as { ticktext: string[] }).ticktext, ['raw', 'a &lt; b']);
  assert.throws(() => causesFigure([]), RangeError);
});

test('stationarityFigure has a bar a verdict and a panel a case, each verdict named once', () => {
  const scan = madeUpStationarity();
  const target = {
    verdict: 'unit-root',
    level: { adf: { statistic: -1 }, kpss: { statistic: 0.9 } },
  } as unknown as Stationarity;
  const { data, layout } = stationarityFigure([
    { name: 'before', scan, target },
    { name: 'after', scan },
  ]);
  const bars = data.filter(({ type }) => type === 'bar');
  assert.deepEqual(
    bars.map(({ name, text }) => [name, text]),
    [
      ['stationary', ['30', '30']],
      ['unit-root', ['10', '10']],
      ['no-answer', ['2', '2']],
    ],
  );
  const named = data.filter(({ type, showlegend }) => type === 'scatter' && showlegend === true);
  assert.deepEqual(
    named.map(({ name }) => name),
    ['stationary', 'unit-root', 'no-answer', 'target'],
  );
  assert.deepEqual(
    ['xaxis2', 'xaxis3', 'xaxis4'].map(name => name in layout),
    [true, true, false],
  );
  assert.throws(() => stationarityFigure([]), RangeError);
});

test('stationarityFigure names verdicts as the scan does', () => {
  const scan = madeUpStationarity();
  scan.verdict.forEach((_, k) => {
    scan.verdict[k] = k % stationarityVerdicts.length;
  });
  const counts = Object.fromEntries(stationarityVerdicts.map(verdict => [verdict, 8])) as typeof scan.counts;
  const { data } = stationarityFigure([{ name: 'all', scan: { ...scan, counts } }]);
  stationarityVerdicts.forEach((verdict, code) => {
    const points = data.find(({ type, name }) => type === 'scatter' && name === verdict);
    assert.ok((points!.text as string[])[0].startsWith(weightName(layers, code)));
  });
});

test('figures of 400 000 weights draw some and count all', () => {
  const weights = 400_000;
  const pValue = Float64Array.from({ length: weights }, (_, k) => (k + 0.5) / weights);
  const scan = { ...scanAt(1), layers: [1000, 400], weights, pValue, status: new Uint8Array(weights) };
  const { data, summary } = lagFigure([scan]);
  assert.equal((data[0].x as number[]).length, 400);
  assert.match(summary, /lag 1: 20000\./);
  assert.match(causesFigure([{ name: 'raw', scan }]).summary, /raw 20000\./);
  const { rows, ...counts } = madeUpCounts();
  const wide = { ...counts, weights, rows: rows.map(row => ({ ...row, pValues: pValue })) };
  assert.ok((correctionFigure(wide).data[0].x as number[]).length <= 1000);
});

test('testSizeFigure draws a curve a test with its interval, and says by which lags', () => {
  const { data, layout, summary } = testSizeFigure(madeUpSize());
  assert.deepEqual(data[1].y, [null, 0.13, 0.06]);
  const { array, arrayminus } = data[1].error_y as { array: number[]; arrayminus: number[] };
  assert.ok(Math.abs(array[1] - 0.02) < 1e-12 && Math.abs(arrayminus[1] - 0.01) < 1e-12);
  assert.match((layout.title as { text: string }).text, /lag by BIC from 1–2/);
  assert.match(summary, /F none, 5 %, 5 %/);
});

test('every figure of causality is JSON, has a one-sentence summary and titles on its value axes', () => {
  const figures: Figure[] = [
    lagFigure([scanAt(1)]),
    correctionFigure(madeUpCounts()),
    seriesFigure(madeUpExponents(), new Float64Array(12)),
    causesFigure([{ name: 'raw', scan: scanAt(1) }]),
    stationarityFigure([{ name: 'as measured', scan: madeUpStationarity() }]),
    testSizeFigure(madeUpSize()),
  ];
  for (const { data, layout, summary } of figures) {
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout });
    assert.match(summary, /\.$/);
    for (const name of Object.keys(layout).filter(key => /^xaxis/.test(key))) {
      assert.ok((layout[name] as { title: { text: string } }).title.text.length > 0, name);
    }
  }
});
