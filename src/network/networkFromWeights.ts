import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, requireKind } from '../core/require';
import { result } from '../core/result';
import { describeLayers, type Layers, sameLayers, weightCount } from '../core/weightLayers';
import type { Mask } from './mask';
import type { Activation, Network } from './network';

/** The parts of a network. */
export interface NetworkParts {
  /** Layer widths from inputs to outputs, at least two, for instance [9, 6, 1]. */
  readonly layers: readonly number[];
  /** Activation of every hidden layer; not `softmax`. */
  readonly activation: Activation;
  /** Activation of the output layer. */
  readonly output: Activation;
  /** One matrix a layer, out x in, row-major. */
  readonly weights: readonly Float64Array[];
  /** One vector a layer, length out. */
  readonly biases: readonly Float64Array[];
  /** Weights held at zero; they must be zero already. Default: null, a dense network. */
  readonly mask?: Mask | null;
}

/** `kind` too, so that parts may be a network with something changed: `{ ...network, mask: null }`. */
const partNames: OptionNames<NetworkParts & Pick<Network, 'kind'>> = {
  kind: true,
  layers: true,
  activation: true,
  output: true,
  weights: true,
  biases: true,
  mask: true,
};

/** Names of all activations, in the order of their documentation. */
export const activations: readonly Activation[] = ['sigmoid', 'tanh', 'relu', 'softmax', 'identity'];

/**
 * A network with the given weights (copied), checked part by part.
 *
 * @throws TypeError when an array is missing or has the wrong length, or the mask is none
 * @throws RangeError for a bad layer width or activation, a weight or bias that is not finite, or a masked weight that is
 *   not zero (`applyMask` sets them)
 * @example
 * import { networkFromWeights, predict } from 'legcnet';
 * const xor = networkFromWeights({
 *   layers: [2, 2, 1],
 *   activation: 'relu',
 *   output: 'identity',
 *   weights: [Float64Array.of(1, 1, 1, 1), Float64Array.of(1, -2)],
 *   biases: [Float64Array.of(0, -1), Float64Array.of(0)],
 * });
 * predict(xor, Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), 4); // Float64Array [0, 1, 1, 0]
 */
export function networkFromWeights(parts: NetworkParts): Network {
  checkOptions(parts, partNames, 'build a network');
  const { layers, activation, output, weights, biases, mask = null } = parts;
  checkLayers(layers);
  checkActivations(activation, output);
  checkArrays('weight', weights, layers, l => layers[l] * layers[l + 1]);
  checkArrays('bias', biases, layers, l => layers[l + 1]);
  if (mask !== null) {
    requireKind(mask, 'mask', 'build a network');
    checkMask(mask, layers, weights);
  }
  return result({
    kind: 'network',
    layers: [...layers],
    activation,
    output,
    weights: weights.map(matrix => matrix.slice()),
    biases: biases.map(vector => vector.slice()),
    mask,
  });
}

/** @throws TypeError or RangeError unless `layers` lists at least two positive integers */
export function checkLayers(layers: readonly number[]): void {
  if (!Array.isArray(layers)) {
    throw new TypeError(
      `Cannot build a network: layers must be a list of widths, got ${describeValue(layers)}`,
    );
  }
  if (layers.length < 2 || !layers.every(width => Number.isInteger(width) && width > 0)) {
    throw new RangeError(
      `Cannot build a network: layers must be at least two positive integers, got [${layers.slice(0, 20).map(describeValue).join(', ')}${layers.length > 20 ? ', …' : ''}]`,
    );
  }
}

/** @throws RangeError for an unknown activation, or for softmax in the hidden layers */
export function checkActivations(activation: Activation, output: Activation): void {
  for (const name of [activation, output]) {
    if (!activations.includes(name)) {
      throw new RangeError(
        `Cannot build a network: activation is one of ${activations.join(', ')}, got ${describeValue(name)}`,
      );
    }
  }
  if (activation === 'softmax') {
    throw new RangeError('Cannot build a network: softmax is an activation of the output layer only');
  }
}

/** @throws TypeError unless the mask was made for a network with these layer widths */
export function checkMaskFits(mask: Mask, layers: Layers): void {
  if (!sameLayers(mask.layers, layers) || mask.kept.length !== weightCount(layers)) {
    throw new TypeError(
      `Cannot use a mask for a ${describeLayers(mask.layers)} on a ${describeLayers(layers)}`,
    );
  }
}

function checkArrays(
  what: 'weight' | 'bias',
  arrays: readonly Float64Array[],
  layers: readonly number[],
  size: (l: number) => number,
): void {
  const shape = layers.join('-');
  if (!Array.isArray(arrays) || arrays.length !== layers.length - 1) {
    const came = Array.isArray(arrays) ? arrays.length : describeValue(arrays);
    throw new TypeError(
      `A ${shape} network needs ${layers.length - 1} ${what} arrays, one a layer, got ${came}`,
    );
  }
  arrays.forEach((values, l) => {
    if (!(values instanceof Float64Array) || values.length !== size(l)) {
      const came = values instanceof Float64Array ? `${values.length} numbers` : typeof values;
      throw new TypeError(
        `Layer ${l + 1} of a ${shape} network needs a Float64Array of ${size(l)} ${what} values, got ${came}`,
      );
    }
    const bad = values.findIndex(value => !Number.isFinite(value));
    if (bad >= 0) {
      throw new RangeError(
        `Layer ${l + 1} of a ${shape} network has ${what} ${bad} = ${values[bad]}, not finite`,
      );
    }
  });
}

function checkMask(mask: Mask, layers: readonly number[], weights: readonly Float64Array[]): void {
  checkMaskFits(mask, layers);
  let index = 0;
  for (const matrix of weights) {
    for (const value of matrix) {
      if (mask.kept[index] === 0 && value !== 0) {
        throw new RangeError(
          `Weight ${index} is removed by the mask and must be 0, got ${value}; use applyMask`,
        );
      }
      index++;
    }
  }
}
