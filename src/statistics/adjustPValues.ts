/**
 * How p-values of many tests are corrected:
 * - `bh`: Benjamini-Hochberg 1995, false discovery rate of independent (or positively dependent) tests
 * - `by`: Benjamini-Yekutieli 2001, false discovery rate under any dependence
 * - `holm`: Holm 1979, family-wise error rate, step down
 * - `bonferroni`: family-wise error rate, p times the number of tests
 */
export type PValueAdjustment = 'bh' | 'by' | 'holm' | 'bonferroni';

/**
 * Adjusted p-values, in the order given: reject where the adjusted value is below alpha. NaN (a test without an answer)
 * stays NaN and is not counted among the m tests. With p(1) <= … <= p(m):
 *
 *     bh          min over j >= i of p(j) m / j
 *     by          the same times 1 + 1/2 + … + 1/m
 *     holm        max over j <= i of p(j) (m - j + 1)
 *     bonferroni  p(i) m
 *
 * each cut off at 1. Equal to R's `p.adjust` and statsmodels' `multipletests`. All Granger tests of one run share one
 * target, hence are dependent: `by` holds, `bh` is the less strict companion. Note the direction: a correction makes
 * fewer weights causal, so the paper's rule prunes more.
 *
 * @param pValues numbers in [0, 1] or NaN; not changed
 * @throws RangeError for a number outside [0, 1] or an unknown method
 * @example
 * import { adjustPValues } from 'legcnet';
 * adjustPValues([0.01, 0.04, 0.03], 'holm'); // [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: ArrayLike<number>, method: PValueAdjustment): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(Number.NaN);
  const tests: number[] = [];
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i];
    if (typeof p !== 'number' || p < 0 || p > 1) {
      throw new RangeError(
        `Cannot adjust p-values: entry ${i} is ${p}, a number in [0, 1] or NaN is required`,
      );
    }
    if (!Number.isNaN(p)) tests.push(i);
  }
  tests.sort((i, j) => pValues[i] - pValues[j]);
  const m = tests.length;
  switch (method) {
    case 'bonferroni':
      for (const i of tests) adjusted[i] = Math.min(1, pValues[i] * m);
      break;
    case 'holm': {
      let largest = 0;
      for (let rank = 1; rank <= m; rank++) {
        const i = tests[rank - 1];
        largest = Math.max(largest, pValues[i] * (m - rank + 1));
        adjusted[i] = Math.min(1, largest);
      }
      break;
    }
    case 'bh':
    case 'by': {
      let factor = 1;
      if (method === 'by') for (let rank = 2; rank <= m; rank++) factor += 1 / rank;
      let smallest = 1;
      for (let rank = m; rank >= 1; rank--) {
        const i = tests[rank - 1];
        // Times m and divided by m may round below p itself.
        smallest = Math.min(smallest, Math.max(pValues[i], (pValues[i] * factor * m) / rank));
        adjusted[i] = smallest;
      }
      break;
    }
    default:
      throw new RangeError(
        `Cannot adjust p-values by '${method}': 'bh', 'by', 'holm' or 'bonferroni' is required`,
      );
  }
  return adjusted;
}
