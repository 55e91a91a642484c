import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GrangerScan } from '../../src/causality/grangerScan';
import { weightCount } from '../../src/core/weightLayers';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { invertedMask } from '../../src/pruning/invertedMask';
import { iterativePruning } from '../../src/pruning/iterativePruning';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { maskFromScores } from '../../src/pruning/maskFromScores';
import { pruningRules, pruningScores } from '../../src/pruning/pruningScores';
import { randomMask } from '../../src/pruning/randomMask';
import { removalCounts } from '../../src/pruning/removalCounts';
import { scoresFromScan } from '../../src/pruning/scoresFromScan';
import { selectWeights } from '../../src/pruning/selectWeights';
import { shuffledMask } from '../../src/pruning/shuffledMask';
import { smallerDense } from '../../src/pruning/smallerDense';
import { toyDataset } from '../network/toyDataset';
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

fuzz(
  'maskFromScores removes exactly what was asked of any rule, after any mask, and its inverse as many of every layer',
  fc.tuple(shapes, fc.constantFrom(...pruningRules), shares, shares, seeds),
  async ([layers, rule, before, share, seed]) => {
    const outputs = layers[layers.length - 1];
    const network = createNetwork({ layers, init: 'glorot-uniform', seed });
    const worn = applyMask(network, randomMask(layers, { share: before * share, seed }));
    const scores = await pruningScores(worn, toyDataset(layers[0], outputs), { rule });
    const mask = maskFromScores(scores, { share });
    isMask(mask, weightCount(layers));
    assert.ok(Math.abs(mask.removed - share * mask.kept.length) <= 0.5);
    applyMask(worn, mask);
    const inverse = invertedMask(mask, scores);
    isMask(inverse, mask.kept.length);
    assert.equal(inverse.removed, mask.removed);
    applyMask(worn, inverse);
  },
);

fuzz(
  'iterativePruning ends exactly, whatever rounds and schedule, with nested masks',
  fc.tuple(
    shapes,
    fc.constantFrom('magnitude' as const, 'lamp' as const, 'synflow' as const),
    shares,
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom('exponential' as const, 'linear' as const),
    fc.constantFrom('global' as const, 'layer' as const),
    seeds,
  ),
  async ([layers, rule, share, rounds, schedule, scope, seed]) => {
    const network = createNetwork({ layers, init: 'he-normal', seed });
    const pruned = await iterativePruning(network, null, { rule, share, rounds, schedule, scope });
    const once = maskFromScores(await pruningScores(network, null, { rule }), { share, scope });
    assert.equal(pruned.mask.removed, once.removed);
    assert.equal(pruned.rounds.length, rounds);
    pruned.rounds.reduce((earlier, { mask }) => {
      isMask(mask, weightCount(layers));
      mask.kept.forEach((bit, weight) => {
        assert.ok(bit <= earlier.kept[weight]);
      });
      return mask;
    }, pruned.rounds[0].mask);
  },
);

fuzz(
  'scoresFromScan ranks as selectWeights chooses',
  fc.tuple(scans, alphas, fc.constantFrom('causal' as const, 'non-causal' as const)),
  ([scan, alpha, remove]) => {
    const chosen = selectWeights(scan, { remove, alpha });
    const mask = maskFromScores(scoresFromScan(scan, { remove }), { count: chosen.removed });
    assert.deepEqual(mask.kept, chosen.kept);
  },
);

fuzz(
  'smallerDense finds a shape between one unit a layer and the whole, as close as any on one hidden layer',
  fc.tuple(
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 6 }),
    fc.double({ min: 0, max: 5000, noNaN: true }),
  ),
  ([layers, weights]) => {
    const shape = smallerDense(layers, weights);
    assert.equal(shape.weights, weightCount(shape.layers));
    assert.deepEqual([shape.layers[0], shape.layers.at(-1)], [layers[0], layers.at(-1)]);
    shape.layers.forEach((width, l) => {
      assert.ok(width >= 1 && width <= layers[l]);
    });
    if (layers.length > 3) return;
    for (let width = 1; width <= layers[1]; width++) {
      const count = weightCount([layers[0], width, layers[2]]);
      assert.ok(Math.abs(shape.weights - weights) <= Math.abs(count - weights));
    }
  },
);

fuzz(
  'pruningScores gives one score a weight for any numbers, and says what they are worth',
  fc
    .tuple(shapes, fc.constantFrom(...pruningRules))
    .chain(([layers, rule]) =>
      fc.tuple(
        fc.constant(layers),
        fc.constant(rule),
        fc.array(anyNumber(), { minLength: weightCount(layers), maxLength: weightCount(layers) }),
        shares,
      ),
    ),
  async ([layers, rule, values, share]) => {
    const dense = createNetwork({ layers, seed: 1 });
    let from = 0;
    const weights = dense.weights.map(({ length }) => {
      from += length;
      return Float64Array.from(values.slice(from - length, from));
    });
    const network = { ...dense, weights };
    const data = toyDataset(layers[0], layers[layers.length - 1]);
    const scores = await pruningScores(network, data, { rule });
    assert.equal(scores.scores.length, values.length);
    assert.equal(scores.unanswered, scores.scores.filter(Number.isNaN).length);
    assert.equal(scores.status === 'non-finite', !scores.scores.every(Number.isFinite));
    const asked = magnitudeMask(dense, { share }).removed;
    if (asked <= values.length - scores.unanswered) {
      isMask(maskFromScores(scores, { share }), values.length);
    } else {
      assert.throws(() => maskFromScores(scores, { share }), RangeError);
    }
  },
);
