import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedExp } from '../../src/kernels/boundedExp';
import { randomStream } from '../../src/statistics/random';

test('boundedExp agrees with Math.exp to 4e-16 of its size over 200 000 numbers up to 700', () => {
  const random = randomStream(1, 'exponents');
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const size = [1e-6, 0.01, 1, 40, 700][i % 5];
    const x = (2 * random() - 1) * size;
    const exact = Math.exp(x);
    worst = Math.max(worst, Math.abs(boundedExp(x) - exact) / exact);
  }
  for (const x of [-700, 700, 0, -0]) worst = Math.max(worst, Math.abs(boundedExp(x) / Math.exp(x) - 1));
  assert.ok(worst < 4.5e-16, `${worst}`);
  assert.equal(boundedExp(0), 1);
});
