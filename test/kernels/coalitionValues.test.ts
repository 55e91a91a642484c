import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createCoalitionKernel } from '../../src/kernels/coalitionValues';
import { flattenParameters } from '../../src/network/parameters';
import { networkWorkspace } from '../../src/network/predict';
import { normal, randomStream } from '../../src/statistics/random';
import { largestGap, normalRows, randomNetwork } from '../explanation/games';
import { fuzz } from '../support/awkwardSeries';

/** Values of all coalitions over three background rows, in two stretches of blocks each. */
function valuesBy(name: 'simd' | 'twin', features: number, hidden: number, sd: number, seed: number) {
  const network = randomNetwork([features, hidden, 1], seed, 'sigmoid', sd);
  const kernel = createCoalitionKernel(networkWorkspace(network), flattenParameters(network), features, name);
  const [row] = normalRows(1, features, seed);
  const background = Float64Array.from(normalRows(3, features, seed + 1).flatMap(each => [...each]));
  const players = Array.from({ length: features }, (_, i) => Int32Array.of(i));
  const values = new Float64Array(2 ** features);
  for (let b = 0; b < 3; b++) {
    const blocks = kernel.prepare(row, 0, background, b, players);
    const half = blocks >> 1;
    kernel.add(0, half, (b + 1) / 6, values);
    kernel.add(half, blocks, (b + 1) / 6, values);
  }
  kernel.finish(values);
  return values;
}

describe('the WebAssembly loop over coalitions', () => {
  for (const [features, hidden] of [
    [1, 1],
    [2, 3],
    [5, 4],
    [9, 6],
    [11, 8],
    [12, 66],
  ]) {
    test(`equals the plain loop to 1e-14 of the output: ${features} features, ${hidden} hidden units`, () => {
      const [simd, twin] = (['simd', 'twin'] as const).map(name => valuesBy(name, features, hidden, 0.8, 3));
      assert.ok(largestGap(simd, twin) < 1e-14);
    });
  }

  test('leaves pairs that are too far apart for it to the plain loop, without a trace', () => {
    for (const sd of [20, 60, 200, 1000]) {
      const [simd, twin] = (['simd', 'twin'] as const).map(name => valuesBy(name, 6, 5, sd, 4));
      assert.ok(simd.every(value => value >= 0 && value <= 1));
      assert.ok(largestGap(simd, twin) < 1e-12);
    }
  });
});

fuzz(
  'one instance after another row, other groups and other weights: values by asking coalition by coalition',
  fc.record({
    features: fc.integer({ min: 1, max: 8 }),
    hidden: fc.integer({ min: 1, max: 67 }),
    sdBelow: fc.constantFrom(0.01, 1, 10, 60),
    sdAbove: fc.constantFrom(0.01, 1, 10, 60),
    rows: fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 8, maxLength: 8 }), {
      minLength: 1,
      maxLength: 3,
    }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  }),
  ({ features, hidden, sdBelow, sdAbove, rows, seed }) => {
    const network = randomNetwork([features, hidden, 1], seed);
    const parameters = flattenParameters(network);
    const draw = normal(randomStream(seed, 'parameters'));
    const below = features * hidden;
    for (let k = 0; k < parameters.length; k++) {
      const isBelow = k < below || (k >= below + hidden && k < parameters.length - 1);
      parameters[k] = draw() * (isBelow ? sdBelow : sdAbove);
    }
    const kernel = createCoalitionKernel(networkWorkspace(network), parameters, features);
    const inputs = Float64Array.from(normalRows(rows.length, features, seed).flatMap(each => [...each]));
    const background = Float64Array.from(normalRows(2, features, seed + 1).flatMap(each => [...each]));
    rows.forEach((teams, row) => {
      const players = groupsOf(teams.slice(0, features));
      const values = new Float64Array(2 ** players.length);
      for (let b = 0; b < 2; b++) {
        kernel.add(0, kernel.prepare(inputs, row, background, b, players), (b + 1) / 3, values);
      }
      kernel.finish(values);
      const asked = values.map((_, coalition) => {
        let sum = 0;
        for (let b = 0; b < 2; b++) {
          const mixed = background.slice(b * features, (b + 1) * features);
          players.forEach((columns, p) => {
            if ((coalition >> p) & 1) for (const i of columns) mixed[i] = inputs[row * features + i];
          });
          sum += ((b + 1) / 3) * outputOf(parameters, hidden, mixed);
        }
        return sum;
      });
      // Sums of numbers of size 1e3 are known to 1e-12 either way.
      assert.ok(largestGap(values, asked) < 1e-11);
    });
  },
);

/** Features of the same team as one player; those of team 0 have none and stay as the background has them. */
function groupsOf(teams: readonly number[]): Int32Array[] {
  const groups = Array.from({ length: 9 }, (_, team) =>
    teams.flatMap((each, i) => (each === team ? [i] : [])),
  );
  return groups.slice(1).flatMap(group => (group.length > 0 ? [Int32Array.from(group)] : []));
}

/** The output of a network of one hidden layer, all sigmoid, unit by unit. */
function outputOf(parameters: Float64Array, hidden: number, row: Float64Array): number {
  const below = row.length * hidden;
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
  let z = parameters[parameters.length - 1];
  for (let u = 0; u < hidden; u++) {
    const own = row.reduce(
      (sum, x, i) => sum + parameters[u * row.length + i] * x,
      parameters[below + hidden + u],
    );
    z += parameters[below + u] * sigmoid(own);
  }
  return sigmoid(z);
}
