import { describeValue, requireList, requireWhole } from '../core/require';
import { result } from '../core/result';
import { describeLayers, isWidths, type Layers, weightCount } from '../core/weightLayers';

/** Which weights stay. Weight order: layers in order, each row-major out x in, biases excluded. */
export interface Mask {
  readonly kind: 'mask';
  /** Layer widths of the network that the mask fits, or the matrices of the model. */
  readonly layers: Layers;
  /** One entry a weight: 1 kept, 0 removed. */
  readonly kept: Uint8Array;
  /** Number of removed weights. */
  readonly removed: number;
  /** One sentence: how the weights were chosen. */
  readonly rule: string;
}

/**
 * The mask that removes the listed weights.
 *
 * @param layers layer widths, for instance [9, 6, 1], or `layers` of a model
 * @param removed 0-based weight indices, in any order, without repeats
 * @param rule one sentence saying how they were chosen
 * @throws TypeError when `layers` or `removed` is no array of numbers
 * @throws RangeError for a width that is not a whole number from 1 up, an index that is repeated or not a weight of such a network
 * @example
 * import { createMask } from 'legcnet';
 * const mask = createMask([4, 6, 3], [0, 41], 'the first weight and the last');
 * mask.removed; // 2
 * mask.kept.length; // 42
 */
export function createMask(layers: Layers, removed: ArrayLike<number>, rule: string): Mask {
  requireList(layers, 'layers', 'make a mask');
  const sizes = isWidths(layers)
    ? Array.from(layers)
    : Array.from(layers).flatMap(each => [each?.fanIn, each?.fanOut]);
  for (const width of sizes) requireWhole(width, 1, 'each layer width', 'make a mask');
  requireList(removed, 'removed', 'make a mask');
  const total = weightCount(layers);
  const kept = new Uint8Array(total).fill(1);
  for (const index of Array.from(removed)) {
    if (!Number.isInteger(index) || index < 0 || index >= total) {
      throw new RangeError(
        `Cannot remove weight ${describeValue(index)}: a ${describeLayers(layers)} has weights 0 to ${total - 1}`,
      );
    }
    if (kept[index] === 0) throw new RangeError(`Cannot remove weight ${index} twice`);
    kept[index] = 0;
  }
  return result({
    kind: 'mask',
    layers: isWidths(layers) ? [...layers] : [...layers],
    kept,
    removed: removed.length,
    rule,
  });
}
