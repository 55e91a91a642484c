import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detrend } from '../../src/causality/detrend';
import { difference } from '../../src/causality/difference';
import { awkwardSeries, normals } from '../chaos/series';

test('differences undo sums, order by order', () => {
  assert.deepEqual([...difference([1, 4, 9, 16])], [3, 5, 7]);
  assert.deepEqual([...difference([1, 4, 9, 16], 2)], [2, 2]);
  assert.deepEqual([...difference([1, 4], 0)], [1, 4]);
  assert.deepEqual([...difference([1, 4], 2)], []);
  assert.deepEqual([...difference([], 1)], []);
  assert.deepEqual([...difference([1, Number.NaN, 3, 4])], [Number.NaN, Number.NaN, 1]);
});

test('detrend leaves what no polynomial of its degree explains', () => {
  const example = detrend([0, 2, 1, 3]);
  [-0.3, 0.9, -0.9, 0.3].forEach((value, t) => {
    assert.ok(Math.abs(example[t] - value) < 1e-15);
  });
  const noise = normals(51);
  const series = Array.from({ length: 50 }, (_, t) => 3 - t + 0.1 * t * t + noise());
  for (let degree = 0; degree <= 4; degree++) {
    const residual = detrend(series, degree);
    for (let power = 0; power <= degree; power++) {
      let moment = 0;
      for (let t = 0; t < 50; t++) moment += residual[t] * ((2 * t) / 49 - 1) ** power;
      assert.ok(Math.abs(moment) < 1e-11, `degree ${degree}, power ${power}: ${moment}`);
    }
  }
  const parabola = detrend(
    Array.from({ length: 50 }, (_, t) => 1e6 - t * t),
    2,
  );
  assert.ok(parabola.every(value => Math.abs(value) < 1e-9));
});

test('a polynomial through every sample leaves zeros, a missing value nothing', () => {
  assert.deepEqual([...detrend([3, 1], 1)], [0, 0]);
  assert.deepEqual([...detrend([3, 1, 7], 9)], [0, 0, 0]);
  assert.deepEqual([...detrend([])], []);
  assert.deepEqual([...detrend([1, Number.NaN, 3])], [Number.NaN, Number.NaN, Number.NaN]);
  assert.deepEqual([...detrend([0.9, 0.9, 0.9])], [0, 0, 0]);
});

test('no series makes difference or detrend throw', () => {
  for (const [name, series] of awkwardSeries()) {
    assert.equal(difference(series).length, Math.max(0, series.length - 1), name);
    assert.equal(detrend(series).length, series.length, name);
  }
});

test('wrong types and options throw, and the series stays as it is', () => {
  assert.throws(() => difference(3 as never), TypeError);
  assert.throws(() => difference([1], -1), RangeError);
  assert.throws(() => detrend(null as never), TypeError);
  assert.throws(() => detrend([1], 0.5), RangeError);
  const series = Float64Array.of(1, 4, 9);
  difference(series);
  detrend(series);
  assert.deepEqual(series, Float64Array.of(1, 4, 9));
});
