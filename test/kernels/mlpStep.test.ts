import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { hasSameSigmoid, mlpLayerModule } from '../../src/kernels/mlpLayerModule';
import { mlpPredict } from '../../src/kernels/mlpPredict';
import { createMlpStep, MOST_STEPS } from '../../src/kernels/mlpStep';
import { mlpUpdate } from '../../src/kernels/mlpUpdate';
import { type MlpWorkspace, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';

const ROWS = 7;
const none = new Int32Array(0);

function sigmoids(layers: readonly number[]): MlpWorkspace {
  return mlpWorkspace(layers, 'sigmoid', 'sigmoid');
}

function numbers(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next);
}

describe('mlpStep', () => {
  test('many updates in one call are the same updates one by one, and predictions those of mlpPredict', () => {
    const random = randomStream(4, 'many');
    const workspace = sigmoids([5, 7, 3]);
    const start = numbers(workspace.parameterCount, () => 4 * random() - 2);
    const inputs = numbers(ROWS * 5, () => (random() < 0.3 ? 0 : 2 * random() - 1));
    const targets = numbers(ROWS * 3, () => Math.round(random()));
    const others = numbers(40 * 5, () => (random() < 0.3 ? 0 : 2 * random() - 1));
    const many = createMlpStep(workspace, start, inputs, targets, Int32Array.of(3));
    const single = createMlpStep(workspace, start, inputs, targets, Int32Array.of(3));
    assert.ok(many && single);
    const order = Int32Array.from({ length: 2 * MOST_STEPS }, () => Math.floor(ROWS * random()));
    for (let from = 0; from < order.length; from += MOST_STEPS) {
      assert.equal(many.steps(order, from, order.length, 0.7), MOST_STEPS);
    }
    for (const row of order) single.step(row, 0.7);
    assert.deepEqual(many.parameters.slice(), single.parameters.slice());
    for (const rows of [inputs, others, others]) {
      const outputs = new Float64Array((rows.length / 5) * 3);
      const expected = outputs.slice();
      assert.ok(many.predict(rows, rows.length / 5, outputs));
      mlpPredict(workspace, many.parameters.slice(), rows, rows.length / 5, expected);
      assert.deepEqual(outputs, expected);
    }
    many.parameters[0] = Number.NaN;
    assert.equal(many.predict(others, 40, new Float64Array(120)), false);
    assert.ok(many.steps(order, 0, 9, 0.7) < 9);
    many.dispose();
    single.dispose();
  });

  for (const layers of [
    [4, 6, 3],
    [3, 2],
    [1, 1, 1],
    [5, 7, 4, 2, 3],
    [9, 6, 1],
  ]) {
    test(`gives the bits of mlpGradient and mlpUpdate, update after update: ${layers.join('-')}`, () => {
      const random = randomStream(3, layers.join('-'));
      const workspace = sigmoids(layers);
      const expected = numbers(workspace.parameterCount, () => (random() < 0.1 ? -0 : 4 * random() - 2));
      const inputs = numbers(ROWS * layers[0], () => (random() < 0.3 ? 0 : 2 * random() - 1));
      const targets = numbers(ROWS * layers[layers.length - 1], () => Math.round(random()));
      const removed = Int32Array.of(0, workspace.weightCount - 1);
      const kernel = createMlpStep(workspace, expected, inputs, targets, removed);
      assert.ok(kernel);
      const gradient = new Float64Array(expected.length);
      for (let update = 0; update < 200; update++) {
        const row = update % ROWS;
        const order = Int32Array.of(row);
        mlpGradient(
          workspace,
          expected,
          gradient,
          inputs,
          targets,
          Int32Array.from(order),
          0,
          1,
          'squared-error',
        );
        mlpUpdate(expected, gradient, gradient, removed, 1, 0.7, 0);
        assert.ok(kernel.step(row, 0.7));
        assert.deepEqual(kernel.parameters.slice(), expected, `update ${update}`);
      }
      kernel.dispose();
    });
  }

  test('does nothing where a sum is not within 700', () => {
    for (const weight of [800, -800, Number.NaN, Number.POSITIVE_INFINITY]) {
      const parameters = Float64Array.of(weight, 0.5, 0, 0);
      const kernel = createMlpStep(
        sigmoids([1, 1, 1]),
        parameters,
        Float64Array.of(1),
        Float64Array.of(1),
        none,
      );
      assert.equal(kernel?.step(0, 0.1), false);
      assert.deepEqual(kernel?.parameters.slice(), parameters);
      kernel?.dispose();
    }
  });

  test('is there for small networks of sigmoids only', () => {
    const make = (workspace: MlpWorkspace) =>
      createMlpStep(
        workspace,
        new Float64Array(workspace.parameterCount),
        new Float64Array(64),
        new Float64Array(2),
        none,
      );
    assert.equal(make(mlpWorkspace([4, 6, 3], 'tanh', 'sigmoid')), null);
    assert.equal(make(mlpWorkspace([4, 6, 3], 'sigmoid', 'softmax')), null);
    assert.equal(make(sigmoids([64, 64, 2])), null);
  });

  test('memory that is handed back serves the next, and where none is left there is no kernel', () => {
    const workspace = sigmoids([2, 1]);
    const rows = new Float64Array(2e5);
    const make = () => createMlpStep(workspace, Float64Array.of(1, 2, 3), rows, new Float64Array(1e5), none);
    for (let k = 0; k < 100; k++) make()!.dispose();
    const first = make();
    assert.ok(first);
    assert.equal(make(), null);
    first.dispose();
    first.dispose();
    const last = make();
    assert.deepEqual(last?.parameters.slice(), Float64Array.of(1, 2, 3));
    last?.dispose();
  });
});

describe('the sigmoid in WebAssembly', () => {
  const module = mlpLayerModule()!;
  assert.ok(hasSameSigmoid(module));

  test('is compared with that of Math.exp without leaving anything behind', () => {
    const bytes = new Uint8Array(module.memory.buffer, module.firstFree());
    assert.ok(bytes.length >= 16_000 && bytes.every(byte => byte === 0));
  });

  test('has the bits of 1 / (1 + Math.exp(-x)) at borders of the reduction and between them', () => {
    const random = randomStream(4, 'sigmoid');
    const borders = [0.5 * Math.LN2, 1.5 * Math.LN2, 1, 2 ** -28, 699.9, Number.MIN_VALUE, 0, -0];
    const near = borders.flatMap(x => [-3, -1, 0, 1, 3].map(ulps => x * (1 + ulps * Number.EPSILON)));
    const drawn = Array.from({ length: 20_000 }, () => (2 * random() - 1) * 10 ** (2.8 * random()));
    const given = [...near, ...near.map(x => -x), ...drawn];
    const start = module.firstFree();
    module.memory.grow(8);
    const found = new Float64Array(module.memory.buffer, start, given.length);
    found.set(given);
    assert.equal(module.sigmoid(start, start + 8 * given.length), 1);
    assert.deepEqual(
      found.slice(),
      Float64Array.from(given, x => 1 / (1 + Math.exp(-x))),
    );
  });

  test('leaves all numbers as they are where one is not within 700', () => {
    const start = module.firstFree();
    const numbers = new Float64Array(module.memory.buffer, start, 4);
    for (const bad of [700, -1000, Number.NaN, Number.NEGATIVE_INFINITY]) {
      numbers.set([1, 2, 3, bad]);
      assert.equal(module.sigmoid(start, start + 32), 0);
      assert.deepEqual([...numbers], [1, 2, 3, bad]);
    }
  });
});
