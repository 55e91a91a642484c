import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Trainable } from './trainable';

/** Number of weights and biases of a dense network with these layer widths. */
export function parameterCount(layers: readonly number[]): number {
  return weightCount(layers) + layers.slice(1).reduce((sum, width) => sum + width, 0);
}

/**
 * All weights and biases as one new vector [W1, W2, …, b1, b2, …]: weights first, layers in order, each row-major out x in,
 * then all biases. The first `weightCount(layers)` entries are therefore the series that are recorded. For a captured model:
 * its `parameters`.
 */
export function flattenParameters(network: Trainable): Float64Array {
  if (network.kind === 'model') return network.parameters.slice();
  const parameters = new Float64Array(parameterCount(network.layers));
  let at = 0;
  for (const values of [...network.weights, ...network.biases]) {
    parameters.set(values, at);
    at += values.length;
  }
  return parameters;
}

/**
 * The same network with other weights and biases (copied), its mask included. Numbers are not checked, because a training
 * run that diverged must remain readable.
 *
 * @param parameters laid out as by `flattenParameters`
 */
export function withParameters<T extends Trainable>(network: T, parameters: Float64Array): T {
  if (network.kind === 'model') return result({ ...network, parameters: parameters.slice() });
  let at = 0;
  const next = (length: number): Float64Array => {
    at += length;
    return parameters.slice(at - length, at);
  };
  const weights = network.weights.map(matrix => next(matrix.length));
  const biases = network.biases.map(vector => next(vector.length));
  return result({ ...network, weights, biases });
}
