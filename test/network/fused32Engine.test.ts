import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { loadDataset } from '../../src/data/loadDataset';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import type { Activation, Network } from '../../src/network/network';
import { openRecording } from '../../src/network/openRecording';
import { flattenParameters } from '../../src/network/parameters';
import { recordTangent } from '../../src/network/recordTangent';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { retrain } from '../../src/network/retrain';
import { type TrainOptions, train } from '../../src/network/train';
import type { EngineName } from '../../src/network/trainingSettings';
import { trainWithCheckpoint } from '../../src/network/trainWithCheckpoint';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { tfjsSkip } from './tfjsSkip';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const layers = [4, 6, 3];
const engine = 'fused32';
const options: TrainOptions = { epochs: 5, learningRate: 0.05, engine };

/** Largest difference of any weight or bias after training with another engine. */
async function gap(
  network: Network,
  data: typeof dataset,
  more: Partial<TrainOptions>,
  other: EngineName = 'fused',
): Promise<number> {
  const [single, reference] = [
    await train(network, data, { ...options, ...more }),
    await train(network, data, { ...options, ...more, engine: other }),
  ].map(run => flattenParameters(run.final));
  return single.reduce((most, value, k) => Math.max(most, Math.abs(value - reference[k])), 0);
}

const cases: [Activation, Activation, Partial<TrainOptions>][] = [
  ['sigmoid', 'sigmoid', {}],
  ['sigmoid', 'sigmoid', { momentum: 0.9 }],
  ['tanh', 'sigmoid', { batch: 7 }],
  ['relu', 'softmax', { shuffle: 'each-epoch', seed: 3 }],
  ['sigmoid', 'softmax', {}],
  ['sigmoid', 'sigmoid', { loss: 'cross-entropy' }],
  ['tanh', 'softmax', { loss: 'cross-entropy', momentum: 0.9, batch: 16 }],
  ['sigmoid', 'identity', {}],
  ['identity', 'tanh', { batch: 3 }],
];

describe('the fused32 engine', () => {
  for (const [activation, output, more] of cases) {
    const title = `${activation}, ${output} outputs, ${JSON.stringify(more)}`;
    test(`agrees with float64 within 3e-6 over 5 epochs: ${title}`, async () => {
      assert.ok((await gap(createNetwork({ layers, activation, output, seed: 1 }), dataset, more)) < 3e-6);
    });
  }

  test('agrees with float64 within 1e-6 over 360 updates of Iris', async () => {
    const network = createNetwork({ layers, seed: 1 });
    assert.ok((await gap(network, await loadDataset('iris'), { epochs: 3 })) < 1e-6);
  });

  test('agrees with float64 within 2e-6 over 200 updates of a network of the shape of the MNIST one', async () => {
    const wide = toyDataset(784, 10);
    const network = createNetwork({ layers: [784, 50, 30, 10], output: 'softmax', seed: 1 });
    assert.ok((await gap(network, wide, { epochs: 100, batch: 20, learningRate: 0.1 })) < 2e-6);
  });

  test('agrees with the float32 of TensorFlow within 3e-6', { skip: tfjsSkip }, async () => {
    for (const [activation, output, more] of cases.filter(([, , { loss }]) => loss === undefined)) {
      const network = createNetwork({ layers, activation, output, seed: 1 });
      assert.ok((await gap(network, dataset, more, 'tfjs')) < 3e-6, `${activation} ${output}`);
    }
  });

  test('measures epochs as float64 does and gives the same bits again', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const more: TrainOptions = { ...options, batch: 8, shuffle: 'each-epoch', seed: 2 };
    const [first, again, double] = [
      await train(network, dataset, more),
      await train(network, dataset, more),
      await train(network, dataset, { ...more, engine: 'fused' }),
    ];
    assert.deepEqual(flattenParameters(again.final), flattenParameters(first.final));
    assert.deepEqual(again.epochs, first.epochs);
    for (const [e, { loss, testAccuracy, validationAccuracy }] of first.epochs.entries()) {
      assert.ok(Math.abs(loss - double.epochs[e].loss) < 1e-6);
      assert.deepEqual(
        [testAccuracy, validationAccuracy],
        [double.epochs[e].testAccuracy, double.epochs[e].validationAccuracy],
      );
    }
  });

  test('trains in several threads to the same bits, and says who may', async () => {
    const wide = toyDataset(784, 10);
    const network = createNetwork({ layers: [784, 50, 10], output: 'softmax', seed: 1 });
    const more: TrainOptions = { ...options, epochs: 60, batch: 30 };
    const runs = await Promise.all([1, 2, 3].map(threads => train(network, wide, { ...more, threads })));
    for (const { final, epochs, settings } of runs) {
      assert.deepEqual(final.weights, runs[0].final.weights);
      assert.deepEqual(epochs, runs[0].epochs);
      assert.deepEqual(settings, runs[0].settings);
    }
    // Far more than any machine has processors: as many as it has.
    const many = await train(network, wide, { ...more, threads: 100_000 });
    assert.deepEqual(many.final, runs[0].final);
    await assert.rejects(train(network, wide, { ...more, engine: 'fused', threads: 2 }), {
      name: 'RangeError',
      message: "Cannot train in 2 threads: engine 'fused32' is required, got 'fused'",
    });
    await assert.rejects(train(network, wide, { ...more, threads: 0 }), /threads/);
    assert.equal((await train(network, wide, { ...more, engine: 'fused', threads: 1 })).epochCount, 60);
  });

  const tasks = '/proc/self/task';
  const mayShare = availableParallelism() > 1 && existsSync(tasks);
  const skip = mayShare ? false : 'one processor, or no list of threads';
  test('takes a second thread for large updates by itself, and for small ones none', { skip }, async () => {
    /** Threads of this process at the first iterate. */
    const threadsIn = async (data: typeof dataset, widths: number[], more: Partial<TrainOptions>) => {
      const counts: number[] = [];
      const recorders = [() => void counts.push(readdirSync(tasks).length)];
      await train(createNetwork({ layers: widths, seed: 1 }), data, {
        ...options,
        epochs: 1,
        recorders,
        ...more,
      });
      await setTimeout(300); // Until the helper has left.
      return counts[0];
    };
    const wide = toyDataset(784, 10);
    const large = [784, 50, 10];
    await threadsIn(wide, large, { threads: 2 });
    const alone = await threadsIn(wide, large, { batch: 30, threads: 1 });
    assert.equal(await threadsIn(wide, large, { batch: 30 }), alone + 1);
    assert.equal(await threadsIn(wide, large, { batch: 20 }), alone);
    assert.equal(await threadsIn(dataset, layers, {}), alone);
  });

  test('holds removed weights at 0', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const mask = magnitudeMask(network, { share: 0.25 });
    const { final } = await retrain(network, mask, dataset, options);
    const parameters = flattenParameters(final);
    assert.ok(mask.kept.every((kept, k) => kept === 1 || parameters[k] === 0));
    assert.ok((await gap(applyMask(network, mask), dataset, {})) < 3e-6);
  });

  test('records float32 numbers, in memory and on disk, which lose nothing and take half the space', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'legcnet-test-'));
    try {
      const width = flattenParameters(network).length;
      const inMemory = await recordTraining(network, dataset, { ...options, memoryLimit: 4 * width * 201 });
      await recordTraining(network, dataset, { ...options, store: join(folder, 'run') });
      const onDisk = await openRecording(join(folder, 'run'));
      const double = await recordTraining(network, dataset, { ...options, storage: 'float64' });
      assert.deepEqual((await inMemory.networkAt(0)).weights[0], network.weights[0].map(Math.fround));
      assert.deepEqual((await inMemory.networkAt(200)).weights, inMemory.final.weights);
      const { series } = await inMemory.readWindow(0, 201);
      assert.deepEqual((await onDisk.readWindow(0, 201)).series, series);
      assert.deepEqual((await double.readWindow(0, 201)).series, series);
      assert.ok(new Set(series).size > 1000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('shows recorders of one own the iterates that are recorded', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const seen: number[] = [];
    const recorders = [(_: number, parameters: Float64Array) => void seen.push(parameters[7])];
    const recording = await recordTraining(network, dataset, { ...options, recorders });
    const { series } = await recording.readWindow(0, 201);
    assert.deepEqual(seen, [...series.slice(7 * 201, 8 * 201)]);
  });

  test('goes on from a checkpoint to the same bits', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'legcnet-test-'));
    try {
      const stopping = new AbortController();
      const recorders = [(iterate: number) => void (iterate === 130 && stopping.abort())];
      const settings = { ...options, checkpoint: folder, checkpointSeconds: 0 };
      const { signal } = stopping;
      await assert.rejects(trainWithCheckpoint(network, dataset, { ...settings, recorders, signal }));
      const starts: number[] = [];
      const resumed = await trainWithCheckpoint(network, dataset, {
        ...settings,
        recorders: [iterate => void starts.push(iterate)],
      });
      assert.ok(starts[0] > 0);
      const whole = await train(network, dataset, options);
      assert.deepEqual(flattenParameters(resumed.final), flattenParameters(whole.final));
      assert.deepEqual(resumed.epochs, whole.epochs);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('records a twin with a delta that float32 can hold, and says why with none', async () => {
    const network = createNetwork({ layers, seed: 1 });
    const perturbation = { weight: 3, delta: 1e-2 };
    const [single, double] = await Promise.all(
      (['fused32', 'fused'] as const).map(async name => {
        const twin = await recordTwin(network, dataset, { ...options, engine: name, perturbation });
        return (await twin.readWindow(0, 201)).series;
      }),
    );
    for (const [i, value] of double.entries()) assert.ok(Math.abs(value - single[i]) < 3e-6);
    const swamped = /engine 'fused32' computes in float32, whose rounding swamps the default delta/;
    await assert.rejects(recordTwin(network, dataset, options), { name: 'RangeError', message: swamped });
    await assert.rejects(
      recordTwin(network, dataset, { ...options, perturbation, rescaleEvery: 5 }),
      RangeError,
    );
    await assert.rejects(recordTangent(network, dataset, options), RangeError);
    await assert.rejects(train(network, dataset, { ...options, optimizer: 'adam' }), /needs engine 'tfjs'/);
  });
});
