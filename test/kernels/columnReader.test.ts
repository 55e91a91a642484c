import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createColumnReader } from '../../src/kernels/columnReader';

test('columns come out whole, in whatever order they are asked for', () => {
  const rows = 3;
  for (const columns of [1, 63, 64, 65, 200]) {
    const values = new Float64Array(rows * columns).map((_, i) => i);
    const read = createColumnReader(values, rows, columns);
    const orders = [
      Array.from({ length: columns }, (_, c) => c),
      Array.from({ length: columns }, (_, c) => columns - 1 - c),
      Array.from({ length: columns }, (_, c) => (c * 37) % columns),
    ];
    for (const c of orders.flat()) {
      assert.deepEqual([...read(c)], [c, columns + c, 2 * columns + c]);
    }
  }
});
