import { describeValue, requireList, requireWhole } from '../core/require';
import { result } from '../core/result';

/** Which weights stay. Weight order: layers in order, each row-major out x in, biases excluded. */
export interface Mask {
  readonly kind: 'mask';
  /** Layer widths of the network that the mask fits. */
  readonly layers: readonly number[];
  /** One entry a weight: 1 kept, 0 removed. */
  readonly kept: Uint8Array;
  /** Number of removed weights. */
  readonly removed: number;
  /** One sentence: how the weights were chosen. */
  readonly rule: string;
}

/** Number of weights (biases excluded) of a dense network with these layer widths. */
export function weightCount(layers: readonly number[]): number {
  let count = 0;
  for (let l = 1; l < layers.length; l++) count += layers[l] * layers[l - 1];
  return count;
}

/**
 * The mask that removes the listed weights.
 *
 * @param layers layer widths, for instance [9, 6, 1]
 * @param removed 0-based weight indices, in any order, without repeats
 * @param rule one sentence saying how they were chosen
 * @throws TypeError when `layers` or `removed` is no array of numbers
 * @throws RangeError for a width that is not a whole number from 1 up, an index that is repeated or not a weight of such a network
 */
export function createMask(layers: readonly number[], removed: ArrayLike<number>, rule: string): Mask {
  requireList(layers, 'layers', 'make a mask');
  for (const width of layers) requireWhole(width, 1, 'each layer width', 'make a mask');
  requireList(removed, 'removed', 'make a mask');
  const total = weightCount(layers);
  const kept = new Uint8Array(total).fill(1);
  for (const index of Array.from(removed)) {
    if (!Number.isInteger(index) || index < 0 || index >= total) {
      throw new RangeError(
        `Cannot remove weight ${describeValue(index)}: a ${layers.join('-')} network has weights 0 to ${total - 1}`,
      );
    }
    if (kept[index] === 0) throw new RangeError(`Cannot remove weight ${index} twice`);
    kept[index] = 0;
  }
  return result({ kind: 'mask', layers: [...layers], kept, removed: removed.length, rule });
}
