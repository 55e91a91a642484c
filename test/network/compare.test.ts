import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../src/network/compare';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { retrain } from '../../src/network/retrain';
import { train } from '../../src/network/train';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const options = { epochs: 2, learningRate: 0.1 };

test('compare puts two runs side by side with sparse - dense', async () => {
  const dense = await train(network, dataset, { ...options, epochs: 5 });
  const mask = createMask([4, 6, 3], [0, 1, 2, 3, 4, 5, 6], 'the first seven');
  const sparse = await retrain(network, mask, dataset, options);
  const { rows, rule, stopped } = compare(dense, sparse);
  const byName = Object.fromEntries(rows.map(row => [row.quantity, [row.dense, row.sparse, row.difference]]));
  assert.deepEqual(byName.epochs, [5, 2, -3]);
  assert.deepEqual(byName['weights (MACs)'], [42, 35, -7]);
  assert.deepEqual(byName['2 MACs + biases'], [93, 79, -14]);
  assert.deepEqual(byName.pruned, [0, 100 / 6, 100 / 6]);
  assert.deepEqual(byName['test accuracy'].slice(0, 2), [dense.testAccuracy, sparse.testAccuracy]);
  assert.deepEqual([rule, stopped], ['the first seven', { dense: false, sparse: false }]);
});

test('compare refuses runs of different networks', async () => {
  const dense = await train(network, dataset, options);
  const other = await train(createNetwork({ layers: [4, 5, 3], seed: 1 }), dataset, options);
  assert.throws(() => compare(dense, other), {
    name: 'TypeError',
    message: /4-6-3 on toy with a run of 4-5-3 on toy/,
  });
});
