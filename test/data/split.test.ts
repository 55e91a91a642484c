import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shuffledSplit, stratifiedSplit } from '../../src/data/split';
import { randomStream } from '../../src/statistics/random';

test('shuffledSplit cuts the NumPy permutation after int(0.8 n) rows', () => {
  // np.random.RandomState(42).permutation(5) is 1 4 2 0 3
  const { train, validation, test: tested } = shuffledSplit(5, 0.2, 42);
  assert.deepEqual([...train], [1, 4, 2, 0]);
  assert.deepEqual([...tested], [3]);
  assert.equal(validation, null);
  assert.equal(shuffledSplit(683, 0.2, 42).train.length, 546); // int(546.4)
  assert.equal(shuffledSplit(1372, 0.2, 42).train.length, 1097); // int(1097.6)
});

test('stratifiedSplit gives every part its share of every class, and every row to one part', () => {
  const labels = Int32Array.from({ length: 150 }, (_, row) => (row < 100 ? 0 : 1));
  const {
    train,
    validation,
    test: tested,
  } = stratifiedSplit(labels, ['a', 'b'], 0.2, 0.16, randomStream(1, 's'));
  const count = (rows: Int32Array, label: number): number => rows.filter(row => labels[row] === label).length;
  assert.deepEqual(
    [train, validation!, tested].map(rows => [count(rows, 0), count(rows, 1)]),
    [
      [64, 32],
      [16, 8],
      [20, 10],
    ],
  );
  const all = [...train, ...validation!, ...tested].sort((a, b) => a - b);
  assert.deepEqual(
    all,
    Array.from({ length: 150 }, (_, row) => row),
  );
});

test('stratifiedSplit mixes the classes within a part', () => {
  const labels = Int32Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1));
  const { train } = stratifiedSplit(labels, ['a', 'b'], 0.2, 0.16, randomStream(1, 's'));
  const changes = train.filter((row, i) => i > 0 && labels[row] !== labels[train[i - 1]]).length;
  assert.ok(changes > 15);
});

test('stratifiedSplit deals out a million rows', () => {
  const labels = Int32Array.from({ length: 1_000_000 }, (_, row) => row % 2);
  const split = stratifiedSplit(labels, ['a', 'b'], 0.2, 0.16, randomStream(1, 's'));
  assert.deepEqual(
    [split.train.length, split.validation?.length, split.test.length],
    [640_000, 160_000, 200_000],
  );
});

test('stratifiedSplit says how many rows a class needs', () => {
  const labels = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1);
  const split = (): unknown => stratifiedSplit(labels, ['a', 'b'], 0.2, 0.16, randomStream(1, 's'));
  assert.throws(split, /Class 'b' has 3 rows; to appear in training, validation and test parts it needs 4/);
});
