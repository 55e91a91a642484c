import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Progress } from '../../src/core/longRun';
import type { Dataset, Part } from '../../src/data/dataset';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { accuracy, macroF1 } from '../../src/network/metrics';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { flattenParameters } from '../../src/network/parameters';
import { recordTangent } from '../../src/network/recordTangent';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { retrain } from '../../src/network/retrain';
import { type TrainOptions, train } from '../../src/network/train';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const options: TrainOptions = { epochs: 3, learningRate: 0.1 };

/** The parameters at every iterate. */
async function orbit(more: Partial<TrainOptions>, start = network, data = dataset): Promise<Float64Array[]> {
  const iterates: Float64Array[] = [];
  const recorders = [
    (iterate: number, parameters: Float64Array) => {
      assert.equal(iterate, iterates.length);
      iterates.push(parameters.slice());
    },
  ];
  await train(start, data, { ...options, ...more, recorders });
  return iterates;
}

describe('train', () => {
  test('follows the closed form of a linear unit: the error shrinks by 1 - 2 r (x^2 + 1) a step', async () => {
    const [x, y, w, rate] = [2, 1, 0.5, 0.05];
    const part: Part = {
      rows: 1,
      inputs: Float64Array.of(x),
      targets: Float64Array.of(y),
      labels: Int32Array.of(1),
      sourceRows: Int32Array.of(0),
    };
    const one: Dataset = { ...toyDataset(1, 1), train: part, validation: null, test: part };
    const linear = networkFromWeights({
      layers: [1, 1],
      activation: 'sigmoid',
      output: 'identity',
      weights: [Float64Array.of(w)],
      biases: [Float64Array.of(0)],
    });
    const iterates = await orbit({ epochs: 20, learningRate: rate }, linear, one);
    for (const [t, [weight, bias]] of iterates.entries()) {
      const error = (w * x - y) * (1 - 2 * rate * (x * x + 1)) ** t;
      assert.ok(Math.abs(weight * x + bias - y - error) < 1e-15);
    }
  });

  test('records the initial parameters first and the final ones once, after the last update', async () => {
    const iterates = await orbit({ batch: 16 });
    // 40 rows in batches of 16, 16 and 8, three epochs.
    assert.equal(iterates.length, 3 * 3 + 1);
    const run = await train(network, dataset, { ...options, batch: 16 });
    assert.equal(run.iterationsPerEpoch, 3);
    assert.deepEqual(iterates[0], flattenParameters(network));
    assert.deepEqual(iterates[9], flattenParameters(run.final));
  });

  test('takes the mean over a batch: one step on all rows is the mean of the single steps', async () => {
    const [before, after] = await orbit({ epochs: 1, batch: 40 });
    const mean = new Float64Array(before.length);
    for (let row = 0; row < 40; row++) {
      const train = rowsOf(dataset.train, row, row + 1);
      const [, single] = await orbit({ epochs: 1 }, network, { ...dataset, train });
      single.forEach((value, k) => {
        mean[k] += (value - before[k]) / 40;
      });
    }
    after.forEach((value, k) => {
      assert.ok(Math.abs(value - before[k] - mean[k]) < 1e-15);
    });
  });

  test('leaves network and data as they were', async () => {
    const held = [flattenParameters(network), dataset.train.inputs.slice(), dataset.train.targets.slice()];
    const run = await train(network, dataset, options);
    assert.deepEqual([flattenParameters(network), dataset.train.inputs, dataset.train.targets], held);
    assert.equal(run.initial, network);
  });

  test('gives the same bits for the same settings, recorded or not', async () => {
    const run = await train(network, dataset, { ...options, momentum: 0.5 });
    const iterates = await orbit({ momentum: 0.5 });
    assert.deepEqual(flattenParameters(run.final), iterates[iterates.length - 1]);
  });

  test('lowers the loss', async () => {
    for (const loss of ['squared-error', 'cross-entropy'] as const) {
      const { epochs } = await train(network, dataset, { ...options, epochs: 30, loss });
      assert.ok(epochs[29].loss < epochs[0].loss);
    }
  });

  test('measures each epoch after its last update, by the rule asked for', async () => {
    for (const accuracyRule of ['argmax', 'all-outputs'] as const) {
      const run = await train(network, dataset, { ...options, epochs: 40, accuracyRule });
      const last = run.epochs[39];
      assert.equal(last.trainAccuracy, accuracy(run.final, dataset.train, { rule: accuracyRule }));
      assert.equal(last.testAccuracy, accuracy(run.final, dataset.test, { rule: accuracyRule }));
      assert.equal(last.validationAccuracy, accuracy(run.final, dataset.validation!, { rule: accuracyRule }));
      assert.equal(last.testF1, macroF1(run.final, dataset.test));
      assert.deepEqual([run.testAccuracy, run.testF1], [last.testAccuracy, last.testF1]);
    }
  });
});

describe('the stop rule', () => {
  test('ends the run at the first epoch that reaches the accuracy', async () => {
    for (const part of ['train', 'validation'] as const) {
      const read = part === 'train' ? 'trainAccuracy' : 'validationAccuracy';
      const whole = await train(network, dataset, { ...options, epochs: 200 });
      const target = Math.max(...whole.epochs.map(metrics => metrics[read]!));
      const first = whole.epochs.findIndex(metrics => metrics[read]! >= target) + 1;
      const run = await train(network, dataset, {
        ...options,
        epochs: 200,
        stop: { part, accuracy: target },
      });
      assert.deepEqual([run.stopped, run.epochCount], [true, first]);
    }
  });

  test('that is never met leaves all epochs and says so', async () => {
    const run = await train(network, dataset, { ...options, stop: { part: 'train', accuracy: 1 } });
    assert.deepEqual([run.stopped, run.epochCount], [false, 3]);
  });
});

describe('shuffling', () => {
  test('never is the default, and each epoch sees the rows in their order', async () => {
    const [first, second] = [await orbit({ shuffle: 'never' }), await orbit({})];
    assert.deepEqual(first, second);
  });

  test('each-epoch is repeated by its seed and changed by another', async () => {
    const shuffled = (seed: number) => orbit({ shuffle: 'each-epoch', seed });
    const [a, b, c] = [await shuffled(5), await shuffled(5), await shuffled(6)];
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
    assert.notDeepEqual(a, await orbit({}));
  });

  test('each-epoch still uses every row once: with one batch of all rows only the sum order differs', async () => {
    const [fixed, shuffled] = [
      await orbit({ batch: 40 }),
      await orbit({ batch: 40, shuffle: 'each-epoch', seed: 5 }),
    ];
    fixed[3].forEach((value, k) => {
      assert.ok(Math.abs(value - shuffled[3][k]) < 1e-14);
    });
  });
});

describe('retrain', () => {
  test('starts from the initial weights and holds the removed ones at 0 throughout', async () => {
    const mask = createMask([4, 6, 3], [0, 5, 30], 'test');
    const seen: number[] = [];
    const recorders = [
      (_: number, parameters: Float64Array) => void seen.push(parameters[0], parameters[5], parameters[30]),
    ];
    const run = await retrain(network, mask, dataset, { ...options, momentum: 0.9, recorders });
    assert.ok(seen.length > 300 && seen.every(value => value === 0));
    assert.equal(run.initial.weights[0][1], network.weights[0][1]);
    assert.equal(run.final.mask, mask);
    assert.notEqual(run.final.weights[0][1], run.initial.weights[0][1]);
  });

  test('of an empty mask is training', async () => {
    const run = await retrain(network, createMask([4, 6, 3], [], 'none'), dataset, options);
    const dense = await train(network, dataset, options);
    assert.deepEqual(flattenParameters(run.final), flattenParameters(dense.final));
  });
});

describe('a training run', () => {
  test('that diverges says so and keeps its numbers', async () => {
    const linear = createNetwork({ layers: [4, 6, 3], activation: 'identity', output: 'identity', seed: 1 });
    const run = await train(linear, dataset, { epochs: 50, learningRate: 50 });
    assert.equal(run.diverged, true);
    assert.equal((await train(network, dataset, options)).diverged, false);
  });

  test('waits for a recorder that returns a promise', async () => {
    let open = 0;
    const recorders = [
      async () => {
        open++;
        assert.equal(open, 1);
        await new Promise(resolve => setImmediate(resolve));
        open--;
      },
    ];
    await train(network, dataset, { ...options, epochs: 1, recorders });
  });

  test('reports its loss as it goes and ends complete', async () => {
    const reports: Progress[] = [];
    const onProgress = (progress: Progress) => void reports.push(progress);
    const run = await train(network, dataset, { ...options, onProgress });
    const last = reports[reports.length - 1];
    assert.deepEqual([last.done, last.total, last.unit], [3, 3, 'epochs']);
    assert.deepEqual(last.value, { name: 'loss', number: run.epochs[2].loss });
  });

  test('stops at the signal with its reason', async () => {
    const signal = AbortSignal.timeout(30);
    await assert.rejects(train(network, dataset, { ...options, epochs: 1e9, signal }), {
      name: 'TimeoutError',
    });
  });

  test('that cannot be is refused, saying why', async () => {
    const refuses = (more: object, expected: object) =>
      assert.rejects(train(network, dataset, { ...options, ...more }), expected);
    await refuses(
      { epochs: 0 },
      { name: 'RangeError', message: /epochs must be a whole number from 1 up, 0 came/ },
    );
    await refuses({ epochs: undefined }, { name: 'TypeError' });
    await refuses({ learningRate: -1 }, { name: 'RangeError' });
    await refuses({ momentum: 1 }, { name: 'RangeError' });
    await refuses({ batch: 41 }, { name: 'RangeError', message: /a whole number from 1 to 40, 41 came/ });
    await refuses(
      { loss: 'hinge' },
      { name: 'RangeError', message: /squared-error, cross-entropy; 'hinge' came/ },
    );
    await refuses({ shuffle: 'each-epoch' }, { name: 'TypeError', message: /needs a seed/ });
    await refuses({ stop: { part: 'train', accuracy: 90 } }, { name: 'RangeError' });
    await refuses({ optimizer: 'adam' }, { name: 'RangeError', message: /needs engine 'tfjs'/ });
    await refuses({ learnRate: 1 }, { name: 'TypeError', message: /perhaps 'learningRate' was meant/ });
    await refuses({ stop: { part: 'train', acuracy: 1 } }, { name: 'TypeError' });
    await refuses(
      { recorders: () => {} },
      { name: 'TypeError', message: /array of functions, a function came/ },
    );
    for (const run of [train, recordTraining, recordTwin, recordTangent]) {
      await assert.rejects(run(network, dataset, undefined as never), {
        name: 'TypeError',
        message: /options must be an object, undefined came/,
      });
      await assert.rejects(run(network, network as never, options), {
        name: 'TypeError',
        message: /a dataset is required, a network came/,
      });
      await assert.rejects(run(dataset as never, dataset, options), /a network is required, a dataset came/);
    }
    const mask = createMask([4, 6, 3], [0], 'test');
    await assert.rejects(retrain(network, mask, dataset, undefined as never), /Cannot retrain: options/);
    await assert.rejects(retrain(network, dataset as never, dataset, options), /a mask is required/);
    for (const part of ['train', 'validation', 'test'] as const) {
      for (const array of ['inputs', 'targets', 'labels'] as const) {
        const short = { ...dataset[part]!, [array]: dataset[part]![array].slice(1) };
        await assert.rejects(train(network, { ...dataset, [part]: short }, options), {
          name: 'TypeError',
          message: new RegExp(
            `the (training|validation|test) part of toy of \\d+ rows must have \\d+ ${array}`,
          ),
        });
      }
    }
    const small = createNetwork({ layers: [3, 3], seed: 1 });
    await assert.rejects(train(small, dataset, options), {
      name: 'TypeError',
      message: /4 inputs and 3 outputs/,
    });
    const tanh = createNetwork({ layers: [4, 3], output: 'tanh', seed: 1 });
    await assert.rejects(train(tanh, dataset, { ...options, loss: 'cross-entropy' }), RangeError);
    const bare = { ...dataset, validation: null };
    const stop = { part: 'validation', accuracy: 0.9 } as const;
    await assert.rejects(train(network, bare, { ...options, stop }), {
      name: 'RangeError',
      message: /no such part/,
    });
    const inputs = dataset.train.inputs.slice();
    inputs[6] = Number.NaN;
    const broken = { ...dataset, train: { ...dataset.train, inputs } };
    await assert.rejects(train(network, broken, options), {
      name: 'RangeError',
      message: /row 1 has x2 = NaN/,
    });
  });
});

function rowsOf(part: Part, from: number, to: number): Part {
  const [width, outputs] = [part.inputs.length / part.rows, part.targets.length / part.rows];
  return {
    rows: to - from,
    inputs: part.inputs.slice(from * width, to * width),
    targets: part.targets.slice(from * outputs, to * outputs),
    labels: part.labels.slice(from, to),
    sourceRows: part.sourceRows.slice(from, to),
  };
}
