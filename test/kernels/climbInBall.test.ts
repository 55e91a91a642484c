import assert from 'node:assert/strict';
import { test } from 'node:test';
import { climbInBall, type Slope } from '../../src/kernels/climbInBall';

/** |A x|^2 of a symmetric 2 x 2 matrix. */
function quadratic([a, b, c]: readonly [number, number, number]): Slope {
  const value = ([x, y]: Float64Array): number => (a * x + b * y) ** 2 + (b * x + c * y) ** 2;
  return {
    value,
    gradient(x, gradient) {
      const [u, v] = [a * x[0] + b * x[1], b * x[0] + c * x[1]];
      gradient[0] = 2 * (a * u + b * v);
      gradient[1] = 2 * (b * u + c * v);
      return value(x);
    },
  };
}

test('|Ax|^2 ends at the square of radius times the largest singular value, in its direction', () => {
  const x = Float64Array.of(0.3, -0.1);
  const value = climbInBall(quadratic([2, 1, 2]), x, 2); // singular values 3 and 1
  assert.ok(Math.abs(value - 36) < 1e-9);
  assert.ok(Math.abs(Math.abs(x[0]) - Math.SQRT2) < 1e-5 && Math.abs(x[0] - x[1]) < 1e-5);
});

test('a maximum inside the ball is found inside, one outside on the sphere', () => {
  const hill = (top: readonly [number, number]): Slope => {
    const value = ([x, y]: Float64Array): number => 10 - (x - top[0]) ** 2 - 3 * (y - top[1]) ** 2;
    return {
      value,
      gradient(x, gradient) {
        gradient[0] = -2 * (x[0] - top[0]);
        gradient[1] = -6 * (x[1] - top[1]);
        return value(x);
      },
    };
  };
  const inside = Float64Array.of(-0.5, 0.5);
  assert.ok(Math.abs(climbInBall(hill([0.2, -0.3]), inside, 1) - 10) < 1e-9);
  assert.ok(Math.abs(inside[0] - 0.2) < 1e-4 && Math.abs(inside[1] + 0.3) < 1e-4);
  const outside = Float64Array.of(0, 0);
  assert.ok(Math.abs(climbInBall(hill([5, 0]), outside, 1) - (10 - 16)) < 1e-9);
  assert.ok(Math.hypot(...outside) <= 1 + 1e-12);
});

test('where there is no slope the climb ends where it began', () => {
  const flat: Slope = { value: () => 1, gradient: () => 1 };
  const x = Float64Array.of(0.25, 0.5);
  assert.equal(climbInBall(flat, x, 1), 1);
  assert.deepEqual([...x], [0.25, 0.5]);
});

test('a value that is not a number ends the climb', () => {
  const bad: Slope = { value: () => Number.NaN, gradient: () => Number.NaN };
  assert.ok(Number.isNaN(climbInBall(bad, Float64Array.of(0, 0), 1)));
});
