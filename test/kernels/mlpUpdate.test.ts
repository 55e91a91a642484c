import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpUpdate } from '../../src/kernels/mlpUpdate';

describe('mlpUpdate', () => {
  const none = new Int32Array(0);

  test('takes learningRate times the mean gradient', () => {
    const parameters = Float64Array.of(1, 2);
    mlpUpdate(parameters, Float64Array.of(8, -4), new Float64Array(2), none, 4, 0.5, 0);
    assert.deepEqual(parameters, Float64Array.of(0, 2.5));
  });

  test('with momentum adds half of the last velocity: 1, 1.5, 1.75', () => {
    const parameters = Float64Array.of(0);
    const velocity = new Float64Array(1);
    const seen: number[] = [];
    for (let step = 0; step < 3; step++) {
      mlpUpdate(parameters, Float64Array.of(1), velocity, none, 1, 1, 0.5);
      seen.push(velocity[0]);
    }
    assert.deepEqual(seen, [1, 1.5, 1.75]);
    assert.equal(parameters[0], -4.25);
  });

  test('holds removed weights at exactly 0, even against a gradient that is not finite', () => {
    const parameters = Float64Array.of(0, 1, 0);
    const gradient = Float64Array.of(Number.NaN, 1, 5);
    mlpUpdate(parameters, gradient, new Float64Array(3), Int32Array.of(0, 2), 1, 0.5, 0.9);
    assert.deepEqual(parameters, Float64Array.of(0, 0.5, 0));
  });
});
