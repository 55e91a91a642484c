import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsFrom } from '../../src/data/samples';

test('labelsFrom counts classes from the first number the file uses', () => {
  assert.deepEqual([...labelsFrom(Float64Array.of(1, 3, 2), 1, ['a', 'b', 'c'], 'f')], [0, 2, 1]);
});

test('labelsFrom refuses numbers that are no class, with their row', () => {
  const label = (value: number): unknown => labelsFrom(Float64Array.of(1, value), 1, ['a', 'b'], 'f.csv');
  for (const value of [0, 3, 1.5, Number.NaN]) {
    assert.throws(() => label(value), new RegExp(`Row 2 of f\\.csv has class ${value}; known are 1 to 2`));
  }
});
