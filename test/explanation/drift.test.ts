import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drift, importance, importanceDrift, type ShapleyValues, shapley } from '../../src';
import { normalRows, randomNetwork } from './games';

const background = normalRows(10, 5, 1);
const rows = normalRows(40, 5, 2);
const explain = (seed: number, outputs = 1): Promise<ShapleyValues> =>
  shapley(randomNetwork([5, 4, outputs], seed), background, rows);

describe('importance', () => {
  test('is the mean of |value| over rows, largest first, inside its interval', async () => {
    const shap = await explain(1);
    const { values, low, high, order, rows: counted } = importance(shap);
    for (let p = 0; p < 5; p++) {
      let sum = 0;
      for (let row = 0; row < 40; row++) sum += Math.abs(shap.values[row * 5 + p]);
      assert.ok(Math.abs(values[p] - sum / 40) < 1e-15);
      assert.ok(low[p] < values[p] && values[p] < high[p]);
    }
    assert.deepEqual(
      [...order].sort((a, b) => values[b] - values[a]),
      order,
    );
    assert.equal(counted, 40);
  });

  test('of several outputs is their sum, or that of the one asked for', async () => {
    const shap = await explain(1, 3);
    const all = importance(shap);
    const each = [0, 1, 2].map(output => importance(shap, { output }).values);
    all.values.forEach((value, p) => {
      assert.ok(Math.abs(value - each[0][p] - each[1][p] - each[2][p]) < 1e-15);
    });
    assert.equal(all.output, 'all outputs');
    assert.throws(() => importance(shap, { output: 3 }), RangeError);
  });

  test('leaves out rows without values; five rows have no interval', async () => {
    const holed = [...rows.slice(0, 5), new Float64Array(5).fill(Number.NaN)];
    const found = importance(await shapley(randomNetwork([5, 4, 1], 1), background, holed));
    assert.equal(found.rows, 5);
    assert.ok(found.values.every(Number.isFinite) && found.low.every(Number.isNaN));
  });
});

describe('drift', () => {
  test('from an explanation to itself is none', async () => {
    const shap = await explain(1);
    const { kendall, spearman, cosine, relativeL1, topOverlap, signFlips, sameOrder } = drift(shap, shap);
    for (const same of [kendall, spearman, cosine, topOverlap]) assert.ok(Math.abs(same.value - 1) < 1e-12);
    for (const none of [relativeL1, signFlips]) assert.equal(none.value, 0);
    assert.ok(sameOrder);
  });

  test('flips all signs of the negated model, and nothing else', async () => {
    const f = (sign: number) => (x: Float64Array, n: number) =>
      Float64Array.from({ length: n }, (_, r) => sign * Math.sin(x[2 * r] + 3 * x[2 * r + 1]));
    const two = rows.map(row => row.subarray(0, 2));
    const [a, b] = await Promise.all([1, -1].map(sign => shapley(f(sign), two.slice(0, 5), two.slice(5))));
    const found = drift(a, b);
    assert.equal(found.signFlips.value, 1);
    assert.ok(found.relativeL1.value < 1e-14);
  });

  test('measures of importances by hand: (3, 2, 1) to (3, 1, 2)', () => {
    const { kendall, spearman, cosine, relativeL1, topOverlap } = importanceDrift([3, 2, 1], [3, 1, 2], 2);
    assert.ok(Math.abs(kendall - 1 / 3) < 1e-15);
    assert.ok(Math.abs(spearman - 0.5) < 1e-15);
    assert.ok(Math.abs(cosine - 13 / 14) < 1e-15);
    assert.ok(Math.abs(relativeL1 - 2 / 6) < 1e-15);
    assert.equal(topOverlap, 0.5);
  });

  test('the band holds the drift to each other seed, and the share of them that drift as far', async () => {
    const [a, b, ...band] = await Promise.all([1, 2, 3, 4, 5].map(seed => explain(seed)));
    const found = drift(a, b, { band });
    band.forEach((other, k) => {
      assert.equal(found.cosine.band[k], drift(a, other).cosine.value);
    });
    const share = found.cosine.band.filter(value => value <= found.cosine.value).length / 3;
    assert.equal(found.cosine.bandShare, share);
    assert.ok(Number.isNaN(drift(a, b).cosine.bandShare));
    assert.equal(drift(a, b, { band: [b] }).relativeL1.bandShare, 1);
  });

  test('intervals come from rows drawn together, and hold the value', async () => {
    const [a, b] = await Promise.all([1, 2].map(seed => explain(seed)));
    const { cosine, relativeL1 } = drift(a, b);
    for (const { value, low, high } of [cosine, relativeL1]) assert.ok(low < value && value < high);
    assert.deepEqual(drift(a, b), drift(a, b));
    // Bars that are 10 % longer for every row are so for every sample.
    const longer = { ...a, values: a.values.map(value => 1.1 * value) };
    const exact = drift(a, longer).relativeL1;
    assert.ok(Math.abs(exact.value - 0.1) < 1e-12);
    assert.ok(Number.isNaN(exact.low) || exact.high - exact.low < 1e-12);
  });

  test('refuses explanations of other rows, features or scales', async () => {
    const a = await explain(1);
    const fewer = await shapley(randomNetwork([5, 4, 1], 1), background, rows.slice(1));
    assert.throws(() => drift(a, fewer), /same rows, features and outputs/);
    const logit = await shapley(randomNetwork([5, 4, 1], 1), background, rows, { link: 'logit' });
    assert.throws(() => drift(a, logit), /same link/);
    assert.throws(() => drift(a, a, { top: 6 }), RangeError);
  });
});
