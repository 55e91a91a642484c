import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GrangerScan } from '../../src/causality/grangerScan';
import { weightCount } from '../../src/network/mask';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { randomMask } from '../../src/pruning/randomMask';
import { removalCounts } from '../../src/pruning/removalCounts';
import { selectWeights } from '../../src/pruning/selectWeights';
import { shuffledMask } from '../../src/pruning/shuffledMask';
import { anyNumber, fuzz } from '../support/awkwardSeries';

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 4 });
const shares = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const seeds = fc.integer();
const alphas = fc.oneof(fc.constantFrom(0, 0.05, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const pValues = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, 0.05, 1) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const corrections = fc.constantFrom(
  'none' as const,
  'bh' as const,
  'by' as const,
  'holm' as const,
  'bonferroni' as const,
);

const scans: fc.Arbitrary<GrangerScan> = shapes.chain(layers =>
  fc.array(pValues, { minLength: weightCount(layers), maxLength: weightCount(layers) }).map(
    (found): GrangerScan => ({
      kind: 'granger-scan',
      test: 'f',
      layers,
      weights: found.length,
      windows: 30,
      lags: [1, 2],
      lagRule: 'bic',
      lag: new Int32Array(found.length).fill(1),
      statistic: new Float64Array(found.length),
      geweke: new Float64Array(found.length),
      pValue: Float64Array.from(found),
      status: Uint8Array.from(found, p => (Number.isNaN(p) ? 1 : 0)),
    }),
  ),
);

/** Zeros and ones only, as many zeros as it says. */
function isMask({ kept, removed }: { kept: Uint8Array; removed: number }, weights: number): void {
  assert.equal(kept.length, weights);
  assert.ok(kept.every(bit => bit === 0 || bit === 1));
  assert.equal(kept.filter(bit => bit === 0).length, removed);
}

fuzz(
  'selectWeights splits the answered weights between its two rules',
  fc.tuple(scans, alphas, corrections),
  ([scan, alpha, adjust]) => {
    const nonCausal = selectWeights(scan, { remove: 'non-causal', alpha, adjust });
    const causal = selectWeights(scan, { remove: 'causal', alpha, adjust });
    isMask(nonCausal, scan.weights);
    isMask(causal, scan.weights);
    scan.pValue.forEach((p, weight) => {
      const removedBy = 2 - nonCausal.kept[weight] - causal.kept[weight];
      assert.equal(removedBy, Number.isNaN(p) ? 0 : 1);
    });
    const all = selectWeights(scan, { remove: 'causal', alpha, adjust, unanswered: 'remove' });
    assert.equal(all.removed, causal.removed + scan.pValue.filter(Number.isNaN).length);
  },
);

fuzz('removalCounts counts what selectWeights removes', fc.tuple(scans, alphas), ([scan, alpha]) => {
  const { rows, unanswered } = removalCounts(scan, { alpha });
  for (const { adjust, causal, nonCausal } of rows) {
    assert.equal(causal + nonCausal + unanswered, scan.weights);
    assert.equal(selectWeights(scan, { remove: 'causal', alpha, adjust }).removed, causal);
    assert.equal(selectWeights(scan, { remove: 'non-causal', alpha, adjust }).removed, nonCausal);
    assert.ok(causal <= rows[0].causal);
  }
});

fuzz(
  'randomMask removes exactly the share asked for',
  fc.tuple(shapes, shares, seeds),
  ([layers, share, seed]) => {
    const weights = weightCount(layers);
    const mask = randomMask(layers, { share, seed });
    isMask(mask, weights);
    assert.ok(Math.abs(mask.removed - share * weights) <= 0.5);
    assert.deepEqual(randomMask(layers, { count: mask.removed, seed }).kept, mask.kept);
  },
);

fuzz(
  'shuffledMask removes as many weights of every layer',
  fc.tuple(shapes, shares, seeds),
  ([layers, share, seed]) => {
    const before = randomMask(layers, { share, seed });
    const after = shuffledMask(before, { seed });
    isMask(after, weightCount(layers));
    let from = 0;
    for (let l = 1; l < layers.length; l++) {
      const to = from + layers[l] * layers[l - 1];
      const kept = [before, after].map(mask =>
        mask.kept.subarray(from, to).reduce((sum, bit) => sum + bit, 0),
      );
      assert.equal(kept[0], kept[1]);
      from = to;
    }
  },
);

fuzz(
  'magnitudeMask removes the smallest weights, infinities last',
  shapes.chain(layers =>
    fc.tuple(
      fc.constant(layers),
      fc.array(
        anyNumber().filter(value => !Number.isNaN(value)),
        { minLength: weightCount(layers), maxLength: weightCount(layers) },
      ),
      shares,
      fc.constantFrom('global' as const, 'layer' as const),
    ),
  ),
  ([layers, values, share, scope]) => {
    let from = 0;
    const weights = layers.slice(1).map((width, l) => {
      const matrix = Float64Array.from(values.slice(from, from + width * layers[l]));
      from += matrix.length;
      return matrix;
    });
    const biases = layers.slice(1).map(width => new Float64Array(width));
    const mask = magnitudeMask(
      { kind: 'network', layers, activation: 'sigmoid', output: 'sigmoid', weights, biases, mask: null },
      { share, scope },
    );
    isMask(mask, values.length);
    if (scope === 'layer') return;
    const sizes = values.map(Math.abs);
    const removed = sizes.filter((_, i) => mask.kept[i] === 0);
    const kept = sizes.filter((_, i) => mask.kept[i] === 1);
    if (removed.length > 0 && kept.length > 0) assert.ok(Math.max(...removed) <= Math.min(...kept));
  },
);
