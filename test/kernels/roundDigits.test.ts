import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundDigits } from '../../src/kernels/roundDigits';
import { normals } from '../chaos/series';

test('roundDigits is printing and reading back', () => {
  const noise = normals(5);
  for (let i = 0; i < 20000; i++) {
    const value = noise() * 10 ** ((i % 41) - 20);
    for (const digits of [1, 5, 7, 15, 17]) {
      assert.equal(roundDigits(value, digits), Number(value.toExponential(digits - 1)), `${value} ${digits}`);
    }
    // Six decimals to five digits: every tenth is a decimal tie, which only the binary value decides.
    const printed = Number(noise().toFixed(6));
    assert.equal(roundDigits(printed, 5), Number(printed.toPrecision(5)), `${printed}`);
  }
  for (const value of [
    0, 1, -1, 9.9999995, 999999.95, 0.99999995, 1e-7, 1e22, 1e300, 5e-324, -0.5, 123456.5,
  ]) {
    assert.equal(roundDigits(value, 7), Number(value.toExponential(6)), `${value}`);
  }
  assert.ok(Number.isNaN(roundDigits(Number.NaN, 7)));
  assert.equal(roundDigits(Number.NEGATIVE_INFINITY, 7), Number.NEGATIVE_INFINITY);
});
