import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createNetwork,
  exponentsWhileTraining,
  loadDataset,
  misclassification,
  recordTraining,
  recordTwin,
  windowedLyapunov,
} from '../../src';
import { tfjsSkip } from '../network/tfjsSkip';

const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const rosenstein = { estimator: 'rosenstein' } as const;
const settings = [
  { ...rosenstein, window: 100 },
  { ...rosenstein, window: 60, overlap: 0.9, first: 7 },
  { ...rosenstein, preset: 'published', window: 50 },
  { estimator: 'kantz', radius: 0.3, window: 45, overlap: 0.5 },
] as const;

test('exponents and target while training are those of a recorded run, bit for bit', async () => {
  const iris = await loadDataset('iris', { procedure: 'sound' });
  const training = { epochs: 9, learningRate: 0.05, batch: 3, shuffle: 'each-epoch', seed: 2 } as const;
  const recording = await recordTraining(network, iris, training);
  for (const options of settings) {
    const expected = await windowedLyapunov(recording, options);
    assert.ok(expected.windows > 1);
    for (const workers of [0, 1]) {
      const live = await exponentsWhileTraining(network, iris, training, { ...options, workers });
      assert.deepEqual(live.exponents, expected);
      const target = await misclassification(recording, iris.validation!, expected.ends);
      assert.equal(live.part, 'validation');
      assert.deepEqual(live.target, target);
      assert.deepEqual(live.run.final, recording.final);
      assert.deepEqual(live.run.epochs, recording.epochs);
    }
  }
});

test('exponents of a perturbed pair while training are those of a recorded twin, bit for bit', async () => {
  const iris = await loadDataset('iris', { procedure: 'sound' });
  const training = { epochs: 9, learningRate: 0.05, batch: 3, shuffle: 'each-epoch', seed: 2 } as const;
  const perturbation = { weight: 4, delta: 1e-5 };
  const twin = await recordTwin(network, iris, { ...training, perturbation });
  for (const options of [{ window: 60 }, { ...rosenstein, window: 50, last: 200 }]) {
    const live = await exponentsWhileTraining(network, iris, training, { ...options, perturbation });
    assert.deepEqual(live.exponents, await windowedLyapunov(twin, options));
    assert.deepEqual(live.run.final, twin.final);
  }
  const kept = { window: 60, perturbation, checkpoint: 'nowhere' };
  await assert.rejects(exponentsWhileTraining(network, iris, training, kept), /keeps no checkpoint/);
});

test('the example of the documentation', async () => {
  const iris = await loadDataset('iris');
  const { exponents } = await exponentsWhileTraining(
    network,
    iris,
    { epochs: 20, learningRate: 0.05 },
    { estimator: 'rosenstein', window: 100 },
  );
  assert.equal(exponents.windows, 24);
});

test('a stop rule ends the windows, too', async () => {
  const iris = await loadDataset('iris');
  const training = { epochs: 400, learningRate: 0.05, stop: { part: 'train', accuracy: 0.6 } } as const;
  const recording = await recordTraining(network, iris, training);
  assert.ok(recording.stopped && recording.epochs.length < 300);
  const options = { ...rosenstein, window: 100 };
  const live = await exponentsWhileTraining(network, iris, training, options);
  assert.deepEqual(live.exponents, await windowedLyapunov(recording, options));
  assert.equal(live.part, 'test');
});

test('the tfjs engine is analysed, too, twice to the same bits', { skip: tfjsSkip }, async () => {
  const iris = await loadDataset('iris');
  const training = { epochs: 2, learningRate: 0.05, batch: 4, engine: 'tfjs' } as const;
  const options = { ...rosenstein, window: 30 };
  const once = await exponentsWhileTraining(network, iris, training, options);
  const recording = await recordTraining(network, iris, training);
  assert.deepEqual(once.exponents, await windowedLyapunov(recording, options));
});

test('direct exponents, windows that do not fit and parts that are missing are refused', async () => {
  const iris = await loadDataset('iris');
  const training = { epochs: 1, learningRate: 0.05 };
  await assert.rejects(exponentsWhileTraining(network, iris, training, { window: 50 }), TypeError);
  const refused = { ...rosenstein, window: 122 };
  await assert.rejects(
    exponentsWhileTraining(network, iris, training, refused),
    /needs 122 iterates, there are 121/,
  );
  await assert.rejects(
    exponentsWhileTraining(network, iris, training, { ...rosenstein, window: 50, part: 'validation' }),
    /iris has no validation part/,
  );
});
