import type { GrangerScan } from '../causality/grangerScan';
import { describeLags } from '../core/describeLags';
import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireNumber, requireOneOf } from '../core/require';
import { describeLayers, weightCount } from '../core/weightLayers';
import { createMask, type Mask } from '../network/mask';
import { adjustPValues, type PValueAdjustment } from '../statistics/adjustPValues';

/** Which side of the tests goes, at which level, corrected how. */
export interface SelectWeightsOptions {
  /**
   * Which weights go; the paper's text says both:
   * - `non-causal`: p >= alpha (Methods, figure 2, the tables, the code)
   * - `causal`: p < alpha (one sentence each in the set-up and the conclusion)
   */
  readonly remove: 'non-causal' | 'causal';
  /** Level of the test. Default 0.05. */
  readonly alpha?: number;
  /** Correction for the number of weights tested. Default `none`, as in the study. */
  readonly adjust?: PValueAdjustment | 'none';
  /** What happens to a weight whose test has no answer (p is NaN). Default `keep`: no evidence, no removal. */
  readonly unanswered?: 'keep' | 'remove';
}

const selectWeightsOptionNames: OptionNames<SelectWeightsOptions> = {
  remove: true,
  alpha: true,
  adjust: true,
  unanswered: true,
};

/**
 * The mask that a scan asks for: weights with p >= alpha removed (`non-causal`) or those with p < alpha (`causal`).
 *
 * A weight without an answer is kept under either rule unless `unanswered: 'remove'`; the mask's `rule` gives their
 * number. A correction makes fewer weights causal, so `non-causal` removes more: compare both.
 *
 * Sahu et al. 2025, section Methods.
 *
 * @throws RangeError when alpha lies outside [0, 1] or a word is unknown
 * @throws TypeError for an alpha that is no number, or a scan of something else than all weights, such as the neurons of `groupedDifference`
 * @example
 * import {
 *   createNetwork, grangerScan, loadDataset, misclassification, recordTwin, selectWeights, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * selectWeights(scan, { remove: 'causal' }).removed; // 4
 * selectWeights(scan, { remove: 'non-causal' }).removed; // 38, the others
 */
export function selectWeights(scan: GrangerScan, options: SelectWeightsOptions): Mask {
  const { remove, alpha, adjust, unanswered } = selectWeightsSettings(options);
  requireKind(scan, 'granger-scan', 'select weights');
  if (scan.weights !== weightCount(scan.layers)) {
    throw new TypeError(
      `Cannot select weights: a scan of all ${weightCount(scan.layers)} weights of a ${describeLayers(scan.layers)} is ` +
        `required, one of ${scan.weights} series came (of groups of weights?)`,
    );
  }
  const pValues = adjust === 'none' ? scan.pValue : adjustPValues(scan.pValue, adjust);
  const removed: number[] = [];
  let open = 0;
  pValues.forEach((p, weight) => {
    if (Number.isNaN(p)) open++;
    const goes = Number.isNaN(p) ? unanswered === 'remove' : (remove === 'causal') === p < alpha;
    if (goes) removed.push(weight);
  });
  return createMask(scan.layers, removed, describeRule());

  function describeRule(): string {
    const corrected = adjust === 'none' ? '' : `, corrected by ${correctionNames[adjust]}`;
    const side = remove === 'causal' ? '<' : '>=';
    const tests = { f: 'F', chi2: 'chi-square', lr: 'likelihood ratio' };
    const fate = unanswered === 'keep' ? 'kept' : 'removed';
    const rest = open === 0 ? '' : `; ${open} of ${scan.weights} weights without an answer, ${fate}`;
    return `${remove} weights removed: Granger ${tests[scan.test]} test, ${describeLags(scan)}, p ${side} ${alpha}${corrected}${rest}`;
  }
}

/** @throws as `selectWeights` for its options */
export function selectWeightsSettings(options: SelectWeightsOptions): Required<SelectWeightsOptions> {
  checkOptions(options, selectWeightsOptionNames, 'select weights');
  const { remove, alpha = 0.05, adjust = 'none', unanswered = 'keep' } = options;
  if (remove !== 'non-causal' && remove !== 'causal') {
    throw new RangeError(
      `Cannot select weights: remove must be 'non-causal' or 'causal', '${String(remove)}' came`,
    );
  }
  if (unanswered !== 'keep' && unanswered !== 'remove') {
    throw new RangeError(
      `Cannot select weights: unanswered must be 'keep' or 'remove', '${String(unanswered)}' came`,
    );
  }
  requireNumber(alpha, alpha >= 0 && alpha <= 1, 'in [0, 1]', 'alpha', 'select weights');
  requireOneOf(adjust, ['none', ...Object.keys(correctionNames)], 'adjust', 'select weights');
  return { remove, alpha, adjust, unanswered };
}

const correctionNames = {
  bh: 'Benjamini-Hochberg',
  by: 'Benjamini-Yekutieli',
  holm: 'Holm',
  bonferroni: 'Bonferroni',
};
