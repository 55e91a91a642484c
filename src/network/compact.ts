import { requireKind } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import { createMask, type Mask } from './mask';
import type { Activation, Network } from './network';

/**
 * The same function in fewer units. A hidden unit goes
 *
 * - when nothing reaches it: its value f(b) is constant, and its weights times that value join the next layer's biases
 * - when nothing leaves it: what it computes is never read
 *
 * and with it the units before and after it that this leaves without a connection. Whether something connects two units is asked
 * of the weight's value, removed or not, so compact a network to use it, not to train it on. Of a hidden layer that dies as a
 * whole one unit stays, with weights of 0. Inputs and outputs stay.
 *
 * Outputs agree up to the rounding of the sums that the constants have joined.
 *
 * @returns a network of fewer hidden units; removed weights between the units that stay are still masked
 * @example
 * import { applyMask, compact, createMask, createNetwork } from 'legcnet';
 * const network = createNetwork({ layers: [4, 3, 1], seed: 1 });
 * const mask = createMask([4, 3, 1], [12], 'what leaves the first hidden unit');
 * compact(applyMask(network, mask)).layers; // [4, 2, 1]
 */
export function compact(network: Network): Network {
  requireKind(network, 'network', 'compact');
  const { layers, activation } = network;
  const weights = network.weights.map(matrix => matrix.slice());
  const biases = network.biases.map(vector => vector.slice());
  const lives = layers.map(width => new Uint8Array(width).fill(1));
  const last = layers.length - 1;
  for (let l = 1; l < last; l++) {
    for (let unit = 0; unit < layers[l]; unit++) {
      const row = weights[l - 1].subarray(unit * layers[l - 1], (unit + 1) * layers[l - 1]);
      if (!row.every(weight => weight === 0)) continue;
      lives[l][unit] = 0;
      const value = activate(activation, biases[l - 1][unit]);
      for (let o = 0; o < layers[l + 1]; o++) {
        biases[l][o] += weights[l][o * layers[l] + unit] * value;
        weights[l][o * layers[l] + unit] = 0;
      }
    }
  }
  for (let l = last - 1; l >= 1; l--) {
    for (let unit = 0; unit < layers[l]; unit++) {
      let isRead = false;
      for (let o = 0; o < layers[l + 1]; o++) {
        if (lives[l + 1][o] === 1 && weights[l][o * layers[l] + unit] !== 0) isRead = true;
      }
      if (!isRead) lives[l][unit] = 0;
    }
  }
  return withUnits({ ...network, weights, biases }, lives);
}

/** The network of the units that live; of a hidden layer without any, its first unit with weights of 0. */
function withUnits(network: Network, lives: readonly Uint8Array[]): Network {
  const { mask } = network;
  const units = lives.map(layer => Array.from(layer.keys()).filter(unit => layer[unit] === 1));
  const isDead = units.map(layer => layer.length === 0);
  isDead.forEach((dead, l) => {
    if (dead) units[l].push(0);
  });
  const layers = units.map(layer => layer.length);
  const removed: number[] = [];
  let start = 0;
  let at = 0;
  const weights = network.weights.map((matrix, l) => {
    const width = network.layers[l];
    const part = new Float64Array(layers[l] * layers[l + 1]);
    units[l + 1].forEach((o, row) => {
      units[l].forEach((i, column) => {
        const isCut = isDead[l] || isDead[l + 1];
        if (!isCut) part[row * layers[l] + column] = matrix[o * width + i];
        if (isCut || mask?.kept[start + o * width + i] === 0) removed.push(at + row * layers[l] + column);
      });
    });
    start += matrix.length;
    at += part.length;
    return part;
  });
  const biases = network.biases.map((vector, l) => Float64Array.from(units[l + 1], unit => vector[unit]));
  return result({ ...network, layers, weights, biases, mask: maskOf(layers, removed, mask) });
}

function maskOf(layers: readonly number[], removed: readonly number[], before: Mask | null): Mask | null {
  if (removed.length === 0) return null;
  const dense = weightCount(layers) - removed.length;
  return createMask(
    layers,
    removed,
    `compacted to ${dense} weights${before ? `; before: ${before.rule}` : ''}`,
  );
}

/** f(z), as in the kernels; `softmax` is no activation of hidden units. */
function activate(kind: Activation, z: number): number {
  if (kind === 'sigmoid') return 1 / (1 + Math.exp(-z));
  if (kind === 'tanh') return Math.tanh(z);
  return kind === 'relu' ? Math.max(z, 0) : z;
}
