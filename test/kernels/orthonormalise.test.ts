import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nestedLeastSquares } from '../../src/kernels/nestedLeastSquares';
import { dot, orthonormalise, subtractProjections } from '../../src/kernels/orthonormalise';
import { normals } from '../chaos/series';

/** count x rows of noise; each row all but `difference` of its size along the one before. */
function noiseRows(count: number, rows: number, difference: number): Float64Array {
  const noise = normals(rows);
  const vectors = new Float64Array(count * rows);
  for (let i = 0; i < vectors.length; i++) {
    vectors[i] = difference * noise() + (i >= rows && difference < 1 ? vectors[i - rows] : 0);
  }
  return vectors;
}

test('rows come out orthonormal to 1e-14, however alike they were', () => {
  for (const rows of [5, 6, 31, 100]) {
    for (const difference of [1, 1e-3, 1e-7]) {
      const vectors = noiseRows(5, rows, difference);
      for (let v = 0; v < 5; v++) assert.ok(orthonormalise(vectors, v, rows));
      for (let v = 0; v < 5; v++) {
        for (let w = 0; w <= v; w++) {
          const product = dot(vectors, v * rows, vectors, w * rows, rows);
          assert.ok(Math.abs(product - (v === w ? 1 : 0)) < 1e-14, `${rows}, ${difference}: ${product}`);
        }
      }
    }
  }
});

test('a row that follows from the others is told apart from one that nearly does', () => {
  const rows = 40;
  const vectors = noiseRows(4, rows, 1);
  const combine = (extra: number) => {
    for (let r = 0; r < rows; r++) {
      vectors[3 * rows + r] = 2 * vectors[r] - vectors[rows + r] / 3 + extra * Math.sin(r * r);
    }
  };
  for (let v = 0; v < 3; v++) orthonormalise(vectors, v, rows);
  combine(0);
  assert.equal(orthonormalise(vectors, 3, rows), false);
  combine(1e-8);
  assert.equal(orthonormalise(vectors, 3, rows), true);
});

test('subtractProjections returns the squared norm it leaves', () => {
  const rows = 33;
  for (const count of [0, 1, 2, 3, 4]) {
    const vectors = noiseRows(5, rows, 1);
    for (let v = 0; v < count; v++) orthonormalise(vectors, v, rows);
    const target = vectors.slice(4 * rows);
    const left = subtractProjections(target, 0, vectors, count, rows);
    assert.ok(Math.abs(left - dot(target, 0, target, 0, rows)) < 1e-13);
    for (let v = 0; v < count; v++) assert.ok(Math.abs(dot(target, 0, vectors, v * rows, rows)) < 1e-14);
  }
});

test('nested regressions by hand, one column dependent and one orthonormal beforehand', () => {
  // On 1: residuals -2 -1 0 3, sum 14. On 1 and x = 0 1 2 3: slope 1.6, sum 14 - 1.6² 5 = 1.2.
  const half = [0.5, 0.5, 0.5, 0.5];
  const columns = Float64Array.from([...half, 3, 3, 3, 3, 0, 1, 2, 3]);
  const response = Float64Array.from([1, 2, 3, 6]);
  const sums = new Float64Array(3);
  const tValues = new Float64Array(3);
  const total = nestedLeastSquares(columns, 3, 4, 1, response, sums, tValues);
  assert.equal(total, 50);
  for (const [actual, expected] of [
    [sums[0], 14],
    [sums[1], 14],
    [sums[2], 1.2],
    [tValues[2], 1.6 / Math.sqrt(1.2 / 2 / 5)],
  ]) {
    assert.ok(Math.abs(actual - expected) < 1e-13, `${actual}, ${expected}`);
  }
  assert.ok(Number.isNaN(tValues[0]) && Number.isNaN(tValues[1]));
});
