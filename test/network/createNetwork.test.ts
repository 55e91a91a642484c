import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNetwork } from '../../src/network/createNetwork';
import type { Initializer } from '../../src/network/initialParameters';
import type { Activation } from '../../src/network/network';

function sd(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe('createNetwork', () => {
  test('makes one out x in matrix and one bias vector a layer', () => {
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
    assert.deepEqual(
      network.weights.map(matrix => matrix.length),
      [24, 18],
    );
    assert.deepEqual(
      network.biases.map(vector => vector.length),
      [6, 3],
    );
    assert.deepEqual([network.activation, network.output, network.mask], ['sigmoid', 'sigmoid', null]);
  });

  test('gives the same network for the same seed and another for another', () => {
    const [a, b, c] = [1, 1, 2].map(seed => createNetwork({ layers: [4, 6, 3], seed }));
    assert.deepEqual(a.weights, b.weights);
    assert.notDeepEqual(a.weights, c.weights);
  });

  test('draws each layer from its own stream: adding a layer leaves the first as it was', () => {
    const [two, three] = [
      [4, 6, 3],
      [4, 6, 6, 3],
    ].map(layers => createNetwork({ layers, seed: 1 }));
    assert.deepEqual(two.weights[0], three.weights[0]);
    assert.deepEqual(two.biases[0], three.biases[0]);
  });

  // Root mean square of 20 000 draws; its standard error is below 0.5 %.
  const variances: [Initializer, number][] = [
    [{ name: 'normal', sd: 0.1 }, 0.01],
    ['glorot-uniform', 2 / 300],
    ['glorot-normal', 2 / 300],
    ['he-uniform', 2 / 100],
    ['he-normal', 2 / 100],
    ['lecun-uniform', 1 / 100],
    ['lecun-normal', 1 / 100],
    ['torch-uniform', 1 / 300],
  ];
  for (const [init, variance] of variances) {
    test(`${JSON.stringify(init)} has variance ${variance.toFixed(4)} for 100 inputs and 200 outputs`, () => {
      const { weights, biases } = createNetwork({ layers: [100, 200], init, seed: 3 });
      assert.ok(Math.abs(sd(weights[0]) / Math.sqrt(variance) - 1) < 0.015);
      const biasSd = init === 'torch-uniform' || typeof init === 'object' ? Math.sqrt(variance) : 0;
      assert.ok(Math.abs(sd(biases[0]) - biasSd) <= 0.2 * biasSd);
    });
  }

  test('resampled draws are values of the same layer, and of a smaller shape too', () => {
    const from = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
    const drawn = createNetwork({ layers: [4, 5, 3], init: { name: 'resampled', from }, seed: 1 });
    for (const [l, matrix] of drawn.weights.entries()) {
      assert.ok(matrix.every(value => from.weights[l].includes(value)));
      assert.ok(drawn.biases[l].every(value => from.biases[l].includes(value)));
    }
    // With replacement: 20 draws of 24 values leave about 24 (1 - (23/24)^20) = 13.8 different ones.
    const different = new Set(drawn.weights[0]).size;
    assert.ok(different >= 10 && different <= 18, `${different}`);
    const deeper = { layers: [4, 6, 3, 2], init: { name: 'resampled', from } as const, seed: 1 };
    assert.throws(() => createNetwork(deeper), /layer 3 is to be drawn from that of a network, one with 2/);
    const none = { name: 'resampled', from: {} } as never;
    assert.throws(() => createNetwork({ layers: [4, 3], init: none, seed: 1 }), TypeError);
  });

  test('zeros are zeros', () => {
    const { weights } = createNetwork({ layers: [2, 2], init: 'zeros', seed: 1 });
    assert.deepEqual(weights[0], new Float64Array(4));
  });

  test('refuses what is not a network, saying why', () => {
    const make = (options: object) => () => createNetwork({ layers: [2, 1], seed: 1, ...options });
    assert.throws(make({ layers: [4] }), {
      name: 'RangeError',
      message: /at least two positive integers, got \[4\]/,
    });
    assert.throws(make({ layers: [4, 1.5] }), RangeError);
    assert.throws(make({ layers: 4 }), TypeError);
    assert.throws(make({ activation: 'softmax' }), { name: 'RangeError', message: /output layer only/ });
    assert.throws(make({ output: 'step' as Activation }), { name: 'RangeError', message: /got 'step'/ });
    assert.throws(make({ init: 'xavier' }), { name: 'RangeError', message: /got xavier/ });
    assert.throws(make({ init: { name: 'normal', sd: 0 } }), RangeError);
    assert.throws(make({ seed: undefined }), {
      name: 'TypeError',
      message: /seed must be a number, undefined came/,
    });
    assert.throws(make({ seed: 1.5 }), RangeError);
    assert.throws(make({ actvation: 'tanh' }), {
      name: 'TypeError',
      message: /perhaps 'activation' was meant/,
    });
    assert.throws(() => createNetwork(undefined as never), { name: 'TypeError', message: /options must be/ });
  });
});
