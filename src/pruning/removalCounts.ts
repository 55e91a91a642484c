import type { GrangerScan } from '../causality/grangerScan';
import { checkOptions } from '../core/options';
import { requireKind } from '../core/require';
import { result } from '../core/result';
import { adjustPValues, type PValueAdjustment } from '../statistics/adjustPValues';

/** What one correction makes of a scan. */
export interface RemovalCount {
  /** `none`: the p-values as they are. */
  readonly adjust: PValueAdjustment | 'none';
  /** p-values after the correction, one a weight; NaN where the test has no answer. */
  readonly pValues: Float64Array;
  /** Weights that `selectWeights` removes with `remove: 'non-causal'`: p >= alpha. */
  readonly nonCausal: number;
  /** Weights that it removes with `remove: 'causal'`: p < alpha. */
  readonly causal: number;
}

/** How many weights each rule and each correction would remove. */
export interface RemovalCounts {
  readonly kind: 'removal-counts';
  /** Level below which a weight counts as a cause. */
  readonly alpha: number;
  /** Number of weights. */
  readonly weights: number;
  /** Weights whose test has no answer; no rule removes them unless told to. */
  readonly unanswered: number;
  /** One entry a correction, `none` first. */
  readonly rows: readonly RemovalCount[];
}

/**
 * Raw and corrected p-values of a scan side by side, with the number of weights that each would remove in either
 * direction. A correction makes fewer weights causal: under the paper's rule (remove the non-causal) it prunes more.
 *
 * @throws RangeError when alpha lies outside [0, 1], TypeError for anything but a Granger scan or for an unknown option
 * @example
 * import {
 *   createNetwork, grangerScan, loadDataset, misclassification, recordTwin, removalCounts, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * const { rows } = removalCounts(scan);
 * rows.map(({ nonCausal }) => nonCausal); // [ 38, 42, 42, 42, 42 ], the stricter the correction, the more
 */
export function removalCounts(scan: GrangerScan, options: { readonly alpha?: number } = {}): RemovalCounts {
  checkOptions(options, { alpha: true }, 'count removals');
  requireKind(scan, 'granger-scan', 'count removals');
  const { alpha = 0.05 } = options;
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new RangeError(`Cannot count removals: alpha must lie in [0, 1], ${alpha} came`);
  }
  const rows = (['none', 'bh', 'by', 'holm', 'bonferroni'] as const).map(adjust => {
    const pValues = adjust === 'none' ? scan.pValue.slice() : adjustPValues(scan.pValue, adjust);
    return {
      adjust,
      pValues,
      nonCausal: pValues.filter(p => p >= alpha).length,
      causal: pValues.filter(p => p < alpha).length,
    };
  });
  return result({
    kind: 'removal-counts',
    alpha,
    weights: scan.weights,
    unanswered: scan.pValue.filter(Number.isNaN).length,
    rows,
  });
}
