import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnModes,
  columnMoments,
  fillMissing,
  standardizeColumns,
  standardizeRows,
  stretchColumns,
} from '../../src/data/scaling';

test('standardizeRows gives each row mean 0 and population deviation 1, and zeros for a constant row', () => {
  const values = Float64Array.of(1, 3, 5, 5); // rows (1, 3) and (5, 5)
  standardizeRows(values, 2);
  assert.deepEqual([...values], [-1, 1, 0, 0]);
});

test('standardizeColumns takes another part by the moments of the first, and a constant column to zeros', () => {
  const train = Float64Array.of(1, 7, 3, 7); // columns (1, 3) and (7, 7)
  const moments = columnMoments(train, 2);
  assert.deepEqual([...moments.means, ...moments.sds], [2, 7, 1, 1]);
  standardizeColumns(train, moments);
  assert.deepEqual([...train], [-1, 0, 1, 0]);
  const test = Float64Array.of(4, 8);
  standardizeColumns(test, moments);
  assert.deepEqual([...test], [2, 1]);
});

// (0.1 + 0.1 + 0.1) / 3 is 0.10000000000000002: the mean of equal values misses them by a rounding.
test('a constant 0.1 is taken to zero in rows and columns, and another part to its difference from 0.1', () => {
  const row = new Float64Array(3).fill(0.1);
  standardizeRows(row, 3);
  assert.deepEqual([...row], [0, 0, 0]);
  const train = Float64Array.of(0.1, 1, 0.1, 2, 0.1, 3); // columns (0.1, 0.1, 0.1) and (1, 2, 3)
  const moments = columnMoments(train, 2);
  assert.deepEqual([moments.means[0], moments.sds[0]], [0.1, 1]);
  const test = Float64Array.of(0.1, 2, 0.6, 2); // constant in training, not here
  standardizeColumns(test, moments);
  assert.deepEqual([...test], [0, 0, 0.5, 0]);
  standardizeColumns(train, moments);
  assert.deepEqual([train[0], train[2], train[4]], [0, 0, 0]);
});

test('stretchColumns takes each column to 0..1, and a constant column to zeros', () => {
  const values = Float64Array.of(2, 5, 4, 5, 3, 5);
  stretchColumns(values, 2);
  assert.deepEqual([...values], [0, 0, 1, 0, 0.5, 0]);
});

test('columnModes takes the most frequent value, the smaller of two, and passes over gaps', () => {
  const gap = Number.NaN;
  const values = Float64Array.of(2, gap, 9, 2, gap, 9, 1, gap, 8, 1, gap, gap); // 4 x 3
  assert.deepEqual([...columnModes(values, 3)], [1, Number.NaN, 9]);
  fillMissing(values, Float64Array.of(0, 5, 6));
  assert.deepEqual([...values], [2, 5, 9, 2, 5, 9, 1, 5, 8, 1, 5, 6]);
});
