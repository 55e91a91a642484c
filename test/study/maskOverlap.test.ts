import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { maskOverlap, orderAgreement, pooledOverlap } from '../../src/study/maskOverlap';

/** Every set of `size` of the numbers 0 to n - 1. */
function subsets(n: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (n < size) return [];
  return [...subsets(n - 1, size), ...subsets(n - 1, size - 1).map(some => [...some, n - 1])];
}

describe('maskOverlap', () => {
  test('counts, Jaccard and chance value of a small case by hand', () => {
    const published = [1, 2, 3];
    const recomputed = [2, 3, 4, 5];
    assert.deepEqual(maskOverlap(Object.freeze(published), Object.freeze(recomputed), 10), {
      published: 3,
      recomputed: 4,
      shared: 2,
      jaccard: 0.4,
      chance: 1.2,
    });
  });

  test('the chance value is the mean over all masks of that size', () => {
    const published = [0, 3, 4];
    for (const size of [0, 1, 2, 5, 7]) {
      const shared = subsets(7, size).map(mask => maskOverlap(published, mask, 7).shared);
      const mean = shared.reduce((sum, each) => sum + each, 0) / shared.length;
      assert.ok(
        Math.abs(maskOverlap(published, subsets(7, size)[0], 7).chance - mean) < 1e-12,
        `size ${size}`,
      );
    }
  });

  test('two empty masks agree fully, by necessity', () => {
    assert.deepEqual(maskOverlap([], [], 5), {
      published: 0,
      recomputed: 0,
      shared: 0,
      jaccard: 1,
      chance: 0,
    });
  });
});

test('pooledOverlap adds counts and chance values and takes Jaccard of the sums', () => {
  const pooled = pooledOverlap([maskOverlap([0, 1], [1, 2], 4), maskOverlap([3], [3], 4)]);
  assert.deepEqual(pooled, { published: 3, recomputed: 3, shared: 2, jaccard: 0.5, chance: 1.25 });
});

test('orderAgreement counts pairs; equal p-values are in neither count', () => {
  const pValue = [0.9, 0.1, 0.3, 0.3, 0.2];
  assert.deepEqual(orderAgreement([1, 2, 3, 4], pValue), { inOrder: 3, outOfOrder: 2 });
});
