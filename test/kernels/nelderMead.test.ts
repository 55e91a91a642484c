import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logExponentialIntegral } from '../../src/kernels/exponentialIntegral';
import { nelderMead } from '../../src/kernels/nelderMead';

test('nelderMead finds the lowest point of a bowl and of Rosenbrock’s valley', () => {
  const bowl = nelderMead(([x, y]) => (x - 3) ** 2 + 2 * (y + 1) ** 2, [1, 1]);
  assert.ok(Math.abs(bowl.point[0] - 3) < 1e-3 && Math.abs(bowl.point[1] + 1) < 1e-3);
  const valley = nelderMead(([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]);
  assert.ok(Math.abs(valley.point[0] - 1) < 1e-3 && Math.abs(valley.point[1] - 1) < 1e-3);
});

test('nelderMead ends on a plain, on NaN and on a slope without end', () => {
  for (const cost of [() => 1, () => Number.NaN, ([x]: Float64Array) => -x]) {
    assert.equal(nelderMead(cost, [0, 1]).point.length, 2);
  }
});

test('logExponentialIntegral is that of tables and closed forms', () => {
  // E_1(1) and E_1(0.1): Abramowitz & Stegun table 5.1. E_2(z) = e^-z - z E_1(z).
  const cases: readonly (readonly [number, number, number])[] = [
    [1, 1, 0.21938393439552],
    [1, 0.1, 1.822923958419391],
    [2, 1, Math.exp(-1) - 0.21938393439552],
    [3, 1e-12, 0.5],
  ];
  for (const [p, z, expected] of cases) {
    const gap = Math.exp(logExponentialIntegral(p, z)) / expected - 1;
    assert.ok(Math.abs(gap) < 1e-11, `E_${p}(${z}): ${gap}`);
  }
  // E_p(z) e^z (z + p) is near 1 for large z.
  assert.ok(Math.abs(logExponentialIntegral(2.5, 1e5) + 1e5 + Math.log(1e5 + 2.5)) < 1e-8);
});
