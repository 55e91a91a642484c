import { requireKind } from '../core/require';
import { result } from '../core/result';
import type { Mask } from './mask';
import { checkMaskFits } from './networkFromWeights';
import { flattenParameters, withParameters } from './parameters';
import { requireTrainable, type Trainable } from './trainable';

/**
 * The same network or captured model with the removed weights set to 0 and held there in training. A mask that the network already wears
 * must be part of the new one: weights once removed have lost their values.
 *
 * @throws TypeError when the mask was made for other layer widths, or is none
 * @throws RangeError when the mask would bring back a removed weight
 * @example
 * import { applyMask, createMask, createNetwork, macs } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const sparse = applyMask(network, createMask([4, 6, 3], [0, 5], 'two of 42'));
 * sparse.weights[0][5]; // 0
 * macs(sparse); // 40
 */
export function applyMask<T extends Trainable>(network: T, mask: Mask): T {
  requireTrainable(network, 'apply a mask');
  requireKind(mask, 'mask', 'apply a mask');
  checkMaskFits(mask, network.layers);
  const back = network.mask?.kept.findIndex((kept, index) => kept === 0 && mask.kept[index] === 1) ?? -1;
  if (back >= 0) {
    throw new RangeError(`Cannot apply the mask: weight ${back} was removed before and its value is gone`);
  }
  const parameters = flattenParameters(network);
  for (const index of removedWeights(mask)) parameters[index] = 0;
  return result({ ...withParameters(network, parameters), mask });
}

/** Indices of the removed weights, ascending; empty for a dense network. */
export function removedWeights(mask: Mask | null): Int32Array {
  const removed: number[] = [];
  mask?.kept.forEach((kept, index) => {
    if (kept === 0) removed.push(index);
  });
  return Int32Array.from(removed);
}
