import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testStatuses } from '../../src/causality/grangerScan';
import { comparisonFigure } from '../../src/figures/comparisonFigure';
import { decimate } from '../../src/figures/decimate';
import { exponentFigure } from '../../src/figures/exponentFigure';
import { type Figure, figure, type Layout } from '../../src/figures/figure';
import { grangerFigure } from '../../src/figures/grangerFigure';
import { lossFigure } from '../../src/figures/lossFigure';
import { shortNumber } from '../../src/figures/theme';
import { trajectoryFigure } from '../../src/figures/trajectoryFigure';
import { spreadWeights, weightName } from '../../src/figures/weightPlace';
import {
  layers,
  madeUpComparison,
  madeUpEpochs,
  madeUpExponents,
  madeUpRecording,
  madeUpScan,
  mask,
} from './madeUp';

test('figure makes typed arrays plain and numbers without a value null', () => {
  const { data } = figure([{ type: 'scatter', y: Float64Array.of(1, Number.NaN, Infinity) }], {}, 'x');
  assert.deepEqual(data[0].y, [1, null, null]);
});

test('decimate keeps ends, peaks and order within its limit', () => {
  const series = Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 1000));
  series[31_415] = 9;
  series[27_182] = -9;
  const { x, y } = decimate(series, 2000);
  assert.ok(x.length <= 2000 && x.length > 1900);
  assert.deepEqual([x[0], x[x.length - 1]], [0, 49_999]);
  assert.equal(y[x.indexOf(31_415)], 9);
  assert.equal(y[x.indexOf(27_182)], -9);
  assert.ok(x.every((at, i) => i === 0 || at > x[i - 1]));
  assert.ok(x.every((at, i) => y[i] === series[at]));
});

test('decimate returns a short series whole and lets no NaN win against a number', () => {
  assert.deepEqual([...decimate(Float64Array.of(3, 1, 2)).y], [3, 1, 2]);
  const series = Float64Array.from({ length: 100 }, (_, i) => (i % 3 === 1 ? i : Number.NaN));
  const { y } = decimate(series, 10);
  assert.ok(y.includes(97) && y.includes(1));
});

test('weightName counts from 1 and follows out x in order', () => {
  // Weight 5 of a 4-6-3 network: second row (unit 2), second column (input 2).
  assert.equal(weightName(layers, 5), 'layer 1, 2→2');
  assert.equal(weightName(layers, 24), 'layer 2, 1→1');
  assert.equal(weightName(layers, 41), 'layer 2, 6→3');
  assert.throws(() => weightName(layers, 42), RangeError);
  assert.deepEqual(spreadWeights(42, 3), [0, 21, 41]);
});

test('shortNumber keeps few digits and groups large whole numbers', () => {
  assert.deepEqual(
    [0.123456, -0.5, 1234567, 1e-9, Number.NaN].map(value => shortNumber(value)),
    ['0.123', '−0.5', '1\u202F234\u202F567', '1e−9', 'none'],
  );
});

test('lossFigure draws the stop line only when the stop rule ended the run', () => {
  const epochs = madeUpEpochs(30);
  assert.equal((lossFigure({ epochs, stopped: true }).layout.shapes as Layout[])[0].x0, 30);
  assert.deepEqual(lossFigure({ epochs, stopped: false }).layout.shapes, []);
});

test('lossFigure shows validation accuracy where there is any, each line with its own dash', () => {
  assert.equal(lossFigure({ epochs: madeUpEpochs(30), stopped: true }).data.length, 3);
  const { data } = lossFigure({ epochs: madeUpEpochs(30, true), stopped: true });
  const dashes = data.filter(({ yaxis }) => yaxis === 'y2').map(({ line }) => (line as Layout).dash);
  assert.equal(new Set(dashes).size, 3);
});

test('trajectoryFigure draws the asked weights as they were, read in windows', async () => {
  const recording = madeUpRecording('weights', 500, (k, t) => k + t / 1000);
  const { data } = await trajectoryFigure(recording, { weights: [3, 30] });
  assert.deepEqual(
    data.map(({ name }) => name),
    ['layer 1, 4→1', 'layer 2, 1→2'],
  );
  assert.equal((data[1].y as number[])[250], 30.25);
  await assert.rejects(trajectoryFigure(recording, { weights: [42] }), RangeError);
  await assert.rejects(trajectoryFigure(recording, { weights: [] }), /at least one weight, got none/);
});

test('trajectoryFigure of a difference shows its size on a logarithmic axis, with gaps at zero', async () => {
  const recording = madeUpRecording('difference', 100, (k, t) => (t === 7 ? 0 : -(k + 1) * 1e-6));
  const { data, layout } = await trajectoryFigure(recording, { weights: [1] });
  const y = data[0].y as (number | null)[];
  assert.deepEqual([y[6], y[7]], [2e-6, null]);
  assert.equal((layout.yaxis as Layout).type, 'log');
});

test('trajectoryFigure loses no peak of a long recording', async () => {
  const recording = madeUpRecording('weights', 60_000, (_, t) => (t === 43_210 ? 5 : Math.sin(t)));
  const { data } = await trajectoryFigure(recording, { weights: [0] });
  const y = data[0].y as number[];
  assert.ok(y.length <= 2000);
  assert.equal(Math.max(...y), 5);
});

test('exponentFigure centres its colours at zero and leaves gaps where there is no exponent', () => {
  const { data, layout } = exponentFigure(madeUpExponents());
  const [{ z, y, zmin, zmax }] = data;
  assert.equal(-(zmin as number), zmax);
  assert.equal((z as (number | null)[][])[2][1], null);
  assert.equal((y as string[])[2], 'layer 1, 3→1');
  assert.match((layout.title as { text: string }).text, /grey: no exponent \(1 of 504\)/);
  // The line between the layers lies between weights 23 and 24.
  assert.equal((layout.shapes as Layout[])[0].y0, 23.5);
});

test('exponentFigure shows evenly spaced weights of a wide network and says so', () => {
  const { data, layout } = exponentFigure(madeUpExponents([50, 30, 10], 4));
  assert.equal((data[0].z as unknown[]).length, 400);
  assert.match((layout.title as { text: string }).text, /400 of 1800 weights/);
});

test('exponentFigure keeps one runaway exponent from washing out the rest', () => {
  const exponents = madeUpExponents();
  exponents.values[7] = 50;
  const { data, layout } = exponentFigure(exponents);
  assert.ok((data[0].zmax as number) < 0.011);
  assert.match((layout.title as { text: string }).text, /colours end at/);
});

test('grangerFigure sorts every weight into one group by its p-value', () => {
  const scan = madeUpScan();
  const { data } = grangerFigure(scan, { alpha: 0.1 });
  const below = scan.pValue.filter(p => p < 0.1).length;
  assert.deepEqual(
    data.map(({ name }) => name),
    [`p < 0.1 (${below})`, `p ≥ 0.1 (${41 - below})`, 'no answer (1)'],
  );
  assert.equal(new Set(data.map(({ marker }) => (marker as Layout).symbol)).size, 3);
  assert.deepEqual([data[2].x, data[2].y], [[5], [1]]);
});

test('grangerFigure draws p = 0 a decade beyond the smallest other p-value, and the line at alpha', () => {
  const scan = madeUpScan();
  const { data, layout } = grangerFigure(scan);
  const at = (data[0].x as number[]).indexOf(6);
  const smallest = Math.min(...scan.pValue.filter(p => p > 0));
  assert.ok(Math.abs((10 * (data[0].y as number[])[at]) / smallest - 1) < 1e-5);
  assert.equal((layout.shapes as Layout[])[0].y0, 0.05);
});

test('grangerFigure names the status of every test without an answer as the scan does', () => {
  const scan = madeUpScan();
  scan.pValue.fill(Number.NaN, 0, testStatuses.length);
  testStatuses.forEach((_, code) => {
    scan.status[code] = code;
  });
  const silent = grangerFigure(scan).data.find(({ name }) => String(name).startsWith('no answer'));
  assert.deepEqual(
    (silent!.text as string[]).map(text => text.split('no answer: ')[1]),
    testStatuses,
  );
});

test('grangerFigure draws few of 400 000 weights, counts them all, and keeps the strongest and the weakest', () => {
  const widths = [1000, 400];
  const weights = 400_000;
  const pValue = Float64Array.from({ length: weights }, (_, k) => (k + 1) / weights);
  const scan = {
    ...madeUpScan(),
    layers: widths,
    weights,
    lag: new Int32Array(weights).fill(1),
    statistic: new Float64Array(weights).fill(1),
    geweke: new Float64Array(weights),
    pValue,
    status: new Uint8Array(weights),
  };
  pValue[123_456] = 1e-9;
  const { data, layout } = grangerFigure(scan);
  const y = data.flatMap(trace => trace.y as number[]);
  assert.ok(y.length <= 4000);
  assert.deepEqual([Math.min(...y), Math.max(...y)], [1e-9, 1]);
  const counted = data.map(({ name }) => Number(/\((\d+)\)/.exec(String(name))?.[1]));
  assert.equal(counted[0] + counted[1], weights);
  assert.match((layout.title as { text: string }).text, /4.000 of 400.000 weights drawn/);
});

test('grangerFigure with a mask says kept and removed', () => {
  const { data } = grangerFigure(madeUpScan(), { mask });
  assert.deepEqual(
    data.map(({ name }) => name),
    ['kept (39)', 'removed (2)', 'no answer, removed (1)'],
  );
});

test('comparisonFigure draws shares from zero and writes the values out', () => {
  const { data, layout } = comparisonFigure(madeUpComparison());
  // `pruned` has no share, because the dense network's is 0.
  assert.deepEqual(data[1].x, [250 / 133, 0.6333 / 0.9]);
  assert.deepEqual(data[1].text, ['250', '0.6333']);
  assert.match((layout.title as { text: string }).text, /p &lt; 0\.05 &amp; more/);
  assert.equal(((layout.xaxis as Layout).range as number[])[0], 0);
  const lost = comparisonFigure({ ...madeUpComparison(), diverged: { dense: false, sparse: true } });
  assert.match((lost.layout.title as { text: string }).text, /<sup>a run DIVERGED/);
});

test('every figure is JSON, has a one-sentence summary and titles on its axes', async () => {
  const figures: Figure[] = [
    lossFigure({ epochs: madeUpEpochs(30), stopped: true }),
    await trajectoryFigure(madeUpRecording('weights', 50, (k, t) => k + t)),
    exponentFigure(madeUpExponents()),
    grangerFigure(madeUpScan()),
  ];
  for (const { data, layout, summary } of figures) {
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout });
    assert.match(summary, /\.$/);
    for (const name of Object.keys(layout).filter(key => /^[xy]axis/.test(key))) {
      assert.ok((layout[name] as { title: { text: string } }).title.text.length > 0, name);
    }
  }
});
