import { checkOptions, type OptionNames } from '../core/options';
import { requireKind } from '../core/require';
import { applyMask } from '../network/applyMask';
import { createNetwork } from '../network/createNetwork';
import type { Initializer } from '../network/initialParameters';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';

/** The seed and the distribution of fresh weights. */
export interface ReinitialiseOptions {
  /** How the initial weights of the network were drawn; a network does not know, and a guess would spoil the control. */
  readonly init: Initializer;
  /** Seed of the new draws; another than that of the network, or the weights come back. */
  readonly seed: number;
}

export const reinitialiseOptionNames: OptionNames<ReinitialiseOptions> = { init: true, seed: true };

/**
 * The re-initialised ticket: the same mask on fresh initial weights and biases of the same distribution. A winning ticket loses
 * by it (Frankle and Carbin 2019, section 2); where nothing is lost, the mask alone matters and not the weights it was made for.
 *
 * @param network gives layers and activations
 * @throws TypeError when the mask does not fit or `init` is missing; RangeError for a bad initialiser or seed,
 *   and for the one that gives the network's own weights
 * @example
 * import { createNetwork, randomMask, reinitialise } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const mask = randomMask(network, { share: 0.4, seed: 1 });
 * const fresh = reinitialise(network, mask, { init: { name: 'normal', sd: 0.1 }, seed: 2 });
 * fresh.mask?.removed; // 17
 */
export function reinitialise(network: Network, mask: Mask, options: ReinitialiseOptions): Network {
  requireKind(network, 'network', 'reinitialise');
  checkOptions(options, reinitialiseOptionNames, 'reinitialise');
  const { init, seed } = options;
  if (init === undefined) {
    throw new TypeError(
      'Cannot reinitialise: init is required, a network does not know how its weights were drawn',
    );
  }
  const { layers, activation, output } = network;
  const fresh = createNetwork({ layers, activation, output, init, seed });
  if (fresh.weights.every((matrix, l) => matrix.every((value, k) => value === network.weights[l][k]))) {
    throw new RangeError(
      `Cannot reinitialise: from seed ${seed} this init draws the weights that the network has; another seed is required`,
    );
  }
  return applyMask(fresh, mask);
}
