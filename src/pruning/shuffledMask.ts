import { checkOptions, type OptionNames } from '../core/options';
import { requireKind } from '../core/require';
import { createMask, type Mask } from '../network/mask';
import { checkMaskFits } from '../network/networkFromWeights';
import { randomStream } from '../statistics/random';
import { layerRanges } from './layerRanges';
import { drawFirst } from './randomMask';
import type { PruningScores } from './scores';

/** The seed by which `shuffledMask` draws. */
export interface ShuffledMaskOptions {
  /** Seed of the shuffle; the same seed gives the same mask. */
  readonly seed: number;
  /** Draws among weights that have a score only, as the rule behind the mask did. Default: among all. */
  readonly scores?: PruningScores;
}

const shuffledMaskOptionNames: OptionNames<ShuffledMaskOptions> = { seed: true, scores: true };

/**
 * The control to a mask: in every layer as many weights removed as before, but which ones is left to chance. If a
 * pruned network does no better than under its shuffled mask, the number of weights per layer mattered, not the choice.
 *
 * Weights without a score (their test had no answer) are kept by most rules. Where they do not matter, such as those of a pixel
 * that is black in every image, a shuffled mask that takes some of them has it easier than the mask itself: then draw among the
 * others by `scores`.
 *
 * @throws TypeError when mask and scores are of different networks; RangeError when a layer has too few weights with a score
 * @example
 * import { createMask, shuffledMask } from 'legcnet';
 * const mask = createMask([4, 2, 1], [0, 1, 8], 'by hand');
 * shuffledMask(mask, { seed: 1 }).removed; // 3, two of layer 1 and one of layer 2 again
 */
export function shuffledMask(mask: Mask, options: ShuffledMaskOptions): Mask {
  requireKind(mask, 'mask', TASK);
  checkOptions(options, shuffledMaskOptionNames, TASK);
  const { seed, scores } = options;
  const { layers, kept } = mask;
  if (scores !== undefined) checkMaskFits(mask, scores.layers);
  const random = randomStream(seed, 'shuffled mask');
  const order = Int32Array.from(kept, (_, weight) => weight);
  const removed: number[] = [];
  for (const { name, from, to } of layerRanges(layers)) {
    let count = 0;
    for (let weight = from; weight < to; weight++) if (kept[weight] === 0) count++;
    let end = from;
    for (let weight = from; weight < to; weight++) {
      if (scores === undefined || !Number.isNaN(scores.scores[weight])) order[end++] = weight;
    }
    if (count > end - from) {
      throw new RangeError(
        `Cannot ${TASK}: the mask removes ${count} weights of ${name}, of which ${end - from} have a score`,
      );
    }
    drawFirst(order, from, end, count, random);
    for (let i = from; i < from + count; i++) removed.push(order[i]);
  }
  const among = scores === undefined ? '' : ' among weights with a score';
  return createMask(layers, removed, `shuffled within layers${among}, seed ${seed}; before: ${mask.rule}`);
}

const TASK = 'shuffle a mask';
