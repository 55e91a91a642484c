import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, isList, requireNumber } from '../core/require';
import { describeLayers, type Layers, weightCount } from '../core/weightLayers';
import { flattenParameters, withParameters } from './parameters';
import { requireTrainable, type Trainable } from './trainable';

/** Which initial weights are changed, and by how much. */
export interface Perturbation {
  /** Index of a weight, or several. Default 0, the paper's w11: first hidden unit, first input. */
  readonly weight?: number | readonly number[];
  /** Added to each of them. Default 1e-6, the best in float64; the paper's is 1e-4 (2.0 becomes 2.0001). */
  readonly delta?: number;
}

const perturbationNames: OptionNames<Perturbation> = { weight: true, delta: true };

/** Size of a perturbation unless told otherwise. */
export const DEFAULT_DELTA = 1e-6;

/**
 * The same network (or captured model, in float32) with `delta` added to one weight or several. The difference to the original carries the rounding of that
 * one addition, about 1e-16 for weights near 1, which is why a smaller delta is not a better one.
 *
 * @throws TypeError when an index or delta is not a number
 * @throws RangeError when delta is 0, not finite or lost in rounding, the sum is not finite, or an index is repeated, not a weight, or removed by
 *   the network's mask
 * @example
 * import { createNetwork, perturb } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * perturb(network, { weight: 0, delta: 1e-6 }).weights[0][0] - network.weights[0][0]; // 1.000e-6
 */
export function perturb<T extends Trainable>(network: T, perturbation: Perturbation = {}): T {
  requireTrainable(network, 'perturb');
  const { indices, delta } = perturbationSettings(perturbation, network.layers);
  const parameters = flattenParameters(network);
  for (const index of indices) {
    if (network.mask?.kept[index] === 0)
      throw new RangeError(`Cannot perturb weight ${index}: the mask removes it`);
    const before = parameters[index];
    parameters[index] = network.kind === 'model' ? Math.fround(before + delta) : before + delta;
    if (!Number.isFinite(parameters[index])) {
      throw new RangeError(`Cannot perturb weight ${index} = ${before} by ${delta}: the sum is not finite`);
    }
    if (parameters[index] === before) {
      throw new RangeError(
        `Cannot perturb weight ${index} = ${before} by ${delta}: the sum rounds to the weight`,
      );
    }
  }
  return withParameters(network, parameters);
}

/** Which weights of a network of these layers are changed, and by how much. Throws as `perturb` for what no weights are needed to see. */
export function perturbationSettings(
  perturbation: Perturbation,
  layers: Layers,
): { readonly indices: readonly number[]; readonly delta: number } {
  checkOptions(perturbation, perturbationNames, 'perturb');
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  const count = weightCount(layers);
  requireNumber(delta, delta !== 0 && Number.isFinite(delta), 'finite and not 0', 'delta', 'perturb');
  const indices = typeof weight === 'number' ? [weight] : weight;
  if (!isList(indices)) {
    throw new TypeError(`Cannot perturb: weight must be an index or an array, ${describeValue(weight)} came`);
  }
  const seen = new Set<number>();
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `Cannot perturb weight ${index}: a ${describeLayers(layers)} has weights 0 to ${count - 1}`,
      );
    }
    if (seen.has(index)) throw new RangeError(`Cannot perturb weight ${index} twice`);
    seen.add(index);
  }
  return { indices, delta };
}
