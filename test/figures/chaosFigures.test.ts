import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SurrogateTest } from '../../src/chaos/surrogateTest';
import { exponentDistributionFigure } from '../../src/figures/exponentDistributionFigure';
import type { Figure, Layout } from '../../src/figures/figure';
import { growthFigure, type NamedGrowth } from '../../src/figures/growthFigure';
import { growthRateFigure } from '../../src/figures/growthRateFigure';
import { surrogateFigure } from '../../src/figures/surrogateFigure';
import { randomStream } from '../../src/statistics/random';

/** A perturbation of size 1e-6 that grows by `rate` an iteration. */
function madeUpGrowth(
  name: string,
  method: 'twin' | 'tangent',
  rate: number,
  iterates = 20_001,
): NamedGrowth {
  const logNorm = Float64Array.from({ length: iterates }, (_, t) => Math.log(1e-6) + rate * t);
  return { name, recording: { method, logNorm, perturbation: { weight: 0, delta: 1e-6 } } };
}

/** Exponents 0, 0.1, 0.2, … against the band [0.15, 0.25]; the last has no p-value. */
function madeUpTests(count: number): SurrogateTest[] {
  return Array.from({ length: count }, (_, i) => {
    const exponent = i / 10;
    const rejected = exponent < 0.15 || exponent > 0.25;
    const pValue = i === count - 1 ? Number.NaN : rejected ? 0.05 : 0.5;
    return {
      kind: 'surrogate-test',
      estimator: 'made up',
      surrogate: 'iaaft',
      count: 39,
      alpha: 0.05,
      exponent,
      status: 'ok',
      band: [0.15, 0.25],
      pValue,
      rejected,
      surrogates: new Float64Array(39),
    };
  });
}

test('growthFigure draws ln growth since the start, tangents as lines and twins as markers of one colour', () => {
  const runs = [madeUpGrowth('w11', 'tangent', 1e-4), madeUpGrowth('w11', 'twin', 1e-4)];
  const { data } = growthFigure(runs);
  assert.deepEqual(
    data.map(({ name, mode }) => [name, mode]),
    [
      ['w11, tangent', 'lines'],
      ['w11, twin from 10<sup>−6</sup>', 'markers'],
    ],
  );
  assert.equal((data[0].y as number[]).at(-1), 2);
  assert.equal((data[0].line as Layout).color, (data[1].marker as Layout).color);
  const [x, y] = [data[1].x as number[], data[1].y as number[]];
  assert.ok(x.every((t, i) => Math.abs(y[i] - 1e-4 * t) < 1e-4));
});

test('growthFigure lets two twins of one name stand side by side, with markers of their own', () => {
  const { data } = growthFigure([madeUpGrowth('w11', 'twin', 1e-4), madeUpGrowth('w11', 'twin', 1e-4)]);
  const places = new Set(data[0].x as number[]);
  assert.ok((data[1].x as number[]).every(t => !places.has(t)));
  assert.notEqual((data[0].marker as Layout).symbol, (data[1].marker as Layout).symbol);
});

test('growthFigure ends a steep slope near the top of the growth, not above it', () => {
  const { data } = growthFigure([madeUpGrowth('w11', 'tangent', 1e-4)], {
    slopes: [{ name: '0.15', exponent: 0.15 }],
  });
  assert.deepEqual(data[1].y, [0, 2.2]);
  assert.ok((data[1].x as number[])[1] < 15);
});

test('growthFigure leaves a gap where the runs are equal', () => {
  const run = madeUpGrowth('w11', 'tangent', 1e-4, 101);
  run.recording.logNorm[50] = Number.NEGATIVE_INFINITY;
  assert.equal((growthFigure([run]).data[0].y as (number | null)[])[50], null);
});

test('growthFigure draws half a million iterates', () => {
  const logNorm = Float64Array.from({ length: 500_000 }, (_, t) => t / 1e5);
  const recording = { method: 'tangent' as const, logNorm, perturbation: { weight: 0 } };
  const { x, y } = growthFigure([{ name: 'long', recording }]).data[0] as unknown as Record<
    'x' | 'y',
    number[]
  >;
  assert.ok(x.length <= 500);
  assert.equal(y[y.length - 1], 5);
});

test('growthRateFigure shows exponential growth as a level line, on logarithmic axes', () => {
  const { data, layout } = growthRateFigure([madeUpGrowth('chaos', 'tangent', 0.01)]);
  const rates = data[0].y as number[];
  assert.ok(rates.every(rate => rate === 0.01));
  assert.deepEqual(
    ['xaxis', 'yaxis'].map(name => (layout[name] as Layout).type),
    ['log', 'log'],
  );
  const guide = data[1].y as number[];
  assert.equal(Math.round(guide[0] / guide[1]), 100); // two decades in t, slope -1
});

test('growthRateFigure leaves gaps where a perturbation has shrunk', () => {
  const { data } = growthRateFigure([madeUpGrowth('calm', 'tangent', -0.01)]);
  assert.equal(data.length, 1);
  assert.ok((data[0].y as (number | null)[]).every(rate => rate === null));
});

test('exponentDistributionFigure puts the median at its marker and leaves values without a number out', () => {
  const values = Float64Array.of(-2, -1, 0, 1, 2, Number.NaN);
  const { data, layout } = exponentDistributionFigure([
    { name: 'a<b', estimator: 'direct', values },
    { name: 'empty', estimator: 'direct', values: [] },
    { name: 'a<b', estimator: 'rosenstein', values: [3] },
  ]);
  const shown = data.filter(({ showlegend }) => showlegend !== false);
  assert.deepEqual(
    shown.map(({ name, x, y }) => [name, x, y]),
    [
      ['direct', [0, null], [0, 1]],
      ['rosenstein', [3], [2]],
    ],
  );
  assert.deepEqual(
    (layout.annotations as Layout[]).map(({ text }) => text),
    ['40 % > 0', 'no value', '100 % > 0'],
  );
  assert.deepEqual((layout.yaxis as Layout).ticktext, ['a&lt;b', 'empty', 'a&lt;b']);
  assert.notEqual((shown[0].marker as Layout).symbol, (shown[1].marker as Layout).symbol);
});

test('exponentDistributionFigure draws the middle half thick and the middle 90 % thin', () => {
  const random = randomStream(3, 'values');
  const { data } = exponentDistributionFigure([
    { name: 'uniform', estimator: 'any', values: Float64Array.from({ length: 10_001 }, random) },
  ]);
  const widths = data.slice(0, 2).map(({ error_x }) => {
    const { array, arrayminus } = error_x as { array: number[]; arrayminus: number[] };
    return array[0] + arrayminus[0];
  });
  assert.ok(Math.abs(widths[0] - 0.9) < 0.02 && Math.abs(widths[1] - 0.5) < 0.02, String(widths));
});

test('surrogateFigure sorts every test with a p-value above, inside or below its own band', () => {
  const { data, layout, summary } = surrogateFigure([{ name: 'made up', tests: madeUpTests(6) }]);
  const count = (name: string): number =>
    data.filter(trace => trace.name === name).reduce((sum, { x }) => sum + (x as number[]).length, 0);
  assert.deepEqual(['above its band', 'inside', 'below its band'].map(count), [2, 1, 2]);
  assert.match((layout.annotations as Layout[])[0].text as string, /5 tests: 2 above, 2 below/);
  assert.match(summary, /made up 2 above and 2 below of 5/);
});

test('surrogateFigure gives all panels one scale and the legend each group once', () => {
  const tests = madeUpTests(6);
  const { data, layout } = surrogateFigure(['a', 'b', 'c', 'd'].map(name => ({ name, tests })));
  const legend = data.flatMap(({ name, showlegend }) => (showlegend === false ? [] : [name]));
  assert.equal(legend.length, 4);
  assert.equal(new Set(legend).size, 4);
  for (const name of ['yaxis2', 'yaxis3', 'yaxis4']) assert.equal((layout[name] as Layout).matches, 'y');
});

test('surrogateFigure reads windowed tests as it reads single ones', () => {
  const single = madeUpTests(6);
  const windowed = {
    kind: 'windowed-surrogate-test',
    estimator: 'made up',
    surrogate: 'iaaft',
    count: 39,
    alpha: 0.05,
    layers: [4, 6, 3],
    window: 200,
    sampledWeights: Int32Array.of(0, 1, 2),
    starts: Int32Array.of(0, 200),
    ends: Int32Array.of(199, 399),
    exponents: Float64Array.from(single, ({ exponent }) => exponent),
    low: new Float64Array(6).fill(0.15),
    high: new Float64Array(6).fill(0.25),
    pValues: Float64Array.from(single, ({ pValue }) => pValue),
    status: new Uint8Array(6),
    tested: 5,
    rejected: 4,
    above: 2,
  } as const;
  assert.deepEqual(
    surrogateFigure([{ name: 'made up', tests: windowed }]),
    surrogateFigure([{ name: 'made up', tests: single }]),
  );
});

test('the figures of chaos refuse to draw nothing', () => {
  assert.throws(() => growthFigure([]), RangeError);
  assert.throws(() => growthRateFigure([]), RangeError);
  assert.throws(() => exponentDistributionFigure([]), RangeError);
  assert.throws(() => surrogateFigure([]), RangeError);
  assert.throws(() => surrogateFigure([{ name: 'none', tests: [] }]), /'none' has none/);
});

test('every figure of chaos is JSON and has a one-sentence summary', () => {
  const figures: Figure[] = [
    growthFigure([madeUpGrowth('w11', 'twin', 1e-4)]),
    growthRateFigure([madeUpGrowth('w11', 'tangent', 1e-4)]),
    exponentDistributionFigure([{ name: 'a', estimator: 'b', values: [1, 2, 3] }]),
    surrogateFigure([{ name: 'made up', tests: madeUpTests(6) }]),
  ];
  for (const { data, layout, summary } of figures) {
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout });
    assert.match(summary, /\.$/);
  }
});
