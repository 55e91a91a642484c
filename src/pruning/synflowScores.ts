import type { Network } from '../network/network';
import { concatenate } from './concatenate';
import { networkScores, type PruningScores } from './scores';

/**
 * What SynFlow does with biases.
 * - `none`: leaves them out, as in the paper; the scores of every layer then sum to R, the sum of the outputs
 * - `absolute`: makes them positive too, as its authors' code does
 */
export type SynflowBiases = 'none' | 'absolute';

/**
 * Synaptic flow: with |W| for W, an input of ones and linear units, a_l = |W_l| a_(l-1) (+ |b_l|) forwards and r_(l-1) = |W_l|^T r_l
 * backwards from ones; the score of weight (o, i) of layer l is r_l[o] |W_l[o,i]| a_(l-1)[i].
 */
export function synflowScores(network: Network, biases: SynflowBiases): PruningScores {
  const { layers } = network;
  const depth = network.weights.length;
  const sizes = network.weights.map(matrix => matrix.map(Math.abs));
  const forward = [new Float64Array(layers[0]).fill(1)];
  for (let l = 0; l < depth; l++) {
    const flow = biases === 'absolute' ? network.biases[l].map(Math.abs) : new Float64Array(layers[l + 1]);
    sizes[l].forEach((size, k) => {
      flow[Math.floor(k / layers[l])] += size * forward[l][k % layers[l]];
    });
    forward.push(flow);
  }
  let backward: Float64Array = new Float64Array(layers[depth]).fill(1);
  const scores: Float64Array[] = [];
  for (let l = depth - 1; l >= 0; l--) {
    const below = new Float64Array(layers[l]);
    const layer = sizes[l].map((size, k) => {
      const [o, i] = [Math.floor(k / layers[l]), k % layers[l]];
      below[i] += backward[o] * size;
      return backward[o] * size * forward[l][i];
    });
    scores.unshift(layer);
    backward = below;
  }
  return networkScores('synflow', network, concatenate(scores));
}
