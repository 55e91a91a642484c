import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alphaFigure,
  bulkFigure,
  fitPowerLaw,
  layerSpectrum,
  nullFigure,
  randomizedFigure,
  randomizedSpectrum,
  spectrumFigure,
  spectrumNull,
} from '../../src';
import type { Layout } from '../../src/figures/figure';
import { recipe } from '../spectra/recipes';

const spectrum = layerSpectrum({ ...recipe('spiked_30x50'), name: 'layer <2>' });
const fit = spectrum.powerLaw;

const lines = (layout: Layout): readonly Layout[] => layout.shapes as readonly Layout[];

test('spectrumFigure: every eigenvalue is a point, the share as large falls from 1 to 1 / n, the law starts where the tail does', () => {
  const { data, layout, summary } = spectrumFigure(fit, 'layer 2');
  const [below, tail, law] = data;
  assert.equal((below.x as number[]).length + (tail.x as number[]).length, 30);
  assert.equal((tail.x as number[]).length, fit.tail);
  assert.equal((below.y as number[])[0], 1);
  assert.ok(Math.abs(((tail.y as number[]).at(-1) ?? 0) - 1 / 30) < 1e-6);
  const [x, y] = [law.x as number[], law.y as number[]];
  assert.ok(Math.abs(x[0] - fit.xmin) < 1e-5);
  assert.equal(y[0], fit.tail / 30);
  const slope = Math.log(y[1] / y[0]) / Math.log(x[1] / x[0]);
  assert.ok(Math.abs(slope - (1 - fit.alpha)) < 1e-4);
  assert.equal(lines(layout)[0].x0, fit.xmin);
  assert.match(summary, /8 of 30 eigenvalues in the tail, too few for a verdict/);
});

test('a failed fit is drawn without a law', () => {
  const { data, summary } = spectrumFigure(fitPowerLaw([2, 2, 2]));
  assert.equal(data.length, 2);
  assert.match(summary, /no power law: constant/);
  assert.equal(alphaFigure(fitPowerLaw([])).data.length, 2);
});

test('bulkFigure: the curve has area 1 beside a histogram of density, the line stands at the closed edge', () => {
  for (const scale of ['log', 'linear'] as const) {
    const { data, layout } = bulkFigure(spectrum, { scale });
    const [histogram, curve] = data;
    assert.equal(histogram.histnorm, 'probability density');
    assert.equal((histogram.x as number[]).length, 30);
    const [x, y] = [curve.x as number[], curve.y as number[]];
    let area = 0;
    for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
    assert.ok(Math.abs(area - 1) < 0.01, `${scale}: ${area}`);
    const edge = Number(lines(layout)[0].x0);
    assert.ok(Math.abs((scale === 'log' ? 10 ** edge : edge) / spectrum.edge.upper95 - 1) < 1e-12);
    assert.match((layout.title as { text: string }).text, /layer &lt;2&gt;/);
  }
});

test('layers of zeros and of numbers that are none are drawn, empty', () => {
  for (const value of [0, Number.NaN]) {
    const empty = layerSpectrum({ rows: 3, cols: 4, values: new Float64Array(12).fill(value) });
    assert.match(bulkFigure(empty).summary, /no edge/);
    const spectrum = randomizedSpectrum(empty, { seed: 1 });
    assert.equal(randomizedFigure([{ name: 'empty', spectrum }], { scale: 'log' }).data.length, 2);
  }
});

test('randomizedFigure: a panel a layer, both spectra as densities, the largest random eigenvalue as a line', () => {
  const random = randomizedSpectrum(spectrum, { seed: 1 });
  const panels = ['dense', 'FT', 'PT', 'random'].map(name => ({ name, spectrum: random }));
  const { data, layout } = randomizedFigure(panels);
  assert.equal(data.length, 8);
  assert.deepEqual([(data[0].x as number[]).length, (data[1].x as number[]).length], [30, 150]);
  assert.equal(lines(layout).length, 4);
  assert.equal(lines(layout)[0].xref, 'x');
  assert.equal(lines(layout)[3].xref, 'x4');
  assert.ok(Math.abs(Number(lines(layout)[0].x0) / random.largestShuffled - 1) < 1e-5);
  const log = randomizedFigure(panels, { scale: 'log' });
  assert.ok(Math.abs(10 ** Number(lines(log.layout)[0].x0) / random.largestShuffled - 1) < 1e-4);
  assert.throws(() => randomizedFigure([]), RangeError);
});

test('alphaFigure: exponents and distances of every start, the winner marked in both panels', () => {
  const { data, layout } = alphaFigure(fit);
  assert.equal((data[0].y as number[]).length, 29);
  const best = (data[1].y as number[]).indexOf(Math.min(...(data[1].y as number[])));
  assert.ok(Math.abs((data[0].y as number[])[best] / fit.alpha - 1) < 1e-5);
  assert.ok(lines(layout).every(({ x0 }) => x0 === fit.xmin));
  assert.equal(lines(layout).length, 2);
});

test('nullFigure: the draws, 95 % of them between dotted lines, and the layer', async () => {
  const found = await spectrumNull(spectrum, { seed: 1, draws: 40 });
  const { data, layout, summary } = nullFigure([found, found], { statistic: 'largest' });
  assert.equal((data[0].x as number[]).length, 40);
  assert.equal(data.length, 2);
  assert.deepEqual(
    lines(layout)
      .slice(0, 3)
      .map(({ x0 }) => x0),
    [found.largest.low, found.largest.high, found.largest.observed],
  );
  assert.match(summary, /largest eigenvalue among draws of chance/);
  assert.throws(() => nullFigure([]), RangeError);
});
