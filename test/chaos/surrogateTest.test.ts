import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lyapunov } from '../../src/chaos/lyapunov';
import { type SurrogateTestOptions, surrogateTest } from '../../src/chaos/surrogateTest';
import { exponentStatuses } from '../../src/chaos/windowedExponents';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { windowedSurrogateTest } from '../../src/chaos/windowedSurrogateTest';
import { normal, randomStream } from '../../src/statistics/random';
import { henon, logistic, lorenz, recordingOf } from './series';

const rosenstein = { estimator: 'rosenstein' } as const;

function noiseOf(seed: number, length = 200): Float64Array {
  return Float64Array.from({ length }, normal(randomStream(seed, 'noise')));
}

function rejections(tests: number, options: Omit<SurrogateTestOptions, 'seed'>, length = 200): number {
  let rejected = 0;
  for (let seed = 0; seed < tests; seed++) {
    const found = surrogateTest(noiseOf(seed, length), { ...rosenstein, ...options, seed });
    if (found.rejected) rejected++;
  }
  return rejected;
}

test('white noise is called something else in about 5 % of all cases: 500 shuffled, 300 phase, 100 iaaft', () => {
  // Three standard errors of a binomial at 0.05 either way.
  for (const [surrogate, tests, low, high] of [
    ['shuffle', 500, 11, 39],
    ['phase', 300, 4, 26],
    ['iaaft', 100, 0, 11],
  ] as const) {
    const found = rejections(tests, { ...rosenstein, surrogate }, 100);
    assert.ok(found >= low && found <= high, `${surrogate}: ${found} of ${tests}`);
  }
});

test('the logistic map and the Henon map lie above every surrogate', () => {
  for (const [name, series] of [
    ['logistic', logistic(300, 0.1234).subarray(100)],
    ['Henon', henon(300).subarray(100)],
  ] as const) {
    for (const surrogate of ['shuffle', 'phase', 'iaaft'] as const) {
      const found = surrogateTest(series, { ...rosenstein, surrogate, seed: 3 });
      assert.equal(found.status, 'ok');
      assert.ok(found.rejected && found.exponent > found.band[1], `${name}, ${surrogate}`);
      assert.equal(found.pValue, 0.05);
      assert.equal(found.exponent, lyapunov(series, rosenstein).exponent);
    }
  }
});

test('a chaotic flow lies below its surrogates: noise of the same spectrum parts faster', () => {
  const found = surrogateTest(lorenz(200), { ...rosenstein, surrogate: 'iaaft', seed: 1 });
  assert.ok(found.rejected && found.exponent < found.band[0]);
});

test('band and p-value are order statistics of the surrogates', () => {
  const series = noiseOf(5);
  for (const [count, alpha, k] of [
    [39, 0.05, 1],
    [99, 0.05, 2],
    [19, 0.1, 1],
    [79, 0.1, 4],
  ]) {
    const options = { ...rosenstein, surrogate: 'shuffle', count, alpha, seed: 8 } as const;
    const { band, pValue, rejected, exponent, surrogates } = surrogateTest(series, options);
    const ascending = [...surrogates].sort((a, b) => a - b);
    assert.deepEqual(band, [ascending[k - 1], ascending[count - k]]);
    const below = ascending.filter(value => value <= exponent).length;
    assert.equal(pValue, Math.min(1, (2 * (1 + Math.min(below, count - below))) / (count + 1)));
    assert.equal(rejected, exponent < band[0] || exponent > band[1]);
  }
});

test('surrogates without an exponent never help to reject', () => {
  // At radius 0.01 none of the shuffled series has enough neighbourhoods, at 0.03 most have, at 0.04 all.
  const series = logistic(300, 0.1234).subarray(100);
  const options = { estimator: 'kantz', surrogate: 'shuffle', seed: 1 } as const;
  const none = surrogateTest(series, { ...options, radius: 0.01 });
  assert.equal(none.status, 'degenerate');
  assert.ok(Number.isFinite(none.exponent));
  assert.ok(Number.isNaN(none.pValue) && !none.rejected);
  const most = surrogateTest(series, { ...options, radius: 0.03 });
  const missing = most.surrogates.filter(Number.isNaN).length;
  assert.ok(missing > 0 && missing < 20);
  assert.equal(most.pValue, (2 * (1 + missing)) / 40);
  assert.deepEqual([most.status, most.rejected, ...most.band], ['ok', false, -Infinity, Infinity]);
  assert.ok(surrogateTest(series, { ...options, radius: 0.04 }).rejected);
});

test('a series without an exponent has no p-value either', () => {
  for (const [series, status] of [
    [new Float64Array(200), 'constant'],
    [noiseOf(1, 8), 'too-short'],
    [[...noiseOf(1), Number.NaN], 'non-finite'],
  ] as const) {
    const found = surrogateTest(series, { ...rosenstein, seed: 1 });
    assert.deepEqual([found.status, found.pValue, found.rejected], [status, Number.NaN, false]);
    assert.ok(found.surrogates.length === 39 && found.band.every(Number.isNaN));
  }
});

test('the same seed gives the same test; options out of range are refused', () => {
  const series = noiseOf(2);
  const options = { ...rosenstein, surrogate: 'iaaft', seed: 'a' } as const;
  assert.deepEqual(surrogateTest(series, options).surrogates, surrogateTest(series, options).surrogates);
  assert.throws(
    () => surrogateTest(series, { ...options, count: 38 }),
    /needs 2 \/ alpha - 1 = 39 surrogates/,
  );
  assert.throws(() => surrogateTest(series, { ...options, alpha: 0 }), RangeError);
  assert.throws(() => surrogateTest(series, { ...options, surrogate: 'none' as never }), RangeError);
  assert.throws(() => surrogateTest(series, { seed: 1 } as never), TypeError);
});

test('windowedSurrogateTest tells chaotic weights from noisy ones, window by window', async () => {
  const series = [
    logistic(1001, 0.1),
    noiseOf(1, 1001),
    logistic(1001, 0.3),
    new Float64Array(1001),
    noiseOf(2, 1001),
    logistic(1001, 0.7),
  ];
  const recording = recordingOf('weights', [2, 2, 1], series);
  const options = { ...rosenstein, surrogate: 'phase', seed: 4, sampledWeights: [5, 3, 1] } as const;
  const found = await windowedSurrogateTest(recording, { ...options, sampledWindows: 3 });
  assert.deepEqual([...found.sampledWeights], [1, 3, 5]);
  assert.deepEqual([...found.starts], [0, 400, 800]);
  assert.deepEqual([...found.ends], [199, 599, 999]);
  for (let w = 0; w < 3; w++) {
    assert.equal(exponentStatuses[found.status[3 * w + 1]], 'constant');
    assert.equal(found.pValues[3 * w + 2], 0.05);
    assert.ok(found.exponents[3 * w + 2] > found.high[3 * w + 2]);
  }
  assert.equal(found.tested, 6);
  assert.ok(found.rejected >= 3 && found.rejected <= 4 && found.above >= 3 && found.above <= found.rejected);

  const more = await windowedSurrogateTest(recording, { ...options, sampledWeights: 6 });
  assert.deepEqual([...more.sampledWeights], [0, 1, 2, 3, 4, 5]);
  assert.equal(more.starts.length, 5);
  assert.equal(more.low[5], found.low[2], 'a test does not depend on the sample');
  const one = await windowedSurrogateTest(recording, { ...options, sampledWeights: 2, sampledWindows: 1 });
  assert.equal(one.sampledWeights.length, 2);
});

test("windowedSurrogateTest takes its windows as windowedLyapunov does, `last`, `windows` and the study's overlap included", async () => {
  const recording = recordingOf('weights', [1, 1], [noiseOf(3, 1001)]);
  const options = { ...rosenstein, surrogate: 'shuffle', seed: 1 } as const;
  for (const windows of [{ last: 650 }, { windows: 2 }, { preset: 'published', last: 450 }] as const) {
    const found = await windowedSurrogateTest(recording, { ...options, ...windows });
    const { starts } = await windowedLyapunov(recording, { ...rosenstein, ...windows });
    assert.deepEqual(found.starts, starts);
  }
});

test('windowedSurrogateTest refuses what it cannot test', async () => {
  const recording = recordingOf('weights', [1, 1], [noiseOf(1, 300)]);
  const options = { ...rosenstein, seed: 1 };
  await assert.rejects(windowedSurrogateTest(recording, { ...options, window: 301 }), /needs 301 iterates/);
  await assert.rejects(windowedSurrogateTest(recording, { ...options, sampledWeights: [1] }), RangeError);
  await assert.rejects(windowedSurrogateTest(recording, { ...options, sampledWindows: 0 }), RangeError);
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(windowedSurrogateTest(recording, { ...options, signal }), /stopped/);
});
