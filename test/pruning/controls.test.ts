import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask, type Mask } from '../../src/network/mask';
import { train } from '../../src/network/train';
import { controlNetworks } from '../../src/pruning/controlNetworks';
import { invertedMask } from '../../src/pruning/invertedMask';
import { layerRanges } from '../../src/pruning/layerRanges';
import { maskFromScores } from '../../src/pruning/maskFromScores';
import { pruningScores } from '../../src/pruning/pruningScores';
import { reinitialise } from '../../src/pruning/reinitialise';
import { scoresFromScan } from '../../src/pruning/scoresFromScan';
import { selectWeights } from '../../src/pruning/selectWeights';
import { smallerDense } from '../../src/pruning/smallerDense';
import { toyDataset } from '../network/toyDataset';
import { scanOf } from './scanOf';

const layers = [4, 6, 3];
const network = createNetwork({ layers, init: 'glorot-normal', seed: 1 });
const init = 'glorot-normal';

function perLayer(mask: Mask): number[] {
  return layerRanges(mask.layers).map(({ from, to }) =>
    mask.kept.subarray(from, to).reduce((removed, bit) => removed + 1 - bit, 0),
  );
}

function removedOf(mask: Mask): number[] {
  return Array.from(mask.kept.keys()).filter(weight => mask.kept[weight] === 0);
}

describe('invertedMask', () => {
  test('removes as many of every layer from the other end, none of them removed by the mask', async () => {
    const scores = await pruningScores(network, null, { rule: 'magnitude' });
    const mask = maskFromScores(scores, { count: 15 });
    const inverse = invertedMask(mask, scores);
    assert.deepEqual(perLayer(inverse), perLayer(mask));
    assert.ok(removedOf(inverse).every(weight => mask.kept[weight] === 1));
    for (const { from, to } of layerRanges(layers)) {
      const sizes = scores.scores.subarray(from, to);
      const gone = sizes.filter((_, k) => inverse.kept[from + k] === 0);
      const stays = sizes.filter((_, k) => inverse.kept[from + k] === 1);
      assert.ok(Math.min(...gone) >= Math.max(...stays));
    }
    assert.equal(inverse.rule, `inverted within layers; before: ${mask.rule}`);
  });

  test('shares no weight with the mask among ties either', async () => {
    const zeros = createNetwork({ layers: [4, 2, 1], init: 'zeros', seed: 1 });
    const scores = await pruningScores(zeros, null, { rule: 'magnitude' });
    const mask = maskFromScores(scores, { share: 0.5, scope: 'layer' });
    assert.deepEqual(removedOf(mask), [0, 1, 2, 3, 8]);
    assert.deepEqual(removedOf(invertedMask(mask, scores)), [4, 5, 6, 7, 9]);
  });

  test('of a scan removes the smallest p instead of the largest, and never a weight without an answer', () => {
    const scan = scanOf([0.9, 0.01, 0.2, Number.NaN, 0.03, 0.6, 0.001, 0.04]);
    const mask = selectWeights(scan, { remove: 'non-causal' });
    assert.deepEqual(removedOf(mask), [0, 2, 5]);
    const scores = scoresFromScan(scan, { remove: 'non-causal' });
    assert.equal(scores.unanswered, 1);
    assert.deepEqual(removedOf(invertedMask(mask, scores)), [1, 4, 6]);
    assert.deepEqual(removedOf(maskFromScores(scores, { count: 3 })), [0, 2, 5]);
    const causal = scoresFromScan(scan, { remove: 'causal' });
    assert.deepEqual(removedOf(maskFromScores(causal, { count: 3 })), [1, 4, 6]);
    assert.throws(() => maskFromScores(scores, { count: 8 }), RangeError);
    assert.throws(
      () => invertedMask(createMask([8, 1], [0, 1, 2, 3, 4, 5, 6, 7], 'all'), scores),
      RangeError,
    );
    assert.throws(() => scoresFromScan(scan, { remove: 'all' as never }), RangeError);
    assert.throws(() => scoresFromScan({ ...scan, layers: [4, 4] }, { remove: 'causal' }), TypeError);
  });

  test('leaves weights removed that were removed before', async () => {
    const worn = applyMask(network, createMask(layers, [0, 5, 30], 'by hand'));
    const scores = await pruningScores(worn, null, { rule: 'magnitude' });
    const inverse = invertedMask(maskFromScores(scores, { count: 10 }), scores);
    assert.equal(inverse.removed, 10);
    for (const weight of [0, 5, 30]) assert.equal(inverse.kept[weight], 0);
    assert.throws(() => invertedMask(createMask(layers, [1], 'one'), scores), RangeError);
    assert.throws(() => invertedMask(createMask([4, 3], [1], 'one'), scores), TypeError);
  });
});

describe('reinitialise', () => {
  test('draws new weights and biases and keeps the mask', () => {
    const mask = createMask(layers, [1, 2, 40], 'by hand');
    const init = { name: 'normal', sd: 0.1 } as const;
    const fresh = reinitialise(network, mask, { init, seed: 9 });
    assert.equal(fresh.mask, mask);
    assert.deepEqual(fresh, applyMask(createNetwork({ layers, init, seed: 9 }), mask));
    assert.throws(() => reinitialise(network, mask, { seed: 9 } as never), TypeError);
    assert.throws(() => reinitialise(network, createMask([2, 1], [], ''), { init, seed: 9 }), TypeError);
  });
});

describe('smallerDense', () => {
  test('finds the closest number of weights with one hidden layer', () => {
    assert.deepEqual(smallerDense([9, 6, 1], 36), { layers: [9, 4, 1], weights: 40 });
    assert.deepEqual(smallerDense([9, 6, 1], 35), { layers: [9, 3, 1], weights: 30 }); // 30 and 40 are as close
    assert.deepEqual(smallerDense([9, 6, 1], 60), { layers: [9, 6, 1], weights: 60 });
    assert.deepEqual(smallerDense([9, 6, 1], 0), { layers: [9, 1, 1], weights: 10 });
  });

  test('shrinks several hidden layers together', () => {
    // 784 x 50 + 50 x 29 + 29 x 10 = 40 940 is closest to the 40 862 weights that the study keeps.
    assert.deepEqual(smallerDense([784, 50, 30, 10], 40_862), { layers: [784, 50, 29, 10], weights: 40_940 });
    for (const weights of [39_000, 20_500, 4_100]) {
      const shape = smallerDense([784, 50, 30, 10], weights);
      assert.ok(
        Math.abs(shape.layers[1] / 50 - shape.layers[2] / 30) <= 1 / 30 + 1e-12,
        shape.layers.join('-'),
      );
      assert.ok(Math.abs(shape.weights - weights) <= 407 + 30, `${shape.weights}`); // half a unit of layer 1
    }
  });

  test('refuses what has no hidden layer', () => {
    assert.throws(() => smallerDense([4, 1], 3), RangeError);
    assert.throws(() => smallerDense([4, 2, 1], -1), RangeError);
    assert.throws(() => smallerDense([4, 2, 1], Number.NaN), RangeError);
    assert.throws(() => smallerDense('4-2-1' as never, 3), TypeError);
  });
});

describe('controlNetworks', () => {
  test('makes all five at equal sparsity, ready to train', async () => {
    const data = toyDataset();
    const scores = await pruningScores(network, data, { rule: 'snip' });
    const mask = maskFromScores(scores, { share: 0.5 });
    const { controls, weights } = controlNetworks(network, mask, { init, seed: 3, scores });
    assert.deepEqual(
      controls.map(({ name, weights }) => [name, weights]),
      [
        ['random', 21],
        ['shuffled', 21],
        ['inverted', 21],
        ['reinitialised', 21],
        ['smaller-dense', 21],
      ],
    );
    assert.equal(weights, 21);
    assert.deepEqual(controls[4].network.layers, [4, 3, 3]);
    for (const each of controls) {
      const { final } = await train(each.network, data, { epochs: 2, learningRate: 0.1 });
      assert.equal(final.mask?.removed ?? 0, each.name === 'smaller-dense' ? 0 : 21);
    }
    const masks = controls.slice(0, 3).map(({ network }) => network.mask!);
    assert.deepEqual(perLayer(masks[1]), perLayer(mask));
    assert.deepEqual(perLayer(masks[2]), perLayer(mask));
    for (const other of masks) assert.notDeepEqual(other.kept, mask.kept);
    assert.deepEqual(controls[0].network.biases, network.biases);
    assert.notDeepEqual(controls[3].network.biases, createNetwork({ layers, seed: 3 }).biases);
  });

  test('where weights have no test, shuffles among the others too, and never inverts onto them', () => {
    const flat = createNetwork({ layers: [6, 1], seed: 1 });
    const scan = scanOf([0.9, 0, 0.2, 0, 0.03, 0.6]);
    // Preset `published` gives a failed test p = 0, which is no answer.
    const failed = { ...scan, status: Uint8Array.of(0, 1, 0, 1, 0, 0) };
    const mask = selectWeights(failed, { remove: 'non-causal' });
    const scores = scoresFromScan(failed, { remove: 'non-causal' });
    assert.equal(scores.unanswered, 2);
    const { controls } = controlNetworks(flat, mask, { init, seed: 4, scores });
    assert.deepEqual(
      controls.map(({ name }) => name),
      ['random', 'shuffled', 'shuffled-tested', 'inverted', 'reinitialised'],
    );
    for (const { network: made } of controls.slice(2, 4)) {
      assert.equal(made.mask?.removed, 3);
      assert.deepEqual([made.mask?.kept[1], made.mask?.kept[3]], [1, 1]);
    }
  });

  test('leaves out what cannot be made, and refuses a network that has lost weights', () => {
    const mask = createMask([4, 1], [2], 'by hand');
    const flat = createNetwork({ layers: [4, 1], seed: 1 });
    assert.deepEqual(
      controlNetworks(flat, mask, { init, seed: 1 }).controls.map(({ name }) => name),
      ['random', 'shuffled', 'reinitialised'],
    );
    assert.throws(() => controlNetworks(applyMask(flat, mask), mask, { init, seed: 1 }), RangeError);
    assert.throws(() => controlNetworks(network, mask, { init, seed: 1 }), TypeError);
    const own = { init: { name: 'normal', sd: 0.1 }, seed: 1 } as const;
    assert.throws(() => reinitialise(flat, mask, own), /draws the weights that the network has/);
  });
});
