import { createMask, type Mask } from '../network/mask';
import { randomStream } from '../statistics/random';
import { layerRanges } from './layerRanges';
import { drawFirst } from './randomMask';

/** The seed by which `shuffledMask` draws. */
export interface ShuffledMaskOptions {
  /** Seed of the shuffle; the same seed gives the same mask. */
  readonly seed: number;
}

/**
 * The control to a mask: in every layer as many weights removed as before, but which ones is left to chance. If a
 * pruned network does no better than under its shuffled mask, the number of weights per layer mattered, not the choice.
 *
 * @example shuffledMask(mask, { seed: 1 }).removed === mask.removed // true
 */
export function shuffledMask(mask: Mask, { seed }: ShuffledMaskOptions): Mask {
  const { layers, kept } = mask;
  const random = randomStream(seed, 'shuffled mask');
  const order = Int32Array.from(kept, (_, weight) => weight);
  const removed: number[] = [];
  for (const { from, to } of layerRanges(layers)) {
    let count = 0;
    for (let weight = from; weight < to; weight++) if (kept[weight] === 0) count++;
    drawFirst(order, from, to, count, random);
    for (let i = from; i < from + count; i++) removed.push(order[i]);
  }
  return createMask(layers, removed, `shuffled within layers, seed ${seed}; before: ${mask.rule}`);
}
