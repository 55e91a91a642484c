import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKsgBuffers, ksgInformation } from '../../src/kernels/ksgInformation';
import { normals } from '../chaos/series';

/** All pairs, by the definition; rows in any order. */
function byDefinition(
  next: number[][],
  past: number[][],
  source: number[][],
  k: number,
  psi: (n: number) => number,
) {
  const distance = (a: number[], b: number[]) => Math.max(...a.map((value, c) => Math.abs(value - b[c])));
  const rows = next.map((_, i) => i);
  let sum = 0;
  for (const i of rows) {
    const others = rows.filter(j => j !== i);
    const from = (j: number, ...spaces: number[][][]) => Math.max(...spaces.map(s => distance(s[i], s[j])));
    const reach = others.map(j => from(j, next, past, source)).sort((a, b) => a - b)[k - 1];
    const count = (...spaces: number[][][]) => others.filter(j => from(j, ...spaces) < reach).length;
    sum += psi(count(past) + 1) - psi(count(past, source) + 1) - psi(count(past, next) + 1);
  }
  return psi(k) + sum / rows.length;
}

test('the sorted walk equals the definition, with ties and permuted sources too', () => {
  const noise = normals(31);
  for (const [rows, history, causeHistory, k, grid] of [
    [40, 1, 1, 4, 0],
    [40, 2, 3, 1, 0],
    [60, 1, 2, 3, 8],
    [5, 1, 1, 4, 0],
  ]) {
    const draw = () => (grid === 0 ? noise() : Math.round(noise() * grid) / grid);
    const table = (columns: number) =>
      Array.from({ length: rows }, () => Array.from({ length: columns }, draw));
    const past = table(history).sort((a, b) => a[0] - b[0]);
    const next = table(1);
    const source = table(causeHistory);
    const order = Int32Array.from({ length: rows }, (_, row) => (row * 7 + 1) % rows);
    const psi = Float64Array.from({ length: rows + 1 }, (_, n) => Math.sqrt(n)); // any function will do
    const found = ksgInformation(
      Float64Array.from(next.flat()),
      Float64Array.from(past.flat()),
      Float64Array.from(source.flat()),
      order,
      history,
      causeHistory,
      k,
      psi,
      createKsgBuffers(rows, k),
    );
    const permuted = Array.from(order, row => source[row]);
    const expected = byDefinition(next, past, permuted, k, n => psi[n]);
    assert.ok(Math.abs(found - expected) <= 1e-12, `${rows} rows: ${found}, ${expected}`);
  }
});

test('a k-th neighbour at distance 0 gives NaN', () => {
  const rows = 10;
  const zeros = new Float64Array(rows);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const psi = new Float64Array(rows + 1);
  assert.ok(
    Number.isNaN(ksgInformation(zeros, zeros, zeros, order, 1, 1, 4, psi, createKsgBuffers(rows, 4))),
  );
});
