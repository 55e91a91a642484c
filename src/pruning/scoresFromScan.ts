import { type GrangerScan, testStatuses } from '../causality/grangerScan';
import { checkOptions } from '../core/options';
import { requireKind, requireOneOf } from '../core/require';
import { describeLayers, weightCount } from '../core/weightLayers';
import { type PruningScores, rankedScores } from './scores';
import type { SelectWeightsOptions } from './selectWeights';

const OK = testStatuses.indexOf('ok');

/**
 * The p-values of a scan as scores, so that causality can be compared with other rules at equal sparsity: `non-causal` scores
 * -p (the largest p goes first), `causal` scores p. `selectWeights` takes a level instead, and lets the number follow.
 * Weights whose test has no answer have no score and are kept, those that preset `published` gives p = 0 for it, too.
 *
 * @throws TypeError for a scan of something else than all weights; RangeError for an unknown direction
 * @example
 * import {
 *   createNetwork, grangerScan, loadDataset, maskFromScores, misclassification, recordTwin, scoresFromScan,
 *   windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * maskFromScores(scoresFromScan(scan, { remove: 'non-causal' }), { count: 10 }).removed; // 10, those of largest p
 */
export function scoresFromScan(
  scan: GrangerScan,
  options: Pick<SelectWeightsOptions, 'remove'>,
): PruningScores {
  const task = 'score weights by a scan';
  requireKind(scan, 'granger-scan', task);
  checkOptions(options, { remove: true }, task);
  const { remove } = options;
  requireOneOf(remove, ['non-causal', 'causal'], 'remove', task);
  const { layers, pValue, status, weights } = scan;
  if (weights !== weightCount(layers)) {
    throw new TypeError(
      `Cannot ${task}: a scan of all ${weightCount(layers)} weights of a ${describeLayers(layers)} is required, one of ` +
        `${weights} series came (of groups of weights?)`,
    );
  }
  return rankedScores(
    {
      rule: remove,
      goesFirst: `${remove === 'causal' ? 'smallest' : 'largest'} p-value (Granger causality)`,
      reference: 'Sahu et al. 2025',
      layers,
      mask: null,
    },
    pValue.map((p, weight) => (status[weight] !== OK ? Number.NaN : remove === 'causal' ? p : -p)),
  );
}
