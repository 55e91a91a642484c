import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GrangerScan } from '../../src/causality/grangerScan';
import type { StationarityScan } from '../../src/causality/stationarityScan';
import type { TestSize } from '../../src/causality/testSize';
import type { SurrogateTest } from '../../src/chaos/surrogateTest';
import type { WindowedExponents } from '../../src/chaos/windowedExponents';
import { weightCount } from '../../src/core/weightLayers';
import { alphaFigure } from '../../src/figures/alphaFigure';
import { bulkFigure } from '../../src/figures/bulkFigure';
import { causesFigure } from '../../src/figures/causesFigure';
import { comparisonFigure } from '../../src/figures/comparisonFigure';
import { correctionFigure } from '../../src/figures/correctionFigure';
import { exponentDistributionFigure } from '../../src/figures/exponentDistributionFigure';
import { exponentFigure } from '../../src/figures/exponentFigure';
import { type Figure, figure } from '../../src/figures/figure';
import { grangerFigure } from '../../src/figures/grangerFigure';
import { growthFigure } from '../../src/figures/growthFigure';
import { growthRateFigure } from '../../src/figures/growthRateFigure';
import { lagFigure } from '../../src/figures/lagFigure';
import { lossFigure } from '../../src/figures/lossFigure';
import { nullFigure } from '../../src/figures/nullFigure';
import { randomizedFigure } from '../../src/figures/randomizedFigure';
import { seriesFigure } from '../../src/figures/seriesFigure';
import { spectrumFigure } from '../../src/figures/spectrumFigure';
import { stationarityFigure } from '../../src/figures/stationarityFigure';
import { surrogateFigure } from '../../src/figures/surrogateFigure';
import { testSizeFigure } from '../../src/figures/testSizeFigure';
import { trajectoryFigure } from '../../src/figures/trajectoryFigure';
import { createMask } from '../../src/network/mask';
import type { EpochMetrics } from '../../src/network/recording';
import { removalCounts } from '../../src/pruning/removalCounts';
import { layerSpectrum } from '../../src/spectra/layerSpectrum';
import { randomizedSpectrum } from '../../src/spectra/randomizedSpectrum';
import { spectrumNull } from '../../src/spectra/spectrumNull';
import { anyNumber, anySeries, fuzz } from '../support/awkwardSeries';
import { awkwardName, saysNumbers, tried } from '../support/awkwardText';
import { madeUpRecording, layers as recordedLayers } from './madeUp';

/** Tags of our own labels; whatever else looks like one came out of a name. */
const OWN_TAGS = /<\/?(br|sup|sub|b|extra)>/g;

/** Plain JSON without numbers that are none, in which names stay text. */
function isSound({ data, layout, summary }: Figure, names: readonly string[] = []): void {
  walk({ data, layout }, 'figure');
  // A name may hold any word itself.
  if (!names.some(name => /NaN|Infinity|undefined|object/.test(name))) {
    saysNumbers(JSON.stringify({ data, layout }));
    saysNumbers(summary);
  }
  assert.ok(summary.length > 0);
}

function walk(value: unknown, path: string): void {
  if (typeof value === 'string') {
    assert.doesNotMatch(value.replace(OWN_TAGS, ''), /<\/?[a-z]/i, path);
    if (path.endsWith('template')) assert.doesNotMatch(value, /evil/, path);
  } else if (typeof value === 'number') {
    assert.ok(Number.isFinite(value), `${path}: ${value}`);
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) walk(value[i], `${path}[${i}]`);
  } else if (value !== null && typeof value === 'object') {
    assert.equal(Object.getPrototypeOf(value), Object.prototype, path);
    for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`);
  } else {
    assert.ok(value === null || typeof value === 'boolean', `${path}: ${String(value)}`);
  }
}

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 });
const shares = fc.double({ min: 0, max: 1, noNaN: true });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const listOf = <T>(item: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength: length, maxLength: length });
const indices = fc.array(fc.oneof(fc.integer({ min: -1, max: 40 }), anyNumber()), { maxLength: 4 });
const alphas = fc.oneof(fc.constantFrom(0, 0.05, 1), shares);

const exponents: fc.Arbitrary<WindowedExponents> = fc
  .tuple(shapes, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 200 }), awkwardName, shares)
  .chain(([layers, windows, window, estimator, overlap]) =>
    listOf(fc.tuple(finite, fc.integer({ min: 0, max: 4 })), windows * weightCount(layers)).map(found => ({
      kind: 'windowed-exponents' as const,
      estimator,
      layers,
      windows,
      weights: weightCount(layers),
      window,
      overlap,
      starts: Int32Array.from({ length: windows }, (_, w) => w * window),
      ends: Int32Array.from({ length: windows }, (_, w) => (w + 1) * window - 1),
      values: Float64Array.from(found, ([value, code]) => (code === 0 ? value : Number.NaN)),
      status: Uint8Array.from(found, ([, code]) => code),
    })),
  );

function scansOf(layers: readonly number[], lag?: number): fc.Arbitrary<GrangerScan> {
  const weights = weightCount(layers);
  const pValues = fc.oneof(
    { weight: 4, arbitrary: shares },
    { weight: 1, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, 1) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  return fc
    .tuple(
      listOf(pValues, weights),
      listOf(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), weights),
      fc.constantFrom('f' as const, 'chi2' as const, 'lr' as const),
    )
    .map(([found, statistic, test]) => ({
      kind: 'granger-scan' as const,
      test,
      layers,
      weights,
      windows: 30,
      lags: lag === undefined ? [1, 2] : [lag],
      lagRule: lag === undefined ? ('bic' as const) : ('fixed' as const),
      lag: new Int32Array(weights).fill(lag ?? 1),
      statistic: Float64Array.from(found, (p, k) => (Number.isNaN(p) ? Number.NaN : statistic[k])),
      geweke: new Float64Array(weights),
      pValue: Float64Array.from(found),
      status: Uint8Array.from(found, p => (Number.isNaN(p) ? 1 : 0)),
    }));
}

const anyValue = fc.anything({
  withBigInt: true,
  withDate: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 3,
});

fuzz(
  'figure makes whatever it is given plain JSON',
  fc.tuple(
    fc.array(fc.dictionary(fc.string(), anyValue), { maxLength: 3 }),
    fc.dictionary(fc.string(), anyValue),
  ),
  ([traces, layout]) => {
    const data = traces.map(trace => ({ ...trace, type: 'scatter' }));
    const made = figure(data, layout, 'made up');
    plainOnly(made.data);
    plainOnly(made.layout);
  },
);

/** Nothing that JSON cannot say or would say otherwise. */
function plainOnly(value: unknown): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value));
  else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) plainOnly(value[i]);
  else if (value !== null && typeof value === 'object') {
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    for (const item of Object.values(value)) plainOnly(item);
  } else assert.ok(value === null || ['string', 'boolean'].includes(typeof value), typeof value);
}

fuzz(
  'figure takes nothing but traces, a layout and a summary',
  fc.tuple(anyValue, anyValue, anyValue),
  ([data, layout, summary]) => {
    tried(() => figure(data as never, layout as never, summary as never));
  },
);

fuzz(
  'lossFigure draws every run, also one that diverged',
  fc.tuple(
    fc.array(fc.tuple(anyNumber(), shares, shares, fc.option(shares)), { maxLength: 30 }),
    fc.boolean(),
  ),
  ([found, stopped]) => {
    const epochs = found.map(
      ([loss, trainAccuracy, testAccuracy, validationAccuracy], i): EpochMetrics => ({
        epoch: i + 1,
        loss,
        trainAccuracy,
        testAccuracy,
        testArgmaxAccuracy: testAccuracy,
        testF1: 0,
        validationAccuracy,
      }),
    );
    const drawn = tried(() => lossFigure({ epochs, stopped }));
    assert.equal(drawn === undefined, epochs.length === 0);
    if (drawn !== undefined) isSound(drawn);
  },
);

fuzz(
  'trajectoryFigure draws weights and differences, or says which weight there is not',
  fc.tuple(fc.array(anyNumber(), { minLength: 1, maxLength: 50 }), fc.option(indices), fc.boolean()),
  async ([values, weights, isDifference]) => {
    const content = isDifference ? 'difference' : 'weights';
    const recording = madeUpRecording(content, values.length, (k, t) => values[(k + t) % values.length]);
    let drawn: Figure | undefined;
    try {
      drawn = await trajectoryFigure(recording, weights === null ? {} : { weights });
    } catch (error) {
      tried(() => {
        throw error;
      });
    }
    const known = weightCount(recordedLayers);
    const fits =
      weights === null ||
      (weights.length > 0 && weights.every(k => Number.isInteger(k) && k >= 0 && k < known));
    assert.equal(drawn !== undefined, fits);
    if (drawn !== undefined) isSound(drawn);
  },
);

fuzz('exponentFigure draws all exponents, and none', exponents, found => {
  isSound(exponentFigure(found), [found.estimator]);
});

fuzz(
  'seriesFigure draws target and exponents, or says what does not fit',
  fc.tuple(exponents, fc.array(anyNumber(), { maxLength: 9 }), indices, awkwardName, fc.boolean()),
  ([found, target, weights, targetName, fits]) => {
    const values = fits ? Array.from({ length: found.windows }, (_, w) => target[w] ?? 0.5) : target;
    const chosen = fits ? [0] : weights;
    const drawn = tried(() => seriesFigure(found, values, { weights: chosen, targetName }));
    if (fits) assert.ok(drawn);
    if (drawn !== undefined) isSound(drawn, [targetName, found.estimator]);
  },
);

const growths = fc.array(
  fc.record({
    name: awkwardName,
    recording: fc.record({
      logNorm: fc
        .array(fc.oneof(finite, anyNumber()), { minLength: 1, maxLength: 60 })
        .map(Float64Array.from.bind(Float64Array) as (v: number[]) => Float64Array),
      method: fc.constantFrom('tangent' as const, 'twin' as const),
      perturbation: fc.oneof(
        fc.constant({}),
        fc.record({ delta: fc.oneof(fc.constantFrom(1e-6, -1e-4), finite) }),
      ),
    }),
  }),
  { maxLength: 4 },
);

fuzz(
  'growth figures draw every run, also where two runs are equal',
  fc.tuple(growths, fc.array(fc.record({ name: awkwardName, exponent: anyNumber() }), { maxLength: 2 })),
  ([runs, slopes]) => {
    const names = [...runs, ...slopes].map(({ name }) => name);
    for (const draw of [
      () => growthFigure(runs as never, { slopes }),
      () => growthRateFigure(runs as never),
    ]) {
      const drawn = tried(draw);
      assert.equal(drawn === undefined, runs.length === 0);
      if (drawn !== undefined) isSound(drawn, names);
    }
  },
);

fuzz(
  'exponentDistributionFigure draws samples with and without values',
  fc.array(
    fc.record({
      name: awkwardName,
      estimator: awkwardName,
      values: fc.array(anyNumber(), { maxLength: 20 }),
    }),
    { maxLength: 5 },
  ),
  samples => {
    const drawn = tried(() => exponentDistributionFigure(samples));
    assert.equal(drawn === undefined, samples.length === 0);
    if (drawn !== undefined)
      isSound(
        drawn,
        samples.flatMap(({ name, estimator }) => [name, estimator]),
      );
  },
);

fuzz(
  'surrogateFigure draws tests with and without an answer',
  fc.array(
    fc.record({
      name: awkwardName,
      tests: fc.array(
        fc.tuple(finite, finite, finite, fc.oneof(shares, fc.constant(Number.NaN))).map(
          ([exponent, low, high, pValue]) =>
            ({
              exponent,
              band: [low, high],
              pValue,
              surrogate: 'iaaft',
              count: 19,
              alpha: 0.05,
            }) as unknown as SurrogateTest,
        ),
        { maxLength: 6 },
      ),
    }),
    { maxLength: 5 },
  ),
  panels => {
    const drawn = tried(() => surrogateFigure(panels));
    assert.equal(drawn === undefined, panels.length === 0 || panels.some(({ tests }) => tests.length === 0));
    if (drawn !== undefined)
      isSound(
        drawn,
        panels.map(({ name }) => name),
      );
  },
);

fuzz(
  'grangerFigure draws every scan at every level, with a mask and without',
  fc.tuple(
    shapes.chain(layers => fc.tuple(scansOf(layers), fc.array(fc.boolean(), { maxLength: 40 }))),
    alphas,
    fc.boolean(),
  ),
  ([[scan, bits], alpha, isMasked]) => {
    const removed = bits.flatMap((bit, k) => (bit && k < scan.weights ? [k] : []));
    const mask = createMask(scan.layers, removed, 'made up');
    isSound(grangerFigure(scan, isMasked ? { alpha, mask } : { alpha }));
  },
);

fuzz(
  'lagFigure draws one strip a lag, or says what does not fit',
  fc.tuple(
    shapes.chain(layers =>
      fc.tuple(
        fc.array(
          fc.integer({ min: 1, max: 9 }).chain(lag => scansOf(layers, lag)),
          { maxLength: 4 },
        ),
        fc.option(scansOf(layers), { nil: undefined }),
      ),
    ),
    indices,
    alphas,
  ),
  ([[scans, chosen], weights, alpha]) => {
    const drawn = tried(() => lagFigure(scans, { weights, alpha, ...(chosen && { chosen }) }));
    if (drawn !== undefined) isSound(drawn);
    else assert.ok(scans.length === 0 || weights.length > 0);
  },
);

fuzz(
  'figures refuse a level that is none',
  fc.tuple(
    shapes.chain(layers => scansOf(layers, 1)),
    fc.oneof(anyNumber(), fc.anything()).filter(alpha => alpha !== undefined),
  ),
  ([scan, alpha]) => {
    const isLevel = typeof alpha === 'number' && alpha >= 0 && alpha <= 1;
    const options = { alpha: alpha as number };
    for (const draw of [
      () => grangerFigure(scan, options),
      () => lagFigure([scan], options),
      () => causesFigure([{ name: 'one', scan }], options),
    ]) {
      assert.equal(tried(draw) !== undefined, isLevel, String(draw));
    }
  },
);

fuzz(
  'causesFigure draws every case and its controls',
  fc.tuple(
    fc.array(
      fc.record({
        name: awkwardName,
        scan: shapes.chain(layers => scansOf(layers)),
        controls: fc.array(
          shapes.chain(layers => scansOf(layers)),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 4 },
    ),
    alphas,
    awkwardName,
    awkwardName,
  ),
  ([cases, alpha, title, controlName]) => {
    const drawn = tried(() => causesFigure(cases, { alpha, title, controlName }));
    assert.equal(drawn === undefined, cases.length === 0);
    if (drawn !== undefined) isSound(drawn, [title, controlName, ...cases.map(({ name }) => name)]);
  },
);

fuzz(
  'correctionFigure draws what removalCounts counts',
  fc.tuple(
    shapes.chain(layers => scansOf(layers)),
    alphas,
  ),
  ([scan, alpha]) => {
    isSound(correctionFigure(removalCounts(scan, { alpha })));
  },
);

fuzz(
  'comparisonFigure draws every quantity that has a share',
  fc.tuple(
    fc.array(fc.record({ quantity: awkwardName, dense: anyNumber(), sparse: anyNumber() }), { maxLength: 6 }),
    awkwardName,
    fc.boolean(),
    fc.boolean(),
  ),
  ([found, rule, stopped, diverged]) => {
    const drawn = comparisonFigure({
      kind: 'comparison',
      dataset: 'toy',
      rule,
      stopped: { dense: stopped, sparse: true },
      diverged: { dense: false, sparse: diverged },
      differences: [],
      rows: found.map(row => ({ ...row, unit: 'fraction', difference: row.sparse - row.dense })),
    });
    isSound(drawn, [rule, ...found.map(({ quantity }) => quantity)]);
  },
);

const verdicts = ['stationary', 'trend-stationary', 'unit-root', 'inconclusive', 'no-answer'] as const;

const stationarityScans: fc.Arbitrary<StationarityScan> = shapes.chain(layers => {
  const weights = weightCount(layers);
  const tests = listOf(fc.tuple(fc.oneof(finite, fc.constant(Number.NaN)), shares), weights).map(found => ({
    statistic: Float64Array.from(found, ([statistic]) => statistic),
    pValue: Float64Array.from(found, ([statistic, p]) => (Number.isNaN(statistic) ? Number.NaN : p)),
    lags: new Int32Array(weights),
    status: new Uint8Array(weights),
  }));
  return fc
    .tuple(tests, tests, listOf(fc.integer({ min: 0, max: 4 }), weights))
    .map(([adf, kpss, codes]): StationarityScan => {
      const level = { adf, kpss };
      const count = (code: number) => codes.filter(each => each === code).length;
      return {
        kind: 'stationarity-scan',
        layers,
        weights,
        windows: 20,
        alpha: 0.05,
        lowPower: true,
        level,
        critical: { adf: -2.9, kpss: 0.463 },
        trend: level,
        verdict: Uint8Array.from(codes),
        counts: {
          stationary: count(0),
          'trend-stationary': count(1),
          'unit-root': count(2),
          inconclusive: count(3),
          'no-answer': count(4),
        },
      };
    });
});

fuzz(
  'stationarityFigure draws every case, also cases of one name',
  fc.array(fc.record({ name: awkwardName, scan: stationarityScans }), { maxLength: 3 }),
  cases => {
    const drawn = tried(() => stationarityFigure(cases));
    assert.equal(drawn === undefined, cases.length === 0);
    if (drawn === undefined) return;
    isSound(
      drawn,
      cases.map(({ name }) => name),
    );
    const bars = drawn.data.filter(({ type }) => type === 'bar');
    const shown = verdicts.filter(verdict => cases.some(({ scan }) => scan.counts[verdict] > 0));
    assert.equal(bars.length, shown.length);
    for (const { y } of bars) assert.equal(new Set(y as unknown[]).size, cases.length);
  },
);

fuzz(
  'testSizeFigure draws lengths that carry no lag, too',
  fc
    .array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 })
    .chain(windows =>
      fc.tuple(
        fc.constant(windows),
        listOf(fc.oneof(shares, fc.constant(Number.NaN)), windows.length),
        alphas,
      ),
    ),
  ([windows, rate, alpha]) => {
    const size: TestSize = {
      kind: 'test-size',
      series: 'white-noise',
      alpha,
      pairs: 10,
      seed: 1,
      lags: [1, 3],
      lagRule: 'aic',
      windows,
      rates: [
        {
          test: 'f',
          rate: Float64Array.from(rate),
          low: Float64Array.from(rate, share => Math.max(0, share - 0.1)),
          high: Float64Array.from(rate, share => Math.min(1, share + 0.1)),
        },
      ],
    };
    isSound(testSizeFigure(size));
  },
);

const matrices = fc
  .tuple(anySeries(60), fc.integer({ min: 1, max: 6 }), awkwardName)
  .filter(([values, rows]) => values.length >= rows)
  .map(([values, rows, name]) => {
    const cols = Math.floor(values.length / rows);
    return { rows, cols, values: values.slice(0, rows * cols), name };
  });

fuzz('figures of spectra are sound for any matrix under any name', matrices, async matrix => {
  const { name } = matrix;
  const spectrum = layerSpectrum(matrix);
  isSound(spectrumFigure(spectrum.powerLaw, name), [name]);
  isSound(alphaFigure(spectrum.powerLaw, name), [name]);
  const panels = [{ name, spectrum: randomizedSpectrum(spectrum, { seed: 1, replicas: 2 }) }];
  for (const scale of ['linear', 'log'] as const) {
    isSound(bulkFigure(spectrum, { scale }), [name]);
    isSound(randomizedFigure(panels, { scale }), [name]);
  }
  const found = await spectrumNull(spectrum, { seed: 1, draws: 3, workers: 0 });
  for (const statistic of ['alpha', 'largest', 'stableRank', 'above'] as const)
    isSound(nullFigure([found], { statistic }), [name]);
});
