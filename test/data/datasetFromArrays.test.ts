import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetFromArrays } from '../../src/data/datasetFromArrays';

/** Twenty rows of three numbers; row i holds i, 10 i, 100 i. */
const inputs = Array.from({ length: 20 }, (_, i) => [i, 10 * i, 100 * i]);
const labels = inputs.map((_, i) => (i % 2 ? 'odd' : 'even'));

test('arrays become a data set whose rows keep their inputs and labels', () => {
  const dataset = datasetFromArrays(inputs, labels, { scaling: 'none', name: 'mine' });
  assert.deepEqual([dataset.name, dataset.procedure, dataset.classes], ['mine', 'sound', ['even', 'odd']]);
  assert.deepEqual([dataset.train.rows, dataset.validation!.rows, dataset.test.rows], [12, 4, 4]);
  for (const part of [dataset.train, dataset.validation!, dataset.test]) {
    part.sourceRows.forEach((row, r) => {
      assert.deepEqual([...part.inputs.subarray(3 * r, 3 * r + 3)], inputs[row]);
      assert.equal(dataset.classes[part.labels[r]], labels[row]);
    });
  }
  assert.equal(dataset.scaling, 'Inputs were left as they came.');
  assert.deepEqual(dataset.features, ['input 1', 'input 2', 'input 3']);
});

test('a tensor of any rank is rows of numbers', () => {
  const tensor = { shape: [20, 3, 1], dataSync: () => inputs.flat() };
  const [byTensor, byRows] = [tensor, inputs].map(each => datasetFromArrays(each, labels, { seed: 7 }));
  assert.deepEqual(byTensor.train.inputs, byRows.train.inputs);
  assert.match(byRows.scaling, /^Each feature was standardised .* over the training part/);
});

test("the docstring's example", () => {
  const rows = Array.from({ length: 20 }, (_, i) => [i, i * i]);
  const dataset = datasetFromArrays(rows, 'abababababababababab'.split(''));
  assert.deepEqual([dataset.train.rows, dataset.validation?.rows, dataset.test.rows], [12, 4, 4]);
});

test('what is no table of numbers is refused in words', () => {
  const bad = (rows: unknown, classes: unknown, options: object, message: RegExp) =>
    assert.throws(() => datasetFromArrays(rows as never, classes as never, options), message);
  bad([[1], [1, 2]], [0, 1], {}, /each row must be an array of 1 numbers, row 1 is an array of length 2/);
  bad([[1], ['x']], [0, 1], {}, /row 1 is an array of length 1/);
  bad([[1], [Number.NaN]], [0, 1], {}, /must be finite numbers, row 1 has NaN as input 1/);
  bad([], [], {}, /at least one row .* 0 x 0 came/);
  bad({ shape: [3], dataSync: () => [1, 2, 3] }, [0, 1, 0], {}, /one of shape \[3\] came/);
  bad(inputs, labels.slice(1), {}, /one label for each of 20 rows is required, 19 came/);
  bad(inputs, labels, { features: ['a'] }, /3 different feature names are required, 1 came/);
  bad(
    inputs,
    inputs.map((_, i) => i / 2),
    {},
    /holds fractions/,
  );
  bad(inputs, labels, { scale: 'none' }, /no option 'scale'/);
});
