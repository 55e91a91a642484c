import { type Layers, weightCount } from '../core/weightLayers';
import { createMask, type Mask } from '../network/mask';
import type { Trainable } from '../network/trainable';
import { randomStream } from '../statistics/random';
import { type Amount, countToRemove, describeAmount } from './amount';

/** How many weights `randomMask` removes, and the seed of the draw. */
export interface RandomMaskOptions extends Amount {
  /** Seed of the draw; the same seed gives the same mask. */
  readonly seed: number;
}

/**
 * A mask that removes weights by chance, every weight with the same probability and exactly as many as asked: the rival
 * that any rule must beat. The study's random pruning takes a share of 0.4 (Table 3).
 *
 * @param shape layer widths such as [9, 6, 1], or a network or model of that shape
 * @throws TypeError unless exactly one of share and count is given, RangeError when it is out of range
 * @example
 * import { randomMask } from 'legcnet';
 * randomMask([9, 6, 1], { share: 0.4, seed: 1 }).removed; // 24
 */
export function randomMask(shape: Layers | Trainable, options: RandomMaskOptions): Mask {
  const { seed } = options;
  const layers = 'layers' in shape ? shape.layers : shape;
  const weights = weightCount(layers);
  const removed = countToRemove(options, weights, 'draw a random mask');
  const order = Int32Array.from({ length: weights }, (_, weight) => weight);
  drawFirst(order, 0, weights, removed, randomStream(seed, 'random mask'));
  const amount = describeAmount(options, removed, weights);
  return createMask(layers, order.subarray(0, removed), `${amount} weights removed by chance, seed ${seed}`);
}

/**
 * Moves a random choice of `count` entries of order[from..to-1] to the front of that stretch (Fisher-Yates, stopped
 * early). Changes `order`.
 */
export function drawFirst(
  order: Int32Array,
  from: number,
  to: number,
  count: number,
  random: () => number,
): void {
  for (let i = from; i < from + count; i++) {
    const j = i + Math.floor(random() * (to - i));
    const chosen = order[j];
    order[j] = order[i];
    order[i] = chosen;
  }
}
