import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mlpBatch } from '../../src/kernels/mlpBatch';
import { mlpForward } from '../../src/kernels/mlpForward';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { forwardRows } from '../../src/kernels/mlpPredict';
import { type MlpActivation, type MlpLoss, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';

const shapes = [
  [4, 6, 3],
  [40, 30],
  [45, 31, 10],
  [61, 23, 11, 7, 3],
  [784, 50, 30, 10],
  [1200, 1],
];
const hiddens: MlpActivation[] = ['sigmoid', 'tanh', 'relu', 'identity'];
const pairs: [MlpActivation, MlpLoss][] = [
  ['sigmoid', 'squared-error'],
  ['softmax', 'squared-error'],
  ['sigmoid', 'cross-entropy'],
  ['softmax', 'cross-entropy'],
  ['relu', 'squared-error'],
];
const ROWS = 150;

test('the batch kernel gives the sum of single-row gradients and their outputs, bit for bit', () => {
  for (const layers of shapes) {
    for (const [n, hidden] of hiddens.entries()) {
      const [output, loss] = pairs[(n + layers.length) % pairs.length];
      const title = `${layers.join('-')} ${hidden} ${output} ${loss}`;
      const random = randomStream(5, title);
      const workspace = mlpWorkspace(layers, hidden, output);
      const m = layers[layers.length - 1];
      const parameters = Float64Array.from({ length: workspace.parameterCount }, () => random() - 0.5);
      const inputs = Float64Array.from({ length: ROWS * layers[0] }, () =>
        random() < 0.7 ? 0 : random() * 2 - 1,
      );
      const targets = Float64Array.from({ length: ROWS * m }, () => (random() < 0.3 ? 1 : 0));
      const order = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % ROWS);
      assert.ok(mlpBatch(workspace, ROWS), title);

      const gradient = new Float64Array(parameters.length);
      mlpGradient(workspace, parameters, gradient, inputs, targets, order, 3, ROWS, loss);
      const summed = new Float64Array(parameters.length);
      const single = new Float64Array(parameters.length);
      for (let k = 3; k < ROWS; k++) {
        mlpGradient(workspace, parameters, single, inputs, targets, order, k, k + 1, loss);
        for (let w = 0; w < summed.length; w++) summed[w] += single[w];
      }
      assert.deepEqual(gradient, summed, title);
      assert.ok(gradient.some(value => value !== 0));

      const start = workspace.activations.length - m;
      const rows: [Float64Array, Float64Array][] = [];
      forwardRows(workspace, parameters, inputs, ROWS, () => {
        rows.push([workspace.activations.slice(start), workspace.logits.slice()]);
      });
      assert.equal(rows.length, ROWS);
      for (const [row, found] of rows.entries()) {
        mlpForward(workspace, parameters, inputs, row);
        assert.deepEqual(found, [workspace.activations.slice(start), workspace.logits.slice()], title);
      }
    }
  }
});

test('few rows, or few rows of a small network, go row by row', () => {
  assert.equal(mlpBatch(mlpWorkspace([784, 50, 10], 'sigmoid', 'softmax'), 1), null);
  assert.equal(mlpBatch(mlpWorkspace([4, 6, 3], 'sigmoid', 'sigmoid'), 12), null);
});

test('a shape keeps its kernel while seven others are used', () => {
  const kernel = (width: number) => mlpBatch(mlpWorkspace([width, 30], 'sigmoid', 'sigmoid'), 100);
  const first = kernel(40);
  for (let width = 41; width < 48; width++) kernel(width);
  assert.equal(kernel(40), first);
  for (let width = 41; width < 49; width++) kernel(width);
  assert.notEqual(kernel(40), first);
});

test('weights that are not finite stay so in the batch kernel', () => {
  const workspace = mlpWorkspace([40, 30, 2], 'sigmoid', 'sigmoid');
  const parameters = new Float64Array(workspace.parameterCount).fill(Number.NaN);
  const gradient = new Float64Array(parameters.length);
  const inputs = new Float64Array(40 * 8).fill(1);
  const order = Int32Array.from({ length: 8 }, (_, row) => row);
  mlpGradient(workspace, parameters, gradient, inputs, new Float64Array(16), order, 0, 8, 'squared-error');
  assert.ok(gradient.every(Number.isNaN));
});
