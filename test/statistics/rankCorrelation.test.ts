import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { kendallTauB, spearman } from '../../src';
import { ranks } from '../../src/statistics/rankCorrelation';
import { fuzz } from '../support/awkwardSeries';

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-14, `${a} ${b}`);

describe('rank correlations', () => {
  test('of one swapped pair of four: 2/3 and 0.8, as the docstrings say', () => {
    close(kendallTauB([1, 2, 3, 4], [1, 3, 2, 4]), 2 / 3);
    close(spearman([1, 2, 3, 4], [1, 3, 2, 4]), 0.8);
  });

  test('with ties, by hand: tau-b of (1, 2, 2, 3) and (1, 3, 2, 2) is 3 / 5', () => {
    // Pairs untied in x: 5, in y: 5; of the 4 untied in both 12, 13, 14 agree, none of 24, 34 is left but 24, which disagrees.
    close(kendallTauB([1, 2, 2, 3], [1, 3, 2, 2]), (3 - 1) / 5);
    // Ranks (1, 2.5, 2.5, 4) and (1, 4, 2.5, 2.5): sum of products 2.25, of squares 4.5 and 4.5.
    close(spearman([1, 2, 2, 3], [1, 3, 2, 2]), 2.25 / 4.5);
  });

  test('equal values share the mean of their ranks', () => {
    assert.deepEqual([...ranks([5, 1, 5, 5, -2])], [4, 2, 4, 4, 1]);
  });

  test('constants, single values and NaN have none', () => {
    for (const correlation of [kendallTauB, spearman]) {
      assert.ok(Number.isNaN(correlation([1, 1, 1], [1, 2, 3])));
      assert.ok(Number.isNaN(correlation([1], [2])));
      assert.ok(Number.isNaN(correlation([], [])));
      assert.ok(Number.isNaN(correlation([1, Number.NaN, 2], [1, 2, 3])));
      assert.throws(() => correlation([1, 2], [1]), /lists of one length/);
    }
  });

  test('infinities are ranked', () => {
    const x = [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    close(kendallTauB(x, x), 1);
    close(spearman(x, x), 1);
  });
});

const lists = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), { maxLength: 30 })
  .map(pairs => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const);

fuzz(
  'lie in [-1, 1], turn their sign with one list, and do not care which list comes first',
  lists,
  ([x, y]) => {
    for (const correlation of [kendallTauB, spearman]) {
      const r = correlation(x, y);
      if (Number.isNaN(r)) continue;
      assert.ok(Math.abs(r) <= 1 + 1e-12);
      close(correlation(y, x), r);
      close(
        correlation(
          x,
          y.map(value => -value),
        ),
        -r,
      );
      close(
        correlation(
          x.map(value => Math.exp(value)),
          y,
        ),
        r,
      );
    }
  },
);
