import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changePoints } from '../../src/chaos/changePoints';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { groupedDifference, groupNames } from '../../src/chaos/groupedDifference';
import { kantzCurve } from '../../src/chaos/kantzCurve';
import {
  type KantzOptions,
  type LyapunovOptions,
  lyapunov,
  type RosensteinOptions,
} from '../../src/chaos/lyapunov';
import { surrogate, surrogateKinds } from '../../src/chaos/surrogate';
import { surrogateTest } from '../../src/chaos/surrogateTest';
import { type ExponentStatus, exponentStatuses } from '../../src/chaos/windowedExponents';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { windowedSurrogateTest } from '../../src/chaos/windowedSurrogateTest';
import { windowStarts } from '../../src/chaos/windowStarts';
import { randomStream } from '../../src/statistics/random';
import { anySeries, finiteSeries, fuzz, isFiniteSeries, seriesTogether } from '../support/awkwardSeries';
import { recordingOf } from './series';

const embeddings = fc.record({
  dimension: fc.integer({ min: 1, max: 5 }),
  delay: fc.integer({ min: 1, max: 4 }),
  theiler: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
  steps: fc.integer({ min: 0, max: 20 }),
});
const references = fc.constantFrom('tisean' as const, 'all-references' as const);
const radii = fc.constantFrom(1e-9, 0.01, 0.1, 1, 10);

/** A fit range inside the steps, or `auto` where there are enough of them. */
const curveSettings = embeddings.chain(({ steps, ...rest }) =>
  fc.tuple(fc.nat(steps + 1), fc.integer({ min: 1, max: 5 }), fc.boolean()).map(([from, points, auto]) => ({
    ...rest,
    steps: Math.max(3, steps, from + points),
    fit: auto ? ('auto' as const) : ([from, from + points] as const),
  })),
);
const curveOptions: fc.Arbitrary<RosensteinOptions | KantzOptions> = fc.oneof(
  fc.tuple(curveSettings, references).map(([settings, which]) => ({
    estimator: 'rosenstein' as const,
    ...settings,
    references: which,
  })),
  fc.tuple(curveSettings, radii).map(([settings, radius]) => ({
    estimator: 'kantz' as const,
    ...settings,
    radius,
  })),
  fc.constantFrom('tisean' as const, 'robust' as const).map(preset => ({
    estimator: 'rosenstein' as const,
    preset,
  })),
);
const directOptions = fc
  .constantFrom('least-squares' as const, 'thirds' as const, 'endpoint' as const, 'paper' as const)
  .map(form => ({ form }));
const published = fc
  .constantFrom('FT' as const, 'PT' as const)
  .map(chain => ({ estimator: 'rosenstein' as const, preset: 'published' as const, chain }));
const anyOptions: fc.Arbitrary<LyapunovOptions> = fc.oneof(curveOptions, directOptions, published);

/** What every status promises of the series it was given to. */
function assertStatus(status: ExponentStatus, series: ArrayLike<number>) {
  assert.ok(exponentStatuses.includes(status), status);
  assert.equal(status === 'non-finite', !isFiniteSeries(series), status);
}

fuzz('divergenceCurve', fc.tuple(anySeries(), embeddings, references), ([series, embedding, which]) => {
  const before = series.slice();
  const { curve, counts, status } = divergenceCurve(series, { ...embedding, references: which });
  assertStatus(status, series);
  assert.deepEqual([curve.length, counts.length], [embedding.steps + 1, embedding.steps + 1]);
  const { dimension, delay, steps, theiler } = embedding;
  const vectors = series.length - (dimension - 1) * delay - steps;
  if (isFiniteSeries(series)) assert.equal(status === 'too-short', vectors < 2 * theiler + 2);
  if (status === 'constant') assert.ok(series.every(value => value === series[0]));
  curve.forEach((value, k) => {
    assert.ok(counts[k] >= 0 && counts[k] <= Math.max(0, vectors));
    assert.equal(Number.isFinite(value), counts[k] > 0, `S(${k}) = ${value} of ${counts[k]}`);
  });
  if (status === 'ok') assert.ok(curve.every(Number.isFinite));
  assert.deepEqual(series, before);
});

fuzz('kantzCurve', fc.tuple(anySeries(120), embeddings, radii), ([series, embedding, radius]) => {
  const { curve, counts, status } = kantzCurve(series, { ...embedding, radius });
  assertStatus(status, series);
  curve.forEach((value, k) => {
    assert.equal(Number.isFinite(value), counts[k] > 0, `S(${k}) = ${value} of ${counts[k]}`);
  });
  if (status === 'ok') assert.ok(curve.every(Number.isFinite));
});

fuzz('lyapunov, every estimator', fc.tuple(anySeries(), anyOptions), ([series, options]) => {
  const before = series.slice();
  const found = lyapunov(series, options);
  const { status, exponent, intercept, points, curve, fitFrom, fitTo } = found;
  assertStatus(status, series);
  const studyZero = 'preset' in options && options.preset === 'published' && exponent === 0;
  if (!studyZero) assert.equal(Number.isFinite(exponent), status === 'ok', `${status}: ${exponent}`);
  if (status === 'ok') {
    assert.ok(Number.isFinite(intercept) && points >= 2);
    assert.ok(fitFrom >= 0 && fitFrom < fitTo && fitTo < curve.length, `${fitFrom}..${fitTo}`);
    assert.ok(points <= fitTo - fitFrom + 1);
  } else assert.deepEqual([points, fitFrom, fitTo], [0, 0, -1]);
  assert.deepEqual(lyapunov(Array.from(series), options), found, 'the same from a plain array');
  assert.deepEqual(series, before);
});

fuzz(
  'windowedLyapunov gives what lyapunov gives, window by window',
  fc.tuple(
    seriesTogether(anySeries(90), 3),
    directOptions,
    fc.integer({ min: 1, max: 30 }),
    fc.double({ min: 0, max: 0.99, noNaN: true }),
  ),
  async ([series, options, window, overlap]) => {
    if (series[0].length < window + 1) return;
    const recording = recordingOf('difference', [3, 1], series);
    const found = await windowedLyapunov(recording, { ...options, window, overlap });
    for (let w = 0; w < found.windows; w++) {
      series.forEach((values, weight) => {
        const { exponent, status } = lyapunov(values.slice(found.starts[w], found.ends[w] + 1), options);
        assert.ok(Object.is(found.values[3 * w + weight], exponent));
        assert.equal(exponentStatuses[found.status[3 * w + weight]], status);
      });
    }
  },
);

fuzz(
  'windowStarts',
  fc.record({
    iterates: fc.nat(5000),
    window: fc.integer({ min: 1, max: 300 }),
    overlap: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    first: fc.nat(300),
  }),
  ({ iterates, ...options }) => {
    const starts = windowStarts(iterates, options);
    const { window, first } = options;
    assert.equal(starts.length > 0, first + window <= iterates);
    starts.forEach((start, i) => {
      assert.ok(start >= first && start + window <= iterates);
      if (i > 0) assert.ok(start > starts[i - 1] && start - starts[i - 1] <= window);
    });
  },
);

fuzz('changePoints', fc.tuple(anySeries(), fc.double({ min: 0, noNaN: true })), ([series, threshold]) => {
  const starts = changePoints(series, { threshold });
  if (!isFiniteSeries(series)) assert.equal(starts.length, 0);
  starts.forEach((start, i) => {
    assert.ok(start > (i === 0 ? 0 : starts[i - 1]) && start < series.length);
  });
});

fuzz(
  'groupedDifference',
  fc.tuple(seriesTogether(anySeries(40), 8), fc.constantFrom('neuron' as const, 'layer' as const)),
  async ([series, group]) => {
    const grouped = groupedDifference(recordingOf('difference', [3, 2, 1], series), group);
    assert.deepEqual(grouped.names, groupNames([3, 2, 1], group));
    const length = series[0].length;
    if (length === 0) return;
    const norms = (await grouped.readWindow(0, length)).series;
    assert.equal(norms.length, grouped.names.length * length);
    const last = norms.subarray(norms.length - length); // weights 6 and 7
    last.forEach((norm, t) => {
      const [a, b] = [Math.abs(series[6][t]), Math.abs(series[7][t])];
      if (Number.isNaN(a + b)) assert.ok(Number.isNaN(norm));
      else assert.ok(norm >= Math.max(a, b) * (1 - 1e-15) && norm <= 1.4143 * Math.max(a, b) + 1e-323);
    });
  },
);

fuzz(
  'surrogate',
  fc.tuple(anySeries(80), fc.constantFrom(...surrogateKinds), fc.nat(1e6)),
  ([series, kind, seed]) => {
    const before = series.slice();
    const made = surrogate(series, kind, randomStream(seed, 'fuzz'));
    assert.equal(made.length, series.length);
    const finite = isFiniteSeries(series);
    if (kind === 'shuffle' || (kind === 'iaaft' && finite))
      assert.deepEqual(made.slice().sort(), before.slice().sort());
    else if (!finite) assert.ok(made.every(Number.isNaN));
    else if (series.every(value => Math.abs(value) < 1e300)) assert.ok(isFiniteSeries(made));
    assert.deepEqual(series, before);
  },
);

fuzz(
  'surrogateTest',
  fc.tuple(
    fc.oneof(anySeries(60), finiteSeries(60)),
    curveOptions,
    fc.constantFrom(...surrogateKinds),
    fc.constantFrom(19, 20, 25),
  ),
  ([series, options, kind, count]) => {
    const found = surrogateTest(series, { ...options, surrogate: kind, count, alpha: 0.1, seed: 1 });
    const { status, exponent, band, pValue, rejected, surrogates } = found;
    const alone = lyapunov(series, options);
    assert.ok(Object.is(exponent, alone.exponent));
    if (alone.status !== 'ok') assert.equal(status, alone.status);
    assert.equal(surrogates.length, count);
    if (status !== 'ok') {
      assert.ok(Number.isNaN(pValue) && band.every(Number.isNaN) && !rejected);
      return;
    }
    assert.ok(pValue > 0 && pValue <= 1 && band[0] <= band[1]);
    assert.equal(rejected, exponent < band[0] || exponent > band[1]);
    assert.equal(rejected, pValue <= 0.1);
  },
);

fuzz(
  'windowedSurrogateTest',
  fc.tuple(
    seriesTogether(anySeries(60), 2),
    fc.integer({ min: 1, max: 30 }),
    fc.constantFrom('tisean' as const, 'robust' as const),
    fc.constantFrom(...surrogateKinds),
  ),
  async ([series, window, preset, kind]) => {
    if (series[0].length < window) return;
    const found = await windowedSurrogateTest(recordingOf('weights', [2, 1], series), {
      estimator: 'rosenstein',
      preset,
      surrogate: kind,
      count: 19,
      alpha: 0.1,
      seed: 1,
      window,
      sampledWindows: 2,
    });
    const { exponents, low, high, pValues, status, tested, rejected, above } = found;
    assert.equal(exponents.length, found.starts.length * 2);
    assert.ok(above <= rejected && rejected <= tested && tested <= exponents.length);
    status.forEach((code, at) => {
      const ok = exponentStatuses[code] === 'ok';
      assert.equal(Number.isNaN(pValues[at]), !ok);
      if (ok) assert.ok(low[at] <= high[at] && Number.isFinite(exponents[at]));
    });
  },
);
