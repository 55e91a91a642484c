import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundDecimals } from '../../src/kernels/roundDecimals';
import { normals } from '../chaos/series';

test('roundDecimals is printing and reading back', () => {
  const noise = normals(4);
  for (let i = 0; i < 20000; i++) {
    const value = noise() * 10 ** (i % 9);
    assert.equal(roundDecimals(value, 6), Number(value.toFixed(6)));
    assert.equal(roundDecimals(value, 4), Number(value.toFixed(4)));
  }
  // 1.0000005 and 0.0000015 in binary lie just below and just above the half.
  for (const value of [1.0000005, 0.0000015, 0.0000025, -0.0000015, 1e-7, 0, 1e15 + 0.3, 1e300]) {
    assert.equal(roundDecimals(value, 6), Number(value.toFixed(6)), `${value}`);
  }
  assert.ok(Number.isNaN(roundDecimals(Number.NaN, 6)));
  assert.equal(roundDecimals(Number.NEGATIVE_INFINITY, 6), Number.NEGATIVE_INFINITY);
});
