import { weightLayers } from '../core/weightLayers';
import type { Mask } from '../network/mask';

/** A mask for JSON: counts for each layer, and the indices of the removed weights, 0-based. */
export function maskFields({ layers, kept, removed, rule }: Mask): object {
  let first = 0;
  const perLayer = weightLayers(layers).map(({ name, fanIn, fanOut }) => {
    const weights = fanIn * fanOut;
    const left = kept.subarray(first, first + weights).reduce((sum, bit) => sum + bit, 0);
    first += weights;
    return { layer: name, inputs: fanIn, outputs: fanOut, weights, kept: left, removed: weights - left };
  });
  return {
    kind: 'mask',
    rule,
    layers,
    weights: kept.length,
    kept: kept.length - removed,
    removed,
    perLayer,
    order: 'layers in order, each row-major, outputs x inputs, biases excluded; indices count from 0',
    removedWeights: Array.from(kept.keys()).filter(index => kept[index] === 0),
  };
}
