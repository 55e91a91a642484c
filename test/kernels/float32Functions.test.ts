import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exp32, sigmoid32, tanh32 } from '../../src/kernels/float32Functions';

/** Float32 numbers over a range, both ends and 0 included. */
function numbers(from: number, to: number): number[] {
  return [0, from, to, ...Array.from({ length: 20_001 }, (_, i) => from + ((to - from) * i) / 20_000)].map(
    Math.fround,
  );
}

/** Largest error, in parts of the exact value. */
function worst(
  found: (x: number) => number,
  exact: (x: number) => number,
  values: readonly number[],
): number {
  return Math.max(
    ...values.map(x => {
      const value = exact(x);
      return value === found(x) ? 0 : Math.abs(found(x) - value) / Math.abs(value);
    }),
  );
}

test('exp32, sigmoid32 and tanh32 are float32 numbers within 2e-7 of the exact value', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  for (const range of [numbers(-87, 88), numbers(-1, 1), numbers(-1e-4, 1e-4)]) {
    assert.ok(worst(exp32, Math.exp, range) < 2e-7);
    assert.ok(
      worst(
        sigmoid32,
        sigmoid,
        range.filter(x => x > -86),
      ) < 2e-7,
    );
    assert.ok(worst(tanh32, Math.tanh, range) < 2e-7);
    for (const f of [exp32, sigmoid32, tanh32]) assert.ok(range.every(x => f(x) === Math.fround(f(x))));
  }
});

test('outside their range they come near the limit; NaN stays NaN', () => {
  const { NaN: none, POSITIVE_INFINITY: all } = Number;
  for (const f of [exp32, sigmoid32, tanh32]) assert.ok(Number.isNaN(f(none)));
  assert.ok(exp32(-all) < 2e-38 && exp32(all) > 1e38 && Number.isFinite(exp32(all)));
  assert.ok(sigmoid32(-all) < 1e-38);
  assert.deepEqual([sigmoid32(all), tanh32(all), tanh32(-all)], [1, 1, -1]);
});
