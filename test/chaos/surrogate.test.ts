import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surrogate, surrogateKinds } from '../../src/chaos/surrogate';
import { createFourier, fourierTransform } from '../../src/kernels/fourier';
import { normal, randomStream } from '../../src/statistics/random';
import { awkwardSeries, logistic } from './series';

/** |X_f| at f = 0..n/2. */
function amplitudes(series: Float64Array): Float64Array {
  const [re, im] = [series.slice(), new Float64Array(series.length)];
  fourierTransform(createFourier(series.length), re, im);
  return re.map((value, f) => Math.hypot(value, im[f])).subarray(0, 1 + series.length / 2);
}

function sorted(series: Float64Array): number[] {
  return [...series].sort((a, b) => a - b);
}

function autoregression(n: number, seed: number): Float64Array {
  const noise = normal(randomStream(seed, 'autoregression'));
  let x = 0;
  return new Float64Array(n).map(() => {
    x = 0.9 * x + noise();
    return x;
  });
}

test('shuffle and iaaft keep the values exactly, phase does not', () => {
  for (const n of [199, 200]) {
    const series = logistic(n, 0.3);
    for (const kind of surrogateKinds) {
      const made = surrogate(series, kind, randomStream(1, kind));
      assert.notDeepEqual([...made], [...series]);
      const same = kind !== 'phase';
      assert.equal(JSON.stringify(sorted(made)) === JSON.stringify(sorted(series)), same, kind);
    }
  }
});

test('phase keeps the power spectrum to rounding, iaaft to a few per cent, shuffle not at all', () => {
  for (const n of [199, 200]) {
    const series = autoregression(n, 2);
    const wanted = amplitudes(series);
    const total = Math.hypot(...wanted.subarray(1));
    const errorOf = (made: Float64Array) =>
      Math.hypot(...amplitudes(made).map((value, f) => (f === 0 ? 0 : value - wanted[f]))) / total;
    assert.ok(errorOf(surrogate(series, 'phase', randomStream(3, 'phase'))) < 1e-13);
    assert.ok(errorOf(surrogate(series, 'iaaft', randomStream(3, 'iaaft'))) < 0.05);
    assert.ok(errorOf(surrogate(series, 'shuffle', randomStream(3, 'shuffle'))) > 0.5);
  }
});

test('phase keeps the mean and the digits of a series far from 0', () => {
  const noise = autoregression(200, 4);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / 200, 0);
  const made = surrogate(noise, 'phase', randomStream(1, 'offset'));
  assert.ok(Math.abs(mean(made) - mean(noise)) < 1e-12);
  const far = surrogate(
    noise.map(value => value + 1e9),
    'phase',
    randomStream(1, 'offset'),
  );
  made.forEach((value, t) => {
    assert.ok(Math.abs(far[t] - 1e9 - value) < 1e-5, `${t}: ${far[t]}`); // 1e9 leaves 1e-7 to each value
  });
});

test('the same stream makes the same surrogate, and the series stays untouched', () => {
  const series = logistic(100, 0.2);
  const before = [...series];
  for (const kind of surrogateKinds) {
    const [a, b] = [1, 1].map(seed => surrogate(series, kind, randomStream(seed, 'same')));
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, surrogate(series, kind, randomStream(2, 'same')));
  }
  assert.deepEqual([...series], before);
});

test('no series makes surrogate throw or hang; without numbers there is no spectrum', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const kind of surrogateKinds) {
      const made = surrogate(series, kind, randomStream(1, name));
      assert.equal(made.length, series.length, name);
      if (/NaN|infinity/.test(name))
        assert.equal(made.every(Number.isNaN), kind !== 'shuffle' || /all/.test(name));
      if (/^constant/.test(name)) assert.deepEqual([...made], series, `${name}, ${kind}`);
    }
  }
  assert.throws(() => surrogate([1, 2], 'bootstrap' as never, Math.random), RangeError);
  assert.throws(() => surrogate('ab' as never, 'shuffle', Math.random), TypeError);
});
