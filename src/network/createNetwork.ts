import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber } from '../core/require';
import { type Initializer, initialParameters } from './initialParameters';
import type { Activation, Network } from './network';
import { checkActivations, checkLayers, networkFromWeights } from './networkFromWeights';

/** Shape, functions and initial weights of a new network. */
export interface CreateNetworkOptions {
  /** Layer widths from inputs to outputs, at least two, for instance [4, 6, 3]. */
  readonly layers: readonly number[];
  /** Activation of every hidden layer: `sigmoid` (default), `tanh`, `relu` or `identity`. */
  readonly activation?: Activation;
  /** Activation of the output layer: `sigmoid` (default), `softmax`, `tanh`, `relu` or `identity`. */
  readonly output?: Activation;
  /** How weights are drawn. Default: the study's, normal with sd 0.1, biases too. */
  readonly init?: Initializer;
  /** Seed of all draws; the same seed gives the same network. */
  readonly seed: number;
}

const createOptionNames: OptionNames<CreateNetworkOptions> = {
  layers: true,
  activation: true,
  output: true,
  init: true,
  seed: true,
};

/**
 * A dense network with random initial weights. Defaults are the study's: sigmoid throughout, normal weights and biases of
 * sd 0.1.
 *
 * @throws TypeError when `layers` is not a list, `seed` is not a number, or there is an option of another name
 * @throws RangeError for a bad width, activation, initialiser or seed
 * @example
 * import { createNetwork } from 'legcnet';
 * createNetwork({ layers: [4, 6, 3], seed: 1 }).weights[0].length; // 24, a 6 x 4 matrix
 */
export function createNetwork(options: CreateNetworkOptions): Network {
  checkOptions(options, createOptionNames, 'create a network');
  const {
    layers,
    activation = 'sigmoid',
    output = 'sigmoid',
    init = { name: 'normal', sd: 0.1 },
    seed,
  } = options;
  checkLayers(layers);
  checkActivations(activation, output);
  requireNumber(seed, Number.isSafeInteger(seed), 'whole', 'seed', 'create a network');
  const drawn = layers.slice(1).map((width, l) => initialParameters(init, l + 1, layers[l], width, seed));
  return networkFromWeights({
    layers,
    activation,
    output,
    weights: drawn.map(layer => layer.weights),
    biases: drawn.map(layer => layer.biases),
  });
}
