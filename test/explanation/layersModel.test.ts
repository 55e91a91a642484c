import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shapley } from '../../src';
import { toLayersModel } from '../../src/network/layersModel';
import { loadTensorFlow } from '../../src/network/tensorflow';
import { smallConvNet, stripes } from '../network/models';
import { tfjsSkip } from '../network/tfjsSkip';
import { largestGap, normalRows, randomNetwork } from './games';

describe('a model of TensorFlow.js', { skip: tfjsSkip }, () => {
  test('has the values of the network that it was made of, to float32, and leaves no tensor behind', async () => {
    const network = randomNetwork([6, 5, 3], 1);
    const model = await toLayersModel(network);
    const [background, rows] = [normalRows(20, 6, 1), normalRows(2, 6, 2)];
    const tf = await loadTensorFlow();
    const before = tf.memory().numTensors;
    // 64 coalitions of 20 rows are more than one batch.
    const found = await shapley(model, background, rows);
    assert.equal(tf.memory().numTensors, before);
    assert.ok(largestGap(found.values, (await shapley(network, background, rows)).values) < 1e-6);
    assert.ok(found.status.every(code => code === 0));
  });

  test('of images takes rows of pixels, and blocks of them as players', async () => {
    const { train } = stripes();
    const rows = { rows: 1, inputs: train.inputs.slice(0, 25) };
    const background = { rows: 3, inputs: train.inputs.slice(25, 100) };
    const lines = Object.fromEntries(
      [0, 1, 2, 3, 4].map(r => [`row ${r}`, [0, 1, 2, 3, 4].map(c => 5 * r + c)]),
    );
    const { values, names, additivityGap, status } = await shapley(await smallConvNet(), background, rows, {
      groups: lines,
    });
    assert.deepEqual([names.length, values.length, status[0]], [5, 15, 0]);
    assert.ok(additivityGap < 1e-6);
    // Probabilities of the three classes add up to 1, so the values of each player add up to 0.
    for (let p = 0; p < 5; p++) {
      assert.ok(Math.abs(values[3 * p] + values[3 * p + 1] + values[3 * p + 2]) < 1e-6);
    }
    assert.ok(values.some(value => Math.abs(value) > 1e-3));
  });
});
