import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import type { Activation, Network } from '../../src/network/network';
import { flattenParameters } from '../../src/network/parameters';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { type TrainOptions, train } from '../../src/network/train';
import type { OptimizerName } from '../../src/network/trainingSettings';
import { tfjsSkip } from './tfjsSkip';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const layers = [4, 6, 3];
const options: TrainOptions = { epochs: 1, learningRate: 0.05 };

/** Largest difference of any weight or bias after training with either engine. */
async function gap(network: Network, more: Partial<TrainOptions>): Promise<number> {
  const [fused, tfjs] = [
    await train(network, dataset, { ...options, ...more, engine: 'fused' }),
    await train(network, dataset, { ...options, ...more, engine: 'tfjs' }),
  ].map(run => flattenParameters(run.final));
  return fused.reduce((most, value, k) => Math.max(most, Math.abs(value - tfjs[k])), 0);
}

describe('the tfjs engine', { skip: tfjsSkip }, () => {
  const cases: [Activation, Partial<TrainOptions>][] = [
    ['sigmoid', {}],
    ['sigmoid', { momentum: 0.9 }],
    ['sigmoid', { batch: 7 }],
    ['sigmoid', { shuffle: 'each-epoch', seed: 3 }],
    ['softmax', {}],
    ['sigmoid', { loss: 'cross-entropy' }],
    ['softmax', { loss: 'cross-entropy', momentum: 0.9 }],
    ['identity', {}],
  ];
  for (const [output, more] of cases) {
    test(`agrees with the fused one within 1e-6 over an epoch: ${output} outputs, ${JSON.stringify(more)}`, async () => {
      assert.ok((await gap(createNetwork({ layers, output, seed: 1 }), more)) < 1e-6);
    });
  }

  test('holds removed weights at 0 and agrees there too', async () => {
    const network = applyMask(createNetwork({ layers, seed: 1 }), createMask(layers, [0, 5, 30], 'test'));
    assert.ok((await gap(network, {})) < 1e-6);
    const { final } = await train(network, dataset, { ...options, engine: 'tfjs' });
    for (const k of [0, 5, 30]) assert.equal(flattenParameters(final)[k], 0);
  });

  test('records iterates as the fused one does', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const recording = await recordTraining(network, dataset, { ...options, batch: 10, engine: 'tfjs' });
    assert.equal(recording.iterates, 5);
    assert.deepEqual((await recording.networkAt(0)).weights[0], network.weights[0].map(Math.fround));
  });

  test('records a twin with a delta that float32 can hold', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const perturbation = { weight: 3, delta: 1e-3 };
    const [fused, tfjs] = await Promise.all(
      (['fused', 'tfjs'] as const).map(async engine => {
        const twin = await recordTwin(network, dataset, { ...options, batch: 10, engine, perturbation });
        return (await twin.readWindow(0, 5)).series;
      }),
    );
    for (const [i, value] of fused.entries()) assert.ok(Math.abs(value - tfjs[i]) < 1e-6);
  });

  const optimizers: OptimizerName[] = ['adam', 'adamax', 'adagrad', 'adadelta', 'rmsprop'];
  for (const optimizer of optimizers) {
    test(`lowers the loss with ${optimizer}`, async () => {
      const network = createNetwork({ layers, seed: 1 });
      const { epochs } = await train(network, dataset, { ...options, epochs: 5, engine: 'tfjs', optimizer });
      assert.ok(epochs[4].loss < epochs[0].loss);
    });
  }
});
