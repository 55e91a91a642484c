import { requireKind } from '../core/require';
import { createMask, type Mask } from '../network/mask';
import { checkMaskFits } from '../network/networkFromWeights';
import { layerRanges } from './layerRanges';
import { removalOrder } from './maskFromScores';
import type { PruningScores } from './scores';

/**
 * The control of the other end: in every layer as many weights removed as before, but those of highest score instead of lowest,
 * which the rule would remove last. If a pruned network does no better than under its inverted mask, the order that the rule
 * gives means nothing. For a mask from a scan, score the scan in the same direction (`scoresFromScan`): the inverse of
 * "non-causal removed" then removes the weights of smallest p, whatever the level was.
 *
 * Where a mask removes the lowest scores of its layers, it shares no weight with its inverse, unless it removes more than half of
 * a layer. Weights removed before the scores were taken stay removed; weights without a score are kept.
 *
 * @param scores those that the mask was made from
 * @throws TypeError when mask and scores are of different networks; RangeError when a layer has too few weights with a score
 * @example
 * import { createNetwork, invertedMask, magnitudeMask, pruningScores } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const mask = magnitudeMask(network, { share: 0.25 });
 * const inverted = invertedMask(mask, await pruningScores(network, null, { rule: 'magnitude' }));
 * inverted.kept.filter((kept, weight) => kept === 0 && mask.kept[weight] === 0).length; // 0, no weight in common
 */
export function invertedMask(mask: Mask, scores: PruningScores): Mask {
  requireKind(mask, 'mask', TASK);
  requireKind(scores, 'pruning-scores', TASK);
  checkMaskFits(mask, scores.layers);
  const removed: number[] = [];
  for (const { name, from, to } of layerRanges(mask.layers)) {
    const before: number[] = [];
    let asked = 0;
    for (let weight = from; weight < to; weight++) {
      if (scores.mask?.kept[weight] === 0) before.push(weight);
      if (mask.kept[weight] === 0) asked++;
    }
    const lastFirst = removalOrder(scores, from, to).reverse();
    if (asked < before.length || asked > before.length + lastFirst.length) {
      throw new RangeError(
        `Cannot ${TASK}: the mask removes ${asked} of ${to - from} weights of ${name}, where ${before.length} were removed ` +
          `before and ${lastFirst.length} more have a score`,
      );
    }
    removed.push(...before, ...lastFirst.slice(0, asked - before.length));
  }
  return createMask(mask.layers, removed, `inverted within layers; before: ${mask.rule}`);
}

const TASK = 'invert a mask';
