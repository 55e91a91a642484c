import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustPValues, type PValueAdjustment } from '../../src/statistics/adjustPValues';
import { readOracle } from '../chaos/oracle';

type Adjusted = { readonly adjusted: number[] };
interface Case {
  readonly id: string;
  readonly p: number[];
  readonly bonferroni: Adjusted;
  readonly holm: Adjusted;
  readonly fdr_bh: Adjusted;
  readonly fdr_by: Adjusted;
}

const { cases } = readOracle<{ cases: Case[] }>('multipletests_statsmodels');

test('adjustPValues equals statsmodels within 1e-14', () => {
  for (const reference of cases) {
    const expected: [PValueAdjustment, Adjusted][] = [
      ['bh', reference.fdr_bh],
      ['by', reference.fdr_by],
      ['holm', reference.holm],
      ['bonferroni', reference.bonferroni],
    ];
    for (const [method, { adjusted }] of expected) {
      const actual = adjustPValues(reference.p, method);
      adjusted.forEach((value, i) => {
        assert.ok(Math.abs(actual[i] - value) <= 1e-14, `${reference.id}, ${method}, ${i}`);
      });
    }
  }
});

test('NaN stays NaN and is not counted', () => {
  const p = [0.01, Number.NaN, 0.04, 0.03, Number.NaN];
  for (const method of ['bh', 'by', 'holm', 'bonferroni'] as const) {
    const all = adjustPValues(p, method);
    const answered = adjustPValues([0.01, 0.04, 0.03], method);
    assert.deepEqual([...all], [answered[0], Number.NaN, answered[1], answered[2], Number.NaN]);
  }
  assert.deepEqual([...adjustPValues([Number.NaN], 'bh')], [Number.NaN]);
  assert.deepEqual([...adjustPValues([], 'holm')], []);
});

test('the example of the docstring holds, and the input stays untouched', () => {
  const p = Object.freeze([0.01, 0.04, 0.03]);
  assert.deepEqual([...adjustPValues(p, 'holm')], [0.03, 0.06, 0.06]);
});

test('impossible p-values and unknown methods throw', () => {
  assert.throws(() => adjustPValues([0.5, 1.1], 'bh'), /entry 1 is 1.1/);
  assert.throws(() => adjustPValues([-0.1], 'bh'), RangeError);
  assert.throws(() => adjustPValues([0.5], 'sidak' as never), RangeError);
});
