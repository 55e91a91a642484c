import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMask, maskAgreement, randomMask, shuffledMask } from '../../src';

const layers = [4, 6, 3];

test('random masks agree as often as chance says, with the spread it says', () => {
  const masks = Array.from({ length: 60 }, (_, seed) => randomMask(layers, { count: 8, seed }));
  const { jaccard, chance, chanceSd, pairs } = maskAgreement(masks);
  assert.equal(pairs.length, 1770);
  assert.ok(Math.abs(jaccard - chance) < 3 * chanceSd, `${jaccard}, ${chance} with sd ${chanceSd}`);
  assert.ok(chanceSd < 0.1 * chance);
});

test('chance per layer holds for shuffled masks, which agree more than chance over the network', () => {
  const first = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]; // half of layer 1, nothing of layer 2
  const mask = createMask(layers, first, 'half of layer 1');
  const masks = Array.from({ length: 60 }, (_, seed) => shuffledMask(mask, { seed }));
  const byLayer = maskAgreement(masks, { chance: 'layer' });
  assert.ok(Math.abs(byLayer.jaccard - byLayer.chance) < 3 * byLayer.chanceSd);
  const byNetwork = maskAgreement(masks);
  assert.ok(byNetwork.jaccard > byNetwork.chance + 10 * byNetwork.chanceSd);
});

test('equal masks share everything, disjoint ones nothing', () => {
  const a = createMask([4, 2, 1], [0, 1], 'a');
  const b = createMask([4, 2, 1], [2, 3], 'b');
  assert.equal(maskAgreement([a, a]).jaccard, 1);
  // 1 of C(10, 2) pairs of weights
  assert.ok(Math.abs(maskAgreement([a, a]).pairs[0].pValue - 1 / 45) < 1e-15);
  assert.deepEqual(
    { ...maskAgreement([a, b]).pairs[0], chance: 0 },
    {
      first: 0,
      second: 1,
      shared: 0,
      jaccard: 0,
      chance: 0,
      pValue: 1,
    },
  );
  const dense = createMask([4, 2, 1], [], 'nothing');
  assert.deepEqual([maskAgreement([dense, dense]).jaccard, maskAgreement([dense, dense]).chance], [1, 1]);
});

test('the example of the docstring holds', () => {
  const pair = [createMask([4, 2, 1], [0, 1], 'a'), createMask([4, 2, 1], [1, 2], 'b')];
  assert.equal(maskAgreement(pair).jaccard.toFixed(3), '0.333');
});

test('other things than masks of one shape throw', () => {
  const mask = createMask([4, 2, 1], [0], 'a');
  assert.throws(() => maskAgreement([mask]), RangeError);
  assert.throws(() => maskAgreement([mask, createMask([2, 4, 1], [0], 'b')]), /4-2-1 and 2-4-1/);
  assert.throws(() => maskAgreement([mask, {} as never]), TypeError);
  assert.throws(() => maskAgreement(mask as never), TypeError);
  assert.throws(() => maskAgreement([mask, mask], { chance: 'row' as never }), RangeError);
});
