import { weightCount } from '../core/weightLayers';
import type { Network } from '../network/network';
import { flattenParameters } from '../network/parameters';
import type { Trainable } from '../network/trainable';
import { concatenate } from './concatenate';
import { networkScores, type PruningScores } from './scores';

/** |w| of every weight. */
export function magnitudeScores(network: Trainable): PruningScores {
  const weights = flattenParameters(network).subarray(0, weightCount(network.layers));
  return networkScores('magnitude', network, weights.map(Math.abs));
}

/**
 * w^2 over the sum of the squares of the weights of its layer that are not smaller, ties by index; 0 for a weight that is 0.
 * Each layer is scaled by its largest weight first, which changes nothing but keeps squares from overflowing.
 */
export function lampScores(network: Network): PruningScores {
  return networkScores('lamp', network, concatenate(network.weights.map(layerScores)));
}

function layerScores(matrix: Float64Array): Float64Array {
  const sizes = matrix.map(Math.abs);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const scores = new Float64Array(sizes.length);
  const descending = Int32Array.from(sizes.keys()).sort((i, j) => sizes[j] - sizes[i] || j - i);
  let sum = 0;
  for (const weight of descending) {
    const square = (sizes[weight] / largest) ** 2;
    sum += square;
    scores[weight] = sizes[weight] === 0 ? 0 : square / sum;
  }
  return scores;
}
