import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMask, type Mask } from '../../src/network/mask';
import type { Network } from '../../src/network/network';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { randomMask } from '../../src/pruning/randomMask';
import { removalCounts } from '../../src/pruning/removalCounts';
import { scoresFromScan } from '../../src/pruning/scoresFromScan';
import { selectWeights } from '../../src/pruning/selectWeights';
import { shuffledMask } from '../../src/pruning/shuffledMask';
import { scanOf } from './scanOf';

function networkOf(layers: readonly number[], weights: readonly number[][]): Network {
  return {
    kind: 'network',
    layers,
    activation: 'sigmoid',
    output: 'sigmoid',
    weights: weights.map(matrix => Float64Array.from(matrix)),
    biases: layers.slice(1).map(width => new Float64Array(width)),
    mask: null,
  };
}

function removedOf(mask: Mask): number[] {
  return Array.from(mask.kept, (kept, weight) => (kept === 0 ? weight : -1)).filter(weight => weight >= 0);
}

test('selectWeights removes p >= alpha or p < alpha, and keeps what has no answer', () => {
  const scan = scanOf([0.01, 0.05, 0.2, Number.NaN, 0.049]);
  const nonCausal = selectWeights(scan, { remove: 'non-causal' });
  assert.deepEqual(removedOf(nonCausal), [1, 2]);
  assert.equal(
    nonCausal.rule,
    'non-causal weights removed: Granger F test, lag 1, p >= 0.05; 1 of 5 weights without an answer, kept',
  );
  assert.deepEqual(removedOf(selectWeights(scan, { remove: 'causal' })), [0, 4]);
  const strict = selectWeights(scan, { remove: 'non-causal', unanswered: 'remove' });
  assert.deepEqual(removedOf(strict), [1, 2, 3]);
});

test('a correction makes fewer weights causal, so more are removed', () => {
  const scan = scanOf([0.001, 0.02, 0.04, 0.9, Number.NaN]);
  const counts = (['none', 'bh', 'holm', 'bonferroni'] as const).map(
    adjust => selectWeights(scan, { remove: 'non-causal', adjust }).removed,
  );
  // bh of 4: .004 .04 .0533 .9; holm: .004 .06 .08 .9; bonferroni: .004 .08 .16 1
  assert.deepEqual(counts, [1, 2, 3, 3]);
});

test('selectWeights refuses a scan of groups of weights', () => {
  assert.throws(
    () => selectWeights({ ...scanOf([0.1, 0.2]), layers: [4, 2] }, { remove: 'causal' }),
    TypeError,
  );
});

test('selectWeights refuses unknown rules', () => {
  const scan = scanOf([0.5]);
  assert.throws(() => selectWeights(scan, { remove: 'all' as never }), RangeError);
  assert.throws(() => selectWeights(scan, { remove: 'causal', alpha: 2 }), RangeError);
  assert.throws(() => selectWeights(scan, { remove: 'causal', adjust: 'sidak' as never }), RangeError);
});

test('randomMask removes exactly as many weights as asked, half to even', () => {
  assert.equal(randomMask([9, 6, 1], { share: 0.4, seed: 1 }).removed, 24);
  assert.equal(randomMask([4, 6, 3], { share: 0.25, seed: 1 }).removed, 10); // 10.5
  assert.equal(randomMask([2, 1, 1], { share: 0.5, seed: 1 }).removed, 2); // 1.5
  assert.equal(randomMask([9, 6, 1], { count: 0, seed: 1 }).removed, 0);
  assert.equal(randomMask([9, 6, 1], { share: 1, seed: 1 }).removed, 60);
  assert.throws(() => randomMask([9, 6, 1], { seed: 1 }), TypeError);
  assert.throws(() => randomMask([9, 6, 1], { share: 0.1, count: 6, seed: 1 }), TypeError);
  assert.throws(() => randomMask([9, 6, 1], { share: 40, seed: 1 }), RangeError);
  assert.throws(() => randomMask([9, 6, 1], { count: 61, seed: 1 }), RangeError);
});

test('randomMask repeats with its seed, differs with another, and is fair', () => {
  const draw = (seed: number) => removedOf(randomMask([3, 2, 1], { count: 2, seed }));
  assert.deepEqual(draw(5), draw(5));
  const times = new Array(8).fill(0);
  for (let seed = 0; seed < 4000; seed++) for (const weight of draw(seed)) times[weight]++;
  // 1000 expected each; standard deviation 27.
  for (const count of times) assert.ok(Math.abs(count - 1000) < 140, times.join(' '));
});

test('randomMask takes a network for its shape', () => {
  const network = networkOf([2, 1], [[1, 2]]);
  assert.deepEqual(
    removedOf(randomMask(network, { count: 1, seed: 3 })),
    removedOf(randomMask([2, 1], { count: 1, seed: 3 })),
  );
});

test('magnitudeMask removes the smallest weights, ties by index', () => {
  const network = networkOf(
    [2, 2, 2],
    [
      [0.5, -0.1, 0.1, 3],
      [-0.1, 2, 4, 0.3],
    ],
  );
  assert.deepEqual(removedOf(magnitudeMask(network, { count: 2 })), [1, 2]);
  assert.deepEqual(removedOf(magnitudeMask(network, { count: 4 })), [1, 2, 4, 7]);
  assert.deepEqual(removedOf(magnitudeMask(network, { share: 0.5, scope: 'layer' })), [1, 2, 4, 7]);
  assert.deepEqual(removedOf(magnitudeMask(network, { share: 0.25, scope: 'layer' })), [1, 4]);
  assert.throws(() => magnitudeMask(network, { count: 2, scope: 'layer' }), TypeError);
  assert.throws(() => magnitudeMask(networkOf([1, 1], [[Number.NaN]]), { count: 1 }), RangeError);
});

test('shuffledMask keeps the number of removed weights of every layer', () => {
  const mask = createMask([4, 5, 3], [0, 1, 2, 7, 20, 21], 'by hand');
  const shuffled = shuffledMask(mask, { seed: 2 });
  const removed = removedOf(shuffled);
  assert.equal(removed.filter(weight => weight < 20).length, 4);
  assert.equal(removed.filter(weight => weight >= 20).length, 2);
  assert.notDeepEqual(removed, removedOf(mask));
  assert.deepEqual(removedOf(shuffledMask(mask, { seed: 2 })), removed);
  assert.notDeepEqual(removedOf(shuffledMask(mask, { seed: 3 })), removed);
});

test('shuffledMask by scores draws among the weights that have one', () => {
  const scan = scanOf([0.9, 0.01, 0.2, Number.NaN, 0.03, 0.6, Number.NaN, 0.04]);
  const mask = selectWeights(scan, { remove: 'non-causal' });
  const scores = scoresFromScan(scan, { remove: 'non-causal' });
  const drawn = Array.from({ length: 400 }, (_, seed) => removedOf(shuffledMask(mask, { seed, scores })));
  const counts = Array.from({ length: 8 }, (_, w) => drawn.filter(removed => removed.includes(w)).length);
  assert.deepEqual([counts[3], counts[6]], [0, 0]);
  // Three of six: 200 each, standard deviation 10.
  assert.ok(
    counts.every((count, w) => [3, 6].includes(w) || Math.abs(count - 200) < 40),
    counts.join(),
  );
  const more = createMask([8, 1], [0, 1, 2, 3, 4, 5, 6], 'by hand');
  assert.throws(() => shuffledMask(more, { seed: 1, scores }), /removes 7 weights of layer 1, of which 6/);
  assert.throws(() => shuffledMask(createMask([4, 1], [0], ''), { seed: 1, scores }), TypeError);
  // Where all have a score, it is the plain shuffle.
  const all = scoresFromScan(scanOf([0.9, 0.01, 0.2, 0.5]), { remove: 'non-causal' });
  const two = createMask([4, 1], [0, 2], 'by hand');
  assert.deepEqual(
    removedOf(shuffledMask(two, { seed: 5, scores: all })),
    removedOf(shuffledMask(two, { seed: 5 })),
  );
});

test('removalCounts agrees with selectWeights in both directions, under every correction', () => {
  const scan = scanOf([0.0001, 0.011, 0.02, 0.04, 0.2, 0.9, Number.NaN]);
  const counts = removalCounts(scan);
  assert.equal(counts.unanswered, 1);
  assert.deepEqual(counts.rows[0].pValues, scan.pValue);
  for (const { adjust, nonCausal, causal } of counts.rows) {
    assert.equal(nonCausal, selectWeights(scan, { remove: 'non-causal', adjust }).removed);
    assert.equal(causal, selectWeights(scan, { remove: 'causal', adjust }).removed);
    assert.equal(nonCausal + causal + counts.unanswered, counts.weights);
  }
  // By hand: Bonferroni leaves one p-value below 0.05 (6 x 0.0001), Benjamini-Hochberg three (6/3 x 0.02 = 0.04).
  assert.deepEqual(
    counts.rows.map(({ causal }) => causal),
    [4, 3, 1, 1, 1],
  );
  assert.throws(() => removalCounts(scan, { alpha: 2 }), RangeError);
});
