import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LayersModel } from '@tensorflow/tfjs-node';
import { grangerScan } from '../../src/causality/grangerScan';
import { exponentsWhileTraining } from '../../src/chaos/exponentsWhileTraining';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { weightCount } from '../../src/core/weightLayers';
import type { Dataset } from '../../src/data/dataset';
import { datasetFromArrays } from '../../src/data/datasetFromArrays';
import { applyMask } from '../../src/network/applyMask';
import { captureModel } from '../../src/network/captureModel';
import { compare } from '../../src/network/compare';
import { createNetwork } from '../../src/network/createNetwork';
import { toLayersModel } from '../../src/network/layersModel';
import { createMask } from '../../src/network/mask';
import { misclassification } from '../../src/network/misclassification';
import { flattenParameters } from '../../src/network/parameters';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { retrain } from '../../src/network/retrain';
import { loadTensorFlow } from '../../src/network/tensorflow';
import { train } from '../../src/network/train';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { randomMask } from '../../src/pruning/randomMask';
import { selectWeights } from '../../src/pruning/selectWeights';
import { shuffledMask } from '../../src/pruning/shuffledMask';
import { convLayers, smallConvNet, stripes } from './models';
import { tfjsSkip } from './tfjsSkip';
import { toyDataset } from './toyDataset';

const images = stripes();
const options = { epochs: 2, batch: 6 };

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

/** Tensors and bytes that TensorFlow holds. */
async function held(): Promise<readonly [number, number]> {
  const { numTensors, numBytes } = (await loadTensorFlow()).memory();
  return [numTensors, numBytes];
}

describe('a compiled model of Dense layers', { skip: tfjsSkip }, () => {
  const dataset = toyDataset();
  const network = createNetwork({ layers: [4, 6, 3], init: 'glorot-normal', seed: 1 });
  const training = { epochs: 3, batch: 4, shuffle: 'each-epoch', seed: 2 } as const;

  test('trained by SGD gives the recording of the fused engine within 1e-6', async () => {
    const tf = await loadTensorFlow();
    const model = await toLayersModel(network);
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    const theirs = await recordTraining(model, dataset, training);
    const ours = await recordTraining(network, dataset, { ...training, learningRate: 0.05 });
    assert.equal(theirs.iterates, ours.iterates);
    const read = async (recording: { readWindow: typeof ours.readWindow }) =>
      (await recording.readWindow(0, ours.iterates)).series;
    assert.ok(largestGap(await read(theirs), await read(ours)) < 1e-6);
    assert.ok(largestGap(flattenParameters(theirs.final), flattenParameters(ours.final)) < 1e-6);
    for (const [i, { loss, testAccuracy }] of ours.epochs.entries()) {
      assert.ok(Math.abs(theirs.epochs[i].loss - loss) < 1e-6);
      assert.equal(theirs.epochs[i].testAccuracy, testAccuracy);
    }
    const ends = Int32Array.of(0, 7, 30);
    assert.deepEqual(
      await misclassification(theirs, dataset.test, ends),
      await misclassification(ours, dataset.test, ends),
    );
    model.dispose();
  });

  test('a twin of it is the twin of the fused engine within 1e-5', async () => {
    const tf = await loadTensorFlow();
    const model = await toLayersModel(network);
    model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'meanSquaredError' });
    const perturbation = { weight: 5, delta: 0.01 };
    const theirs = await recordTwin(model, dataset, { ...training, perturbation });
    const ours = await recordTwin(network, dataset, {
      ...training,
      learningRate: 0.05,
      momentum: 0.9,
      perturbation,
    });
    const [a, b] = [await theirs.readWindow(0, 31), await ours.readWindow(0, 31)];
    assert.ok(largestGap(a.series, b.series) < 1e-5);
    assert.ok(largestGap(theirs.logNorm, ours.logNorm) < 1e-3);
    model.dispose();
  });
});

describe('a convolution', { skip: tfjsSkip }, () => {
  /** Forty images of 3 x 3 x 2 and two classes. */
  function coloured(): Dataset {
    const rows = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 18 }, (_, pixel) => Math.sin(1 + i * 18 + pixel)),
    );
    return datasetFromArrays(
      rows,
      rows.map(row => (row[0] + row[5] > 0 ? 'up' : 'down')),
      { scaling: 'none' },
    );
  }

  for (const penalty of [0, 0.01]) {
    test(`without activation is a linear model: its path follows the closed form within 1e-6, penalty ${penalty}`, async () => {
      const tf = await loadTensorFlow();
      const dataset = coloured();
      const { layers } = tf;
      // The mean over the four places of a 2 x 2 window: linear in the mean patch, so the gradient is known.
      const model = tf.sequential({
        layers: [
          layers.conv2d({
            inputShape: [3, 3, 2],
            filters: 1,
            kernelSize: 2,
            ...(penalty > 0 && { kernelRegularizer: tf.regularizers.l2({ l2: penalty }) }),
          }),
          layers.globalAveragePooling2d({}),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      const recording = await recordTraining(model, dataset, { epochs: 3, batch: 5 });
      const { inputs, targets, rows } = dataset.train;
      const patches = Array.from({ length: rows }, (_, r) => meanPatch(inputs.subarray(18 * r, 18 * r + 18)));
      const weights = Float64Array.from(recording.initial.parameters.subarray(0, 8));
      let bias = 0;
      for (let t = 0; t < recording.iterates; t++) {
        const { series } = await recording.readWindow(t, 1);
        assert.ok(largestGap(series, weights) < 1e-6, `iterate ${t}`);
        const from = 5 * (t % recording.iterationsPerEpoch);
        const gradient = Array.from(weights, weight => 2 * penalty * weight);
        let biasGradient = 0;
        const batch = Math.min(5, rows - from);
        for (let r = from; r < from + batch; r++) {
          const output = patches[r].reduce((sum, x, k) => sum + x * weights[k], bias);
          const slope = (2 * (output - targets[r])) / batch;
          patches[r].forEach((x, k) => {
            gradient[k] += slope * x;
          });
          biasGradient += slope;
        }
        gradient.forEach((g, k) => {
          weights[k] -= 0.1 * g;
        });
        bias -= 0.1 * biasGradient;
      }
      model.dispose();
    });
  }

  /** Mean over the places of the window of the numbers under it, in the order height, width, channel. */
  function meanPatch(image: Float64Array): number[] {
    const patch: number[] = [];
    for (let h = 0; h < 2; h++)
      for (let w = 0; w < 2; w++)
        for (let c = 0; c < 2; c++) {
          let sum = 0;
          for (let y = 0; y < 2; y++) for (let x = 0; x < 2; x++) sum += image[((y + h) * 3 + x + w) * 2 + c];
          patch.push(sum / 4);
        }
    return patch;
  }
});

test("loadTensorFlow's example", { skip: tfjsSkip }, async () => {
  const tf = await loadTensorFlow();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
  assert.equal(model.countParams(), 4);
  model.dispose();
});

describe('captureModel', { skip: tfjsSkip }, () => {
  test('puts kernels first, each with its last axis as out, then everything else', async () => {
    const tf = await loadTensorFlow();
    const { layers } = tf;
    const model = tf.sequential({
      layers: [
        layers.embedding({ inputDim: 4, outputDim: 3, inputLength: 2, name: 'words' }),
        layers.reshape({ targetShape: [2, 3, 1] }),
        layers.separableConv2d({ filters: 2, kernelSize: [1, 2], name: 'apart' }),
        layers.batchNormalization({ name: 'norm' }),
        layers.flatten(),
        layers.dense({ units: 2, name: 'frozen', trainable: false }),
        layers.dense({ units: 3, name: 'out' }),
      ],
    });
    model.compile({ optimizer: 'rmsprop', loss: 'categoricalCrossentropy' });
    const captured = captureModel(model);
    assert.deepEqual(
      captured.layers.map(({ name, fanIn, fanOut }) => `${name} ${fanIn}→${fanOut}`),
      ['words 4→3', 'apart depthwise_kernel 2→1', 'apart pointwise_kernel 1→2', 'out 2→3'],
    );
    assert.equal(captured.parameters.length, model.countParams());
    const words = (await model.getLayer('words').getWeights()[0].array()) as number[][];
    assert.deepEqual(
      [...captured.parameters.subarray(0, 4)],
      words.map(row => row[0]),
    );
    model.dispose();
  });

  test("its docstring's example", async () => {
    const tf = await loadTensorFlow();
    const layersModel = tf.sequential({
      layers: [tf.layers.dense({ name: 'out', units: 2, inputShape: [3] })],
    });
    layersModel.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    assert.deepEqual(captureModel(layersModel).layers, [{ name: 'out', fanIn: 3, fanOut: 2 }]);
    layersModel.dispose();
  });

  test('goes there and back: the model made of it has the same numbers and predicts alike', async () => {
    const tf = await loadTensorFlow();
    const before = await held();
    const model = await smallConvNet();
    const back = await toLayersModel(captureModel(model));
    assert.deepEqual(captureModel(back).parameters, captureModel(model).parameters);
    assert.equal(captureModel(back).architecture.optimizer, captureModel(model).architecture.optimizer);
    tf.tidy(() => {
      const x = tf.ones([2, 5, 5, 1]);
      const [a, b] = [model, back].map(each => (each.predict(x) as typeof x).dataSync());
      assert.deepEqual(a, b);
    });
    model.dispose();
    back.dispose();
    assert.deepEqual(await held(), before);
  });

  test('says what it needs', async () => {
    const tf = await loadTensorFlow();
    const { layers } = tf;
    const of = (...all: unknown[]) => {
      const model = tf.sequential({ layers: all as never });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const dense = (more: object) => layers.dense({ units: 2, inputShape: [3], ...more } as never);
    const cases: [unknown, RegExp][] = [
      [{}, /a tf\.LayersModel is required, an object came/],
      [null, /a tf\.LayersModel is required, null came/],
      [convLayers(tf), /\(small\): compile it first/],
      [of(dense({ trainable: false })), /at least one trained kernel is required/],
      [of(dense({ inputShape: [5, 3] })), /a row of outputs is required, shape \[5, 2\] came/],
      [
        of(
          layers.conv2d({ inputShape: [null, 3, 1] as never, filters: 1, kernelSize: 1 }),
          layers.globalAveragePooling2d({}),
        ),
        /inputs of known shape are required, \[null, 3, 1\] came/,
      ],
      [
        of(dense({}), layers.dropout({ rate: 0.5, name: 'drop' })),
        /layer drop \(Dropout\) draws at random without a seed/,
      ],
      [
        of(dense({}), layers.gaussianNoise({ stddev: 1, name: 'noise' })),
        /layer noise \(GaussianNoise\) draws/,
      ],
    ];
    for (const [model, message] of cases) {
      assert.throws(() => captureModel(model as LayersModel), { name: 'TypeError', message });
    }
    captureModel(of(dense({}), layers.dropout({ rate: 0.5, seed: 1 })));
  });
});

describe('a convolutional model with Adam', { skip: tfjsSkip }, () => {
  test('is trained, recorded, twinned, asked and stopped without a tensor left behind', async () => {
    const model = await smallConvNet();
    const before = await held();
    const recording = await recordTraining(model, images, options);
    await recordTwin(model, images, { ...options, perturbation: { delta: 0.01 } });
    await misclassification(recording, images.validation!, [0, 3, 12]);
    await train(
      applyMask(recording.initial, randomMask(recording.initial, { share: 0.5, seed: 1 })),
      images,
      options,
    );
    const stop = new AbortController();
    const stopped = recordTraining(model, images, {
      epochs: 1000,
      recorders: [iterate => (iterate === 3 ? stop.abort(new Error('enough')) : undefined)],
      signal: stop.signal,
    });
    await assert.rejects(stopped, /enough/);
    assert.deepEqual(await held(), before);
    model.dispose();
  });

  test('learns, repeats bit for bit, and leaves the model that was passed as it was', async () => {
    const model = await smallConvNet();
    const start = captureModel(model).parameters;
    const seen: number[] = [];
    const run = () =>
      train(model, images, { ...options, epochs: 8, onProgress: ({ done }) => void seen.push(done) });
    const [first, second] = [await run(), await run()];
    assert.deepEqual(first.final.parameters, second.final.parameters);
    assert.deepEqual(captureModel(model).parameters, start);
    assert.ok(first.epochs[7].loss < first.epochs[0].loss, `${first.epochs[7].loss}`);
    assert.equal(seen.at(-1), 8);
    assert.equal(first.settings.optimizer, 'Adam (beta1 0.9, beta2 0.999, epsilon 1e-7)');
    assert.deepEqual([first.settings.learningRate, first.settings.loss], [0.001, 'categoricalCrossentropy']);
    // Moving averages of the batch normalisation move too, and are kept.
    const norms = first.final.architecture.tensors.filter(({ isTrained }) => !isTrained);
    for (const { from } of norms) assert.notEqual(first.final.parameters[from], start[from]);
    model.dispose();
  });

  test('a mask holds at every iterate, and the other weights move', async () => {
    const model = await smallConvNet();
    const initial = captureModel(model);
    const mask = createMask(initial.layers, [0, 7, 35, 36, 140], 'test');
    const { readWindow, iterates, final, weights } = await recordTraining(
      applyMask(initial, mask),
      images,
      options,
    );
    const { series } = await readWindow(0, iterates);
    for (let k = 0; k < weights; k++) {
      const own = series.subarray(k * iterates, (k + 1) * iterates);
      if (mask.kept[k] === 0) assert.ok(own.every(value => value === 0));
      else assert.notEqual(own[0], own[iterates - 1]);
    }
    const again = await retrain(initial, mask, images, options);
    assert.deepEqual(again.final.parameters, final.parameters);
    model.dispose();
  });

  test('sparse labels are the same training as one-hot targets', async () => {
    const tf = await loadTensorFlow();
    const runs = [];
    for (const loss of ['categoricalCrossentropy', 'sparseCategoricalCrossentropy']) {
      const model = convLayers(tf);
      model.compile({ optimizer: 'sgd', loss });
      runs.push(await train(model, images, options));
      model.dispose();
    }
    assert.ok(largestGap(runs[0].final.parameters, runs[1].final.parameters) < 1e-5);
  });

  test('goes through the chain: exponents, Granger tests, masks, retraining, comparison', async () => {
    const model = await smallConvNet();
    const long = { ...options, epochs: 20 };
    const recording = await recordTraining(model, images, long);
    const twin = await recordTwin(model, images, { ...long, perturbation: { weight: 40, delta: 0.01 } });
    const exponents = await windowedLyapunov(twin, { window: 7 });
    const errors = await misclassification(recording, images.validation!, exponents.ends);
    const scan = await grangerScan(exponents, errors, { lag: 1 });
    const mask = selectWeights(scan, { remove: 'non-causal' });
    assert.equal(mask.kept.length, weightCount(recording.initial.layers));
    const removedOfConv = (each: typeof mask) => each.kept.subarray(0, 36).filter(bit => bit === 0).length;
    const shuffled = shuffledMask(mask, { seed: 1 });
    assert.equal(removedOfConv(shuffled), removedOfConv(mask));
    const smallest = magnitudeMask(recording.final, { count: 1 }).kept.indexOf(0);
    const sizes = recording.final.parameters.subarray(0, mask.kept.length).map(Math.abs);
    assert.equal(sizes[smallest], Math.min(...sizes));
    const dense = await train(recording.initial, images, long);
    const sparse = await retrain(recording.initial, mask, images, long);
    const { rows, differences } = compare(dense, sparse);
    assert.deepEqual(differences, []);
    assert.equal(rows.find(({ quantity }) => quantity === 'weights left')?.sparse, 144 - mask.removed);
    assert.throws(
      () => compare(dense, { ...sparse, initial: createNetwork({ layers: [2, 1], seed: 1 }) } as never),
      /different things/,
    );
    model.dispose();
  });

  test('is analysed while it trains as its recording is, one window in memory, nothing left behind', async () => {
    const model = await smallConvNet();
    const before = await held();
    const long = { ...options, epochs: 6 };
    const recording = await recordTraining(model, images, long);
    const onWeights = { estimator: 'rosenstein', window: 20 } as const;
    const live = await exponentsWhileTraining(model, images, long, onWeights);
    const later = await windowedLyapunov(recording, onWeights);
    assert.deepEqual(live.exponents.values, later.values);
    assert.deepEqual(live.target, await misclassification(recording, images.validation!, later.ends));
    assert.deepEqual(live.run.final.parameters, recording.final.parameters);
    const perturbation = { weight: 40, delta: 0.01 };
    const pair = await exponentsWhileTraining(model, images, long, { window: 14, perturbation });
    const twin = await recordTwin(model, images, { ...long, perturbation });
    const recorded = await windowedLyapunov(twin, { window: 14 });
    // The recording rounds differences to float32.
    assert.ok(largestGap(pair.exponents.values, recorded.values) < 1e-5);
    const refused = (more: object) => exponentsWhileTraining(model, images, long, { window: 14, ...more });
    await assert.rejects(refused({ perturbation: {} }), /state a delta/);
    await assert.rejects(
      refused({ ...onWeights, checkpoint: 'nowhere' }),
      /a TensorFlow\.js model keeps no checkpoint/,
    );
    assert.deepEqual(await held(), before);
    model.dispose();
  });

  test('a twin needs a delta that float32 can hold', async () => {
    const model = await smallConvNet();
    const twin = (perturbation: object, more: object = {}) =>
      recordTwin(model, images, { ...options, perturbation, ...more } as never);
    await assert.rejects(
      twin({}),
      /a TensorFlow\.js model computes in float32.*; state a delta, at least about 1e-3/,
    );
    await assert.rejects(twin({ delta: 1e-4 }), /a delta of at least 0\.001 is required, 0\.0001 came/);
    await assert.rejects(twin({ delta: 0.01 }, { rescaleEvery: 5 }), /got a TensorFlow\.js model/);
    await assert.rejects(twin({ delta: 0.01, weight: 144 }), /has weights 0 to 143/);
    model.dispose();
  });

  test('what does not fit is refused in words', async () => {
    const model = await smallConvNet();
    const refuses = (dataset: Dataset, more: object, message: RegExp) =>
      assert.rejects(recordTraining(model, dataset, { ...options, ...more }), message);
    await refuses(toyDataset(), {}, /it needs 4 inputs and 3 outputs, this one has 25 and 3/);
    await refuses(stripes(2), {}, /25 inputs and 1 outputs, this one has 25 and 3/);
    await refuses(
      images,
      { learningRate: 0.1 },
      /record training of a compiled model: there is no option 'learningRate'/,
    );
    // 15 iterates of 144 weights, 4 + 3 biases, 8 scales and shifts and 8 moving averages, 4 bytes each.
    await refuses(
      images,
      { memoryLimit: 1000 },
      /15 iterates of 167 numbers in memory: that takes 10020 bytes, the limit is 1000; train fewer epochs or raise/,
    );
    model.dispose();
  });
});

describe('storage float32', () => {
  test('halves the recording of a network and rounds it', async () => {
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
    const training = { epochs: 1, learningRate: 0.05, memoryLimit: 11_000 } as const;
    const dataset = toyDataset();
    await assert.rejects(
      recordTraining(network, dataset, training),
      /take storage 'float32', which needs half/,
    );
    const rounded = await recordTraining(network, dataset, { ...training, storage: 'float32' });
    const full = await recordTraining(network, dataset, { ...training, memoryLimit: 1e6 });
    const [a, b] = await Promise.all([rounded, full].map(each => each.readWindow(0, 41)));
    assert.deepEqual(a.series, b.series.map(Math.fround));
  });
});
