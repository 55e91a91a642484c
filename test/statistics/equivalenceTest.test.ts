import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EquivalenceDesign, equivalenceTest } from '../../src/statistics/equivalenceTest';
import { normal, randomStream } from '../../src/statistics/random';
import { readOracle } from '../chaos/oracle';

type Numbers = Readonly<
  Record<'pValue' | 'lowerT' | 'lowerPValue' | 'upperT' | 'upperPValue' | 'df', number>
>;
type Case = { first: number[]; second: number[]; low: number; high: number } & Partial<
  Record<EquivalenceDesign, Numbers>
>;

const { tost } = readOracle<{ tost: Case[] }>('comparisons_statsmodels');

test('equivalenceTest equals statsmodels in every design', () => {
  let compared = 0;
  for (const { first, second, low, high, ...designs } of tost) {
    for (const design of ['paired', 'welch', 'pooled'] as const) {
      const expected = designs[design];
      if (expected === undefined) continue;
      const ours = equivalenceTest(first, second, { margin: [low, high], design });
      for (const name of Object.keys(expected) as (keyof Numbers)[]) {
        const error = Math.abs(ours[name] - expected[name]);
        assert.ok(error <= 1e-9 * Math.abs(expected[name]) + 1e-15, `${design} ${name}: ${ours[name]}`);
        compared++;
      }
    }
  }
  assert.equal(compared, 96);
});

test('by hand: differences 1, 2, 3 against a margin of 5 have t = 7 sqrt(3) and -3 sqrt(3)', () => {
  const ours = equivalenceTest([1, 2, 3], [0, 0, 0], { margin: 5 });
  assert.ok(Math.abs(ours.lowerT - 7 * Math.sqrt(3)) < 1e-12);
  assert.ok(Math.abs(ours.upperT + 3 * Math.sqrt(3)) < 1e-12);
  // Two degrees of freedom: P(T > t) = (1 - t / sqrt(2 + t^2)) / 2
  assert.ok(Math.abs(ours.upperPValue - (1 - Math.sqrt(27 / 29)) / 2) < 1e-12);
  assert.ok(Math.abs(ours.lowerPValue - (1 - Math.sqrt(147 / 149)) / 2) < 1e-12);
  assert.equal(ours.pValue, ours.upperPValue);
});

test('the test rejects exactly when the interval lies within the margins', () => {
  for (let seed = 0; seed < 300; seed++) {
    const draw = normal(randomStream(seed, 'tost'), 0.3);
    const [a, b] = [Array.from({ length: 6 }, draw), Array.from({ length: 6 }, draw)];
    for (const design of ['paired', 'welch', 'pooled'] as const) {
      const { low, high, equivalent } = equivalenceTest(a, b, { margin: [-0.9, 1.2], design });
      assert.equal(equivalent, low > -0.9 && high < 1.2);
    }
  }
});

test('a difference on the margin is called equivalent in 5 % of samples', () => {
  let rejected = 0;
  for (let seed = 0; seed < 4000; seed++) {
    const draw = normal(randomStream(seed, 'size'), 1);
    const differences = Array.from({ length: 10 }, draw);
    // The lower margin is far away, so that only the upper side decides.
    if (equivalenceTest(differences, new Float64Array(10), { margin: [-9, 1] }).equivalent) rejected++;
  }
  assert.ok(Math.abs(rejected / 4000 - 0.05) < 0.01, `${rejected / 4000}`);
});

test('lists that cannot be tested get a status and are not called equivalent', () => {
  const margin = 0.1;
  assert.equal(equivalenceTest([1], [1], { margin }).status, 'too-short');
  assert.equal(equivalenceTest([], [], { margin }).status, 'too-short');
  assert.equal(equivalenceTest([1, 2], [1, 2], { margin }).status, 'constant');
  assert.equal(equivalenceTest([0.1, 0.1, 0.1], [0, 0, 0], { margin: 0.2 }).status, 'constant');
  assert.equal(equivalenceTest([1, Number.NaN], [1, 2], { margin }).status, 'non-finite');
  assert.equal(equivalenceTest([1e308, -1e308], [-1e308, 1e308], { margin }).status, 'non-finite');
  const oneSide = equivalenceTest([1, 1, 1], [0.9, 1, 1.1], { margin: 1, design: 'welch' });
  assert.deepEqual([oneSide.status, oneSide.df, oneSide.equivalent], ['ok', 2, true]);
  for (const each of [equivalenceTest([1], [1], { margin }), equivalenceTest([1, 2], [1, 2], { margin })])
    assert.deepEqual([each.equivalent, each.pValue, each.low], [false, Number.NaN, Number.NaN]);
});

test('arguments of another kind or out of range throw', () => {
  assert.throws(() => equivalenceTest([1, 2], [1, 2, 3], { margin: 1 }), /lengths 2 and 3/);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], {} as never), /margin must be a number/);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], { margin: -1 }), RangeError);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], { margin: 0 }), RangeError);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], { margin: [1, -1] }), RangeError);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], { margin: 1, alpha: 0.7 }), RangeError);
  assert.throws(() => equivalenceTest([1, 2], [1, 2], { margin: 1, design: 'both' as never }), RangeError);
});

test('the example of the docstring holds', () => {
  const { pValue } = equivalenceTest([0.9, 0.88, 0.91, 0.89], [0.89, 0.89, 0.9, 0.9], { margin: 0.02 });
  assert.equal(pValue.toFixed(4), '0.0203');
});
