import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LayersModel } from '@tensorflow/tfjs-node';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { fromLayersModel, toLayersModel } from '../../src/network/layersModel';
import { createMask } from '../../src/network/mask';
import type { Activation } from '../../src/network/network';
import { predict } from '../../src/network/predict';
import { loadTensorFlow } from '../../src/network/tensorflow';
import { tfjsSkip } from './tfjsSkip';
import { toyDataset } from './toyDataset';

const { inputs, rows } = toyDataset().train;

describe('toLayersModel', { skip: tfjsSkip }, () => {
  const hidden: Activation[] = ['sigmoid', 'tanh', 'relu', 'identity'];
  for (const activation of hidden) {
    for (const output of [...hidden, 'softmax'] as const) {
      test(`predicts as we do, to float32: ${activation} hidden, ${output} outputs`, async () => {
        const tf = await loadTensorFlow();
        const init = 'glorot-uniform';
        const network = createNetwork({ layers: [4, 5, 6, 3], activation, output, init, seed: 2 });
        const model = await toLayersModel(network);
        const theirs = model.predict(tf.tensor2d(Float32Array.from(inputs), [rows, 4]));
        assert.ok(!Array.isArray(theirs));
        const values = theirs.dataSync();
        predict(network, inputs, rows).forEach((value, i) => {
          assert.ok(Math.abs(value - values[i]) < 1e-6);
        });
      });
    }
  }
});

describe('fromLayersModel', { skip: tfjsSkip }, () => {
  test('gives the network back, rounded to float32', async () => {
    const network = createNetwork({ layers: [4, 5, 3], activation: 'relu', output: 'softmax', seed: 2 });
    const back = fromLayersModel(await toLayersModel(network));
    assert.deepEqual([back.layers, back.activation, back.output], [[4, 5, 3], 'relu', 'softmax']);
    back.weights.forEach((matrix, l) => {
      assert.deepEqual(matrix, network.weights[l].map(Math.fround));
    });
  });

  test('puts a mask on when given one', async () => {
    const mask = createMask([4, 5, 3], [2, 20], 'test');
    const network = applyMask(createNetwork({ layers: [4, 5, 3], seed: 2 }), mask);
    assert.equal(fromLayersModel(await toLayersModel(network), { mask }).mask, mask);
  });

  test('names the layer it cannot read', async () => {
    const { sequential, layers } = await loadTensorFlow();
    const dense = (options: object) =>
      layers.dense({ units: 2, inputShape: [3], name: 'odd', ...options } as never);
    const model = (...all: LayersModel['layers']) => sequential({ layers: all });
    const refuses = (built: ReturnType<typeof model>, message: RegExp) =>
      assert.throws(() => fromLayersModel(built), { name: 'TypeError', message });
    refuses(model(dense({ useBias: false })), /layer odd: a Dense layer needs a bias/);
    refuses(model(dense({ activation: 'elu' })), /layer odd: its activation is one of .* got elu/);
    refuses(
      model(layers.dropout({ rate: 0.5, inputShape: [3], name: 'drop' })),
      /layer drop: .* got Dropout/,
    );
    const second = (name: string, activation: string) =>
      layers.dense({ units: 2, name, activation } as never);
    refuses(
      model(dense({ activation: 'relu' }), second('b', 'tanh'), second('c', 'tanh')),
      /got relu and tanh/,
    );
  });
});
