import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digamma } from '../../src/statistics/digamma';

// mpmath 1.3.0, 60 digits: float(psi(0, mpf(x)))
const references: [x: number, psi: number][] = [
  [0.001, -1000.5755719318103],
  [0.5, -1.9635100260214235],
  [1, -0.5772156649015329],
  [2, 0.42278433509846713],
  [3.7, 1.1671535393615113],
  [4, 1.2561176684318005],
  [9, 2.14064147795561],
  [9.999, 2.2516474172057355],
  [10, 2.251752589066721],
  [11, 2.351752589066721],
  [100, 4.600161852738087],
  [1999, 7.600152188583687],
  [1e8, 18.420680738952367],
];

test('digamma keeps fourteen digits', () => {
  for (const [x, psi] of references) {
    assert.ok(Math.abs(digamma(x) - psi) <= 1e-14 * (1 + Math.abs(psi)), `psi(${x}): ${digamma(x)}, ${psi}`);
  }
});

test('psi(n + 1) = psi(n) + 1 / n', () => {
  for (let n = 1; n < 2000; n++) assert.ok(Math.abs(digamma(n + 1) - digamma(n) - 1 / n) <= 4e-15);
});

test('digamma has no answer at 0 and below', () => {
  for (const x of [0, -1, Number.NaN]) assert.throws(() => digamma(x), RangeError);
  assert.equal(digamma(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
});
