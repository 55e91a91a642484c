import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { weightCount } from '../../src/core/weightLayers';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import type { Activation, Network } from '../../src/network/network';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { withParameters } from '../../src/network/parameters';
import { predict } from '../../src/network/predict';
import { randomMask } from '../../src/pruning/randomMask';
import { singularValues } from '../../src/spectra/eigenvalues';
import { randomStream } from '../../src/statistics/random';
import { pruningError } from '../../src/study/pruningError';
import { fuzz } from '../support/awkwardSeries';

function drawn(
  layers: readonly number[],
  activation: Activation,
  output: Activation,
  seed: number,
  size = 2,
): Network {
  const random = randomStream(seed, 'weights of a test');
  const draw = (length: number) => Float64Array.from({ length }, () => size * (2 * random() - 1));
  return networkFromWeights({
    layers,
    activation,
    output,
    weights: layers.slice(1).map((width, l) => draw(width * layers[l])),
    biases: layers.slice(1).map(width => draw(width)),
  });
}

const none = (layers: readonly number[]) => createMask(layers, [], 'nothing removed');
const all = (layers: readonly number[]) =>
  createMask(
    layers,
    Array.from({ length: weightCount(layers) }, (_, i) => i),
    'all removed',
  );

test('of a linear map the error is radius times the spectral norm of what is removed', () => {
  const random = randomStream(1, 'matrix');
  const values = Float64Array.from({ length: 15 }, () => 2 * random() - 1);
  const layers = [5, 3];
  const network = networkFromWeights({
    layers,
    activation: 'identity',
    output: 'identity',
    weights: [values],
    biases: [new Float64Array(3)],
  });
  const mask = createMask(layers, [0, 3, 4, 8, 9, 11], 'some');
  const removed = values.map((value, i) => (mask.kept[i] === 1 ? 0 : value));
  const norm = singularValues({ rows: 3, cols: 5, values: removed }).at(-1) as number;
  for (const radius of [0.5, 1, 7]) {
    const { epsilon, upper, at } = pruningError(network, mask, { radius });
    assert.ok(Math.abs(epsilon - radius * norm) < 1e-9 * radius);
    assert.ok(Math.abs(upper - radius * norm) < 1e-9 * radius);
    assert.ok(Math.abs(Math.hypot(...at) - radius) < 1e-9);
  }
});

test('of two linear layers it is the spectral norm of the difference of the products', () => {
  const layers = [3, 4, 2];
  const network = drawn(layers, 'identity', 'identity', 3);
  const dense = withParameters(
    network,
    Float64Array.from([...network.weights.flatMap(m => [...m]), ...new Float64Array(6)]),
  );
  const mask = randomMask(layers, { share: 0.4, seed: 2 });
  const product = (first: ArrayLike<number>, second: ArrayLike<number>) =>
    Float64Array.from({ length: 6 }, (_, k) => {
      const [o, i] = [Math.floor(k / 3), k % 3];
      let sum = 0;
      for (let h = 0; h < 4; h++) sum += second[o * 4 + h] * first[h * 3 + i];
      return sum;
    });
  const kept = dense.weights.map((matrix, l) => matrix.map((w, i) => w * mask.kept[l === 0 ? i : 12 + i]));
  const full = product(dense.weights[0], dense.weights[1]);
  const change = product(kept[0], kept[1]).map((value, i) => value - full[i]);
  const norm = singularValues({ rows: 2, cols: 3, values: change }).at(-1) as number;
  const { epsilon, upper } = pruningError(dense, mask);
  assert.ok(Math.abs(epsilon - norm) < 1e-9);
  assert.ok(upper >= norm);
});

test('of one input it is what a fine grid finds', () => {
  for (const activation of ['sigmoid', 'tanh', 'relu'] as const) {
    for (let seed = 1; seed <= 5; seed++) {
      const network = drawn([1, 6, 2], activation, 'identity', seed, 4);
      const mask = randomMask([1, 6, 2], { share: 0.5, seed });
      const { epsilon, upper } = pruningError(network, mask, { radius: 2 });
      const grid = Float64Array.from({ length: 4001 }, (_, i) => (i - 2000) / 1000);
      const pruned = {
        ...network,
        weights: network.weights.map((m, l) => m.map((w, i) => w * mask.kept[6 * l + i])),
      };
      const [f, g] = [network, pruned].map(each => predict(each, grid, grid.length));
      let largest = 0;
      for (let r = 0; r < grid.length; r++) {
        largest = Math.max(largest, Math.hypot(f[2 * r] - g[2 * r], f[2 * r + 1] - g[2 * r + 1]));
      }
      assert.ok(epsilon >= largest - 1e-9 && epsilon < largest + 0.02, `${activation} ${seed}`);
      assert.ok(upper >= epsilon);
    }
  }
});

test('at 0 a sigmoid layer without biases changes by half the sum of the removed output weights', () => {
  const { weights, layers, ...rest } = drawn([3, 8, 1], 'sigmoid', 'identity', 4);
  const network = { ...rest, layers, weights, biases: [new Float64Array(8), new Float64Array(1)] };
  const mask = createMask(layers, [24, 26, 27, 31], 'four output weights');
  const half = Math.abs([0, 2, 3, 7].reduce((sum, u) => sum + weights[1][u], 0)) / 2;
  // In a tiny ball nothing but 0 counts.
  assert.ok(Math.abs(pruningError(network, mask, { radius: 1e-9 }).epsilon - half) < 1e-7);
});

test('nothing removed changes nothing; everything removed leaves the biases', () => {
  const network = drawn([4, 6, 3], 'tanh', 'sigmoid', 5);
  const same = pruningError(network, none([4, 6, 3]));
  assert.deepEqual([same.epsilon, same.upper, same.status], [0, 0, 'ok']);
  const linear = networkFromWeights({
    layers: [2, 1],
    activation: 'identity',
    output: 'identity',
    weights: [Float64Array.of(3, 4)],
    biases: [Float64Array.of(100)],
  });
  assert.ok(Math.abs(pruningError(linear, all([2, 1])).epsilon - 5) < 1e-12);
});

test('networks of different hidden widths are compared, without a bound', () => {
  const small = createNetwork({ layers: [4, 3, 3], seed: 1 });
  const { epsilon, upper } = pruningError(createNetwork({ layers: [4, 6, 3], seed: 1 }), small);
  assert.ok(epsilon > 0);
  assert.equal(upper, Number.POSITIVE_INFINITY);
});

test('a network that diverged has a status and no number', () => {
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const bad = withParameters(network, new Float64Array(51).fill(Number.NaN));
  for (const pair of [
    [bad, network],
    [network, bad],
  ]) {
    const { status, epsilon, upper } = pruningError(pair[0], pair[1]);
    assert.deepEqual([status, epsilon, upper], ['non-finite', Number.NaN, Number.NaN]);
  }
});

test('the same seed gives the same bits, and the network is left as it was', () => {
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const before = network.weights.map(matrix => [...matrix]);
  const mask = randomMask(network, { share: 0.4, seed: 1 });
  const [a, b] = [1, 2].map(() => pruningError(network, mask));
  assert.deepEqual(a, b);
  assert.deepEqual(
    network.weights.map(matrix => [...matrix]),
    before,
  );
});

test('wrong kinds, shapes and options are refused in words', () => {
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  assert.throws(() => pruningError(network, {} as never), /a mask or a network is required/);
  assert.throws(() => pruningError(network, createNetwork({ layers: [3, 6, 3], seed: 1 })), /4 inputs and 3/);
  assert.throws(() => pruningError(network, none([4, 5, 3])), TypeError);
  assert.throws(() => pruningError(network, none([4, 6, 3]), { radius: 0 }), RangeError);
  assert.throws(() => pruningError(network, none([4, 6, 3]), { climbs: 2000 }), RangeError);
  assert.throws(() => pruningError(network, none([4, 6, 3]), { point: 1 } as object), /perhaps 'points'/);
});

fuzz(
  'the error lies between what any point shows and the bound, in networks of every shape',
  fc.record({
    layers: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }),
    activation: fc.constantFrom('sigmoid', 'tanh', 'relu', 'identity'),
    output: fc.constantFrom('sigmoid', 'tanh', 'relu', 'identity', 'softmax'),
    seed: fc.integer({ min: 1, max: 1e6 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    radius: fc.constantFrom(0.01, 1, 30),
  }),
  ({ layers, activation, output, seed, share, radius }) => {
    const network = drawn(layers, activation as Activation, output as Activation, seed);
    const mask = randomMask(layers, { share, seed });
    const { epsilon, sampled, upper, at } = pruningError(network, mask, { radius, points: 20, climbs: 2 });
    assert.ok(epsilon >= sampled);
    assert.ok(epsilon <= upper * (1 + 1e-9) + 1e-12);
    assert.ok(Math.hypot(...at) <= radius * (1 + 1e-12));
  },
);
