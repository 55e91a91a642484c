import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNetwork } from '../../src/network/createNetwork';
import { IterateStore } from '../../src/network/iterateStore';
import { accuracy } from '../../src/network/metrics';
import { misclassification } from '../../src/network/misclassification';
import { flattenParameters } from '../../src/network/parameters';
import { recordTangent } from '../../src/network/recordTangent';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { train } from '../../src/network/train';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const options = { epochs: 3, learningRate: 0.1 };

describe('recordTraining', () => {
  test('holds updates + 1 iterates of every weight, biases left out', async () => {
    const recording = await recordTraining(network, dataset, options);
    assert.deepEqual([recording.weights, recording.iterates, recording.iterationsPerEpoch], [42, 121, 40]);
    assert.deepEqual([recording.content, recording.epochs.length, recording.stopped], ['weights', 3, false]);
    assert.equal(recording.settings?.learningRate, 0.1);
    const { dataset: name, procedure, splitSeed, split, scaling } = recording.settings!;
    assert.deepEqual([name, procedure, splitSeed, split, scaling], ['toy', 'sound', 1, 'made up', 'none']);
  });

  test('keeps, at iterate 40 k, the network after k epochs', async () => {
    const recording = await recordTraining(network, dataset, options);
    for (const epochs of [1, 2, 3]) {
      const { final } = await train(network, dataset, { ...options, epochs });
      assert.deepEqual(flattenParameters(await recording.networkAt(40 * epochs)), flattenParameters(final));
    }
    assert.deepEqual(flattenParameters(await recording.networkAt(0)), flattenParameters(network));
  });

  test('reads a window as weights x length, each series contiguous', async () => {
    const recording = await recordTraining(network, dataset, options);
    const { start, length, series } = await recording.readWindow(38, 5);
    assert.deepEqual([start, length, series.length], [38, 5, 42 * 5]);
    for (let t = 0; t < 5; t++) {
      const parameters = flattenParameters(await recording.networkAt(38 + t));
      for (let k = 0; k < 42; k++) assert.equal(series[k * 5 + t], parameters[k]);
    }
  });

  test('refuses windows and iterates that were not recorded', async () => {
    const recording = await recordTraining(network, dataset, options);
    await recording.readWindow(0, 121);
    for (const [start, length] of [
      [0, 122],
      [-1, 2],
      [1.5, 2],
      [3, 0],
    ]) {
      await assert.rejects(recording.readWindow(start, length), RangeError);
    }
    await assert.rejects(recording.networkAt(121), { name: 'RangeError', message: /0 to 120/ });
  });

  test('refuses a run that would not fit, before training, with the bytes it needs', async () => {
    // 121 iterates of 42 weights and 9 biases in float64.
    await assert.rejects(recordTraining(network, dataset, { ...options, memoryLimit: 40_000 }), {
      name: 'RangeError',
      message: /takes 49368 bytes, the limit is 40000/,
    });
  });

  test('says whether the run diverged', async () => {
    const linear = createNetwork({ layers: [4, 6, 3], activation: 'identity', output: 'identity', seed: 1 });
    const run = { epochs: 50, learningRate: 50 };
    for (const record of [recordTraining, recordTwin, recordTangent]) {
      assert.equal((await record(network, dataset, options)).diverged, false);
      assert.equal((await record(linear, dataset, run)).diverged, true);
    }
  });

  test('leaves the callers’ recorders in place', async () => {
    let calls = 0;
    await recordTraining(network, dataset, { ...options, recorders: [() => void calls++] });
    assert.equal(calls, 121);
  });
});

describe('misclassification', () => {
  test('is 1 - accuracy of the network at each iterate, by the rule of the recording', async () => {
    const recording = await recordTraining(network, dataset, { ...options, accuracyRule: 'all-outputs' });
    const shares = await misclassification(recording, dataset.test, Int32Array.of(0, 40, 120));
    const metrics = recording.epochs;
    assert.deepEqual(Array.from(shares.subarray(1)), [
      1 - metrics[0].testAccuracy,
      1 - metrics[2].testAccuracy,
    ]);
    assert.equal(shares[0], 1 - accuracy(network, dataset.test, { rule: 'all-outputs' }));
    await assert.rejects(misclassification(recording, dataset.test, [121]), RangeError);
    const rule = { accuracyRule: 'all' as never };
    await assert.rejects(misclassification(recording, dataset.test, [], rule), RangeError);
    await assert.rejects(misclassification(recording, dataset.test, 5 as never), TypeError);
    await assert.rejects(misclassification(recording, dataset as never, [0]), {
      name: 'TypeError',
      message: /the part must be a part of a data set, a dataset came/,
    });
  });
});

describe('IterateStore', () => {
  test('gives rows back across the ends of its chunks', () => {
    // Rows of 2^19 numbers are 4 MiB: two rows a chunk.
    const store = new IterateStore(2 ** 19);
    for (let t = 0; t < 5; t++) store.append(new Float64Array(2 ** 19).fill(t));
    assert.equal(store.length, 5);
    for (let t = 0; t < 5; t++) assert.equal(store.row(t)[2 ** 19 - 1], t);
    assert.deepEqual(Array.from(store.transposed(1, 4, 2)), [1, 2, 3, 4, 1, 2, 3, 4]);
  });
});
