import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { createMlp32, type Mlp32 } from '../../src/kernels/mlp32';
import { startMlp32Helpers, takeMlp32Module } from '../../src/kernels/mlp32Module';
import { mlp32Plain } from '../../src/kernels/mlp32Plain';
import { mlpLoss } from '../../src/kernels/mlpLoss';
import { type MlpActivation, type MlpLoss, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';
import { hiddens, pairs } from './mlpCase';

const shapes = [
  [4, 6, 3],
  [5, 1],
  [40, 30],
  [45, 31, 10],
  [61, 23, 16, 7, 3],
  [784, 50, 30, 10],
];
const ROWS = 150;

/** Rows with three inputs in ten that are not 0, some of which only rounding makes 0. */
function someCase(
  layers: readonly number[],
  hidden: MlpActivation,
  output: MlpActivation,
  loss: MlpLoss,
  rows: number = ROWS,
) {
  const random = randomStream(7, `${layers} ${hidden} ${output} ${loss}`);
  const workspace = mlpWorkspace(layers, hidden, output);
  const parameters = Float64Array.from({ length: workspace.parameterCount }, () => random() - 0.5);
  const inputs = Float64Array.from({ length: rows * layers[0] }, () => {
    const x = random();
    return x < 0.6 ? 0 : x < 0.65 ? -0 : x < 0.7 ? 1e-60 : 2 * random() - 1;
  });
  const m = layers[layers.length - 1];
  const targets = new Float64Array(rows * m);
  for (let r = 0; r < rows; r++) targets[r * m + (m === 1 ? 0 : r % m)] = m === 1 ? r % 2 : 1;
  return { workspace, parameters, data: { rows, inputs, targets } };
}

/** Outputs and logits of all rows. */
function outputsOf(
  mlp: Mlp32,
  { workspace, data }: ReturnType<typeof someCase>,
  rows: typeof data = data,
): number[] {
  const found: number[] = [];
  const { logits, activations } = workspace;
  mlp.forward(rows, () => found.push(...logits, ...activations.subarray(activations.length - logits.length)));
  return found;
}

describe('training in float32', () => {
  test('starts few threads for many short trainings in a row, and again when they have left', async () => {
    const { workspace, parameters, data } = someCase([4, 6, 3], 'tanh', 'sigmoid', 'squared-error');
    const settings = {
      learningRate: 0.1,
      momentum: 0,
      loss: 'squared-error',
      removed: new Int32Array(0),
    } as const;
    let started = 0;
    let running = 0;
    const count = (worker: Worker): void => {
      started++;
      running++;
      worker.on('exit', () => running--);
    };
    process.on('worker', count);
    try {
      // Two for each of four trainings.
      for (const most of [8, 16]) {
        for (let k = 0; k < 50; k++)
          createMlp32(workspace, parameters, data, { ...settings, helpers: 2 }).dispose();
        await setTimeout(0);
        assert.equal(started, most);
        while (running > 0) await setTimeout(10);
      }
    } finally {
      process.off('worker', count);
    }
  });

  test('fails, and does not wait for ever, where a helper fails', async () => {
    const module = takeMlp32Module()!;
    module.memory.grow(1024);
    const { byteLength } = module.memory.buffer;
    const crew = module.firstFree();
    const training = crew + 256;
    const features = 2 ** 22;
    const words = new Int32Array(module.memory.buffer);
    words[crew / 4 + 3] = 1; // Helpers.
    words[training / 4] = crew;
    words[training / 4 + 12] = byteLength - 8 * features; // The first row ends with the memory, the second lies beyond.
    words[training / 4 + 13] = training + 1024;
    words[training / 4 + 14] = features;
    const dismiss = startMlp32Helpers(1, module, training);
    await setTimeout(300);
    assert.throws(() => module.list(training, 2, training + 256, training + 512), { name: 'RuntimeError' });
    dismiss();
  });

  test('works alone where threads are forbidden', () => {
    const flags = ['--permission', '--experimental-permission'];
    const flag = flags.find(name => process.allowedNodeEnvironmentFlags.has(name));
    const program = `
      const { createMlp32 } = require(${JSON.stringify(require.resolve('../../src/kernels/mlp32'))});
      const { mlpWorkspace } = require(${JSON.stringify(require.resolve('../../src/kernels/mlpWorkspace'))});
      const data = { rows: 1, inputs: Float64Array.of(1), targets: Float64Array.of(1) };
      const settings = { learningRate: 1, momentum: 0, loss: 'squared-error', removed: new Int32Array(0), helpers: 1 };
      const mlp = createMlp32(mlpWorkspace([1, 1], 'tanh', 'identity'), new Float64Array(2), data, settings);
      mlp.step(Int32Array.of(0), 0, 1);
      console.log(mlp.parameters().join());
      mlp.dispose();`;
    const args = [...(flag === undefined ? [] : [flag, '--allow-fs-read=*']), '--no-warnings', '-e', program];
    const found = execFileSync(process.execPath, args, { encoding: 'utf8' });
    assert.match(found, /^([\d.]+),\1\n$/);
  });

  test('has in WebAssembly the bits of the plain way: parameters after updates, outputs and logits', () => {
    for (const layers of shapes) {
      for (const [n, hidden] of hiddens.entries()) {
        const [output, loss] = pairs[(2 * n + layers.length) % pairs.length];
        const title = `${layers.join('-')} ${hidden} ${output} ${loss}`;
        const given = someCase(layers, hidden, output, loss);
        const { workspace, parameters, data } = given;
        const momentum = n % 2 === 0 ? 0 : 0.9;
        const removed = Int32Array.of(0, 3, workspace.weightCount - 1);
        const settings = { learningRate: 0.1, momentum, loss, removed };
        const order = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % ROWS);
        const [simd, plain] = [createMlp32, mlp32Plain].map(create => {
          const mlp = create(workspace, parameters, data, settings);
          for (const [from, to] of [
            [0, ROWS],
            [2, 3],
            [5, 21],
            [21, 128],
          ]) {
            mlp.step(order, from, to);
          }
          const other = { ...data, rows: 70, inputs: data.inputs.slice(0, 70 * layers[0]) };
          const found = {
            parameters: mlp.parameters().slice(),
            outputs: outputsOf(mlp, given),
            other: outputsOf(mlp, given, other),
          };
          mlp.dispose();
          return found;
        });
        assert.deepEqual(simd, plain, title);
        assert.equal(simd.parameters[3], 0);
        assert.ok(simd.parameters.every(Number.isFinite) && simd.outputs.length > ROWS, title);
      }
    }
  });

  test('has the same bits whatever number of threads shares it, before, while and after they come', async () => {
    for (const layers of [
      [784, 50, 30, 10],
      [40, 300],
      [61, 60, 33, 7, 3],
    ]) {
      const given = someCase(layers, 'tanh', 'softmax', 'cross-entropy');
      const { workspace, parameters, data } = given;
      const removed = Int32Array.of(0, 3, workspace.weightCount - 1);
      const settings = { learningRate: 0.1, momentum: 0.9, loss: 'cross-entropy', removed } as const;
      const order = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % ROWS);
      const crews = [0, 1, 3].map(helpers =>
        createMlp32(workspace, parameters, data, { ...settings, helpers }),
      );
      for (let round = 0; round < 3; round++) {
        const [alone, ...shared] = crews.map(mlp => {
          for (let from = 0; from < ROWS; from += 50) mlp.step(order, from, from + 50);
          mlp.step(order, 0, ROWS);
          return [mlp.parameters().slice(), outputsOf(mlp, given)];
        });
        for (const other of shared) assert.deepEqual(other, alone, `${layers.join('-')}, round ${round}`);
        // The threads start meanwhile, and fall asleep.
        await setTimeout(250);
      }
      for (const mlp of crews) mlp.dispose();
    }
  });

  test('shares a layer of more panels than a ticket counts', () => {
    // 8 pieces of rows x 8215 panels; a job that is counted wrong never ends.
    const { workspace, parameters, data } = someCase(
      [1, 230_000, 1],
      'tanh',
      'sigmoid',
      'squared-error',
      128,
    );
    const settings = {
      learningRate: 0.1,
      momentum: 0,
      loss: 'squared-error',
      removed: new Int32Array(0),
    } as const;
    const order = Int32Array.from(data.targets, (_, row) => row);
    const [alone, shared] = [0, 1].map(helpers => {
      const mlp = createMlp32(workspace, parameters, data, { ...settings, helpers });
      mlp.step(order, 0, order.length);
      const after = Buffer.from(mlp.parameters().slice().buffer);
      mlp.dispose();
      return after;
    });
    assert.ok(alone.equals(shared));
  });

  test('lists rows anew where memory is short, to the same bits', () => {
    const given = someCase([45, 31, 10], 'sigmoid', 'softmax', 'cross-entropy', 300);
    const { workspace, parameters, data } = given;
    const settings = {
      learningRate: 0.1,
      momentum: 0.9,
      loss: 'cross-entropy',
      removed: new Int32Array(0),
    } as const;
    const order = Int32Array.from({ length: 300 }, (_, row) => (row * 7) % 300);
    const [kept, anew] = [2 ** 30, 0].map(mostBytes => {
      const mlp = createMlp32(workspace, parameters, data, { ...settings, mostBytes });
      for (let from = 0; from < 300; from += 100) mlp.step(order, from, from + 100);
      mlp.step(order, 0, 300);
      const found = [mlp.parameters().slice(), outputsOf(mlp, given)];
      mlp.dispose();
      return found;
    });
    assert.deepEqual(anew, kept);
  });

  test('goes along the gradient, as differences of the loss in float64 give it', () => {
    for (const [n, [output, loss]] of pairs.entries()) {
      // Away from the kinks of relu, which 1e-6 may cross.
      for (const hidden of hiddens.filter(kind => kind !== 'relu')) {
        if (output === 'relu') continue;
        const { workspace, parameters, data } = someCase([5, 4, 3], hidden, output, loss, 12);
        const start = Float64Array.from(parameters, Math.fround);
        const inputs = Float64Array.from(data.inputs, Math.fround);
        const order = Int32Array.from({ length: 12 }, (_, row) => row);
        const settings = { learningRate: 1, momentum: 0, loss, removed: new Int32Array(0) };
        const mlp = createMlp32(workspace, start, data, settings);
        mlp.step(order, 0, 12);
        const stepped = mlp.parameters();
        const outputs = new Float64Array(36);
        const lossAt = (k: number, delta: number): number => {
          const moved = start.slice();
          moved[k] += delta;
          return mlpLoss(workspace, moved, inputs, data.targets, 12, loss, outputs);
        };
        for (let k = 0; k < start.length; k++) {
          const slope = (lossAt(k, 1e-5) - lossAt(k, -1e-5)) / 2e-5;
          assert.ok(Math.abs(start[k] - stepped[k] - slope) < 3e-7, `${n} ${hidden} ${output} ${loss} ${k}`);
        }
        mlp.dispose();
      }
    }
  });

  test('numbers that are not finite stay so, either way', () => {
    const { workspace, data } = someCase([9, 7, 2], 'tanh', 'softmax', 'squared-error');
    const parameters = new Float64Array(workspace.parameterCount).fill(Number.NaN);
    const settings = {
      learningRate: 1,
      momentum: 0,
      loss: 'squared-error',
      removed: Int32Array.of(1),
    } as const;
    for (const create of [createMlp32, mlp32Plain]) {
      const mlp = create(workspace, parameters, data, settings);
      mlp.step(Int32Array.of(0, 1), 0, 2);
      assert.deepEqual([...mlp.parameters()].filter(Number.isFinite), [0]);
      mlp.dispose();
    }
  });

  test('an instance that was given back serves the next network as a new one does', () => {
    const given = someCase([40, 30], 'sigmoid', 'sigmoid', 'squared-error', 20);
    const { workspace, parameters, data } = given;
    const settings = {
      learningRate: 1,
      momentum: 0.5,
      loss: 'squared-error',
      removed: new Int32Array(0),
    } as const;
    const order = Int32Array.from({ length: 20 }, (_, row) => row);
    const [first, second] = [1, 2].map(() => {
      const mlp = createMlp32(workspace, parameters, data, settings);
      mlp.step(order, 0, 20);
      mlp.step(order, 0, 20);
      const found = mlp.parameters().slice();
      mlp.dispose();
      mlp.dispose(); // Twice does no harm: it must not serve two at once.
      return found;
    });
    assert.deepEqual(second, first);
    const both = [createMlp32, createMlp32].map(create => create(workspace, parameters, data, settings));
    both[0].step(order, 0, 20);
    assert.notDeepEqual(both[0].parameters(), both[1].parameters());
    for (const mlp of both) mlp.dispose();
  });
});
