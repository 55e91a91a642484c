import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCoalitionKernel } from '../../src/kernels/coalitionValues';
import { flattenParameters } from '../../src/network/parameters';
import { networkWorkspace } from '../../src/network/predict';
import { largestGap, normalRows, randomNetwork } from '../explanation/games';

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
