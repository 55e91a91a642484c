import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../src/network/compare';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { accuracy } from '../../src/network/metrics';
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
  const { rows, rule, stopped, diverged, differences } = compare(dense, sparse);
  const byName = Object.fromEntries(rows.map(row => [row.quantity, [row.dense, row.sparse, row.difference]]));
  assert.deepEqual(byName.epochs, [5, 2, -3]);
  assert.deepEqual(byName['weights (MACs)'], [42, 35, -7]);
  assert.deepEqual(byName['2 MACs + biases'], [93, 79, -14]);
  assert.deepEqual(byName.pruned, [0, 100 / 6, 100 / 6]);
  assert.deepEqual(byName['test accuracy (arg-max)'].slice(0, 2), [dense.testAccuracy, sparse.testAccuracy]);
  assert.deepEqual(byName['test macro F1 (arg-max)'].slice(0, 2), [dense.testF1, sparse.testF1]);
  assert.deepEqual([rule, stopped], ['the first seven', { dense: false, sparse: false }]);
  assert.deepEqual(diverged, { dense: false, sparse: false });
  assert.deepEqual(differences, ['limit of epochs 5 (dense), 2 (sparse)']);
});

test('compare gives arg-max accuracy beside that of the all-outputs rule', async () => {
  const run = await train(network, dataset, { ...options, epochs: 40, accuracyRule: 'all-outputs' });
  const { rows } = compare(run, run);
  assert.deepEqual(
    rows.slice(1, 3).map(({ quantity, dense }) => [quantity, dense]),
    [
      ['test accuracy (all outputs)', accuracy(run.final, dataset.test, { rule: 'all-outputs' })],
      ['test accuracy (arg-max)', accuracy(run.final, dataset.test)],
    ],
  );
  assert.equal(run.epochs[39].testArgmaxAccuracy, run.testArgmaxAccuracy);
});

test('compare lists whatever else than the mask tells the runs apart', async () => {
  const dense = await train(network, dataset, options);
  const mask = createMask([4, 6, 3], [0, 41], 'two');
  assert.deepEqual(compare(dense, await retrain(network, mask, dataset, options)).differences, []);
  const other = createNetwork({ layers: [4, 6, 3], output: 'softmax', seed: 2 });
  const sparse = await retrain(other, mask, dataset, {
    epochs: 2,
    learningRate: 0.05,
    momentum: 0.5,
    batch: 8,
    loss: 'cross-entropy',
    shuffle: 'each-epoch',
    seed: 3,
    stop: { part: 'train', accuracy: 0.9 },
  });
  assert.deepEqual(compare(dense, sparse).differences, [
    'output activation sigmoid (dense), softmax (sparse)',
    'learning rate 0.1 (dense), 0.05 (sparse)',
    'momentum 0 (dense), 0.5 (sparse)',
    'rows per update 1 (dense), 8 (sparse)',
    'loss squared-error (dense), cross-entropy (sparse)',
    'stop rule none (dense), train accuracy 0.9 (sparse)',
    'order of rows never (dense), each-epoch, seed 3 (sparse)',
    'initial weights',
  ]);
});

test('compare says which run diverged', async () => {
  const linear = createNetwork({ layers: [4, 6, 3], activation: 'identity', output: 'identity', seed: 1 });
  const dense = await train(linear, dataset, { epochs: 50, learningRate: 0.01 });
  const sparse = await train(linear, dataset, { epochs: 50, learningRate: 50 });
  assert.deepEqual(compare(dense, sparse).diverged, { dense: false, sparse: true });
});

test('compare refuses runs whose numbers mean different things', async () => {
  const dense = await train(network, dataset, options);
  const changes: [object, RegExp][] = [
    [{ name: 'other' }, /data set toy and other$/],
    [{ procedure: 'published' }, /procedure sound and published$/],
    [{ split: 'half and half' }, /split 'made up' and 'half and half'$/],
    [{ scaling: 'by rows' }, /scaling 'none' and 'by rows'$/],
    [{ seed: 7 }, /seed of the split 1 and 7$/],
  ];
  for (const [change, message] of changes) {
    const sparse = await train(network, { ...dataset, ...change }, options);
    assert.throws(() => compare(dense, sparse), { name: 'TypeError', message });
  }
  const strict = await train(network, dataset, { ...options, accuracyRule: 'all-outputs' });
  assert.throws(() => compare(dense, strict), {
    name: 'TypeError',
    message:
      'Cannot compare two runs whose numbers mean different things: accuracy rule arg-max and all outputs',
  });
  assert.throws(() => compare(dense, network as never), {
    name: 'TypeError',
    message: /a training-run is required, a network came/,
  });
});

test('compare refuses runs of different networks', async () => {
  const dense = await train(network, dataset, options);
  const other = await train(createNetwork({ layers: [4, 5, 3], seed: 1 }), dataset, options);
  assert.throws(() => compare(dense, other), {
    name: 'TypeError',
    message: /network 4-6-3 and 4-5-3$/,
  });
});
