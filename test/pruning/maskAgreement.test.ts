import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMask, maskAgreement, randomMask, randomStream, shuffledMask } from '../../src';

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

test('masks that share an input, not a unit, agree as chance within inputs and outputs says', () => {
  // Of 6 units each 2 to 4 lose input 1; of output 2 each mask loses 3 of 6 weights.
  const stream = randomStream(5, 'units');
  const units = (count: number): number[] =>
    [0, 1, 2, 3, 4, 5]
      .map(unit => [stream(), unit])
      .sort(([a], [b]) => a - b)
      .slice(0, count)
      .map(([, unit]) => unit);
  const masks = Array.from({ length: 60 }, (_, i) => {
    const removed = [
      ...units(2 + (i % 3)).map(unit => 4 * unit + 1),
      ...units(3).map(unit => 24 + 12 + unit),
    ];
    return createMask(layers, removed, 'an input and an output');
  });
  const [byLayer, byInput] = (['layer', 'input-output'] as const).map(chance =>
    maskAgreement(masks, { chance }),
  );
  assert.ok(byLayer.jaccard > byLayer.chance + 10 * byLayer.chanceSd);
  assert.ok(Math.abs(byInput.jaccard - byInput.chance) < 3 * byInput.chanceSd);
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
