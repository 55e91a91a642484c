import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, requireKind, requireNumber, requireWhole } from '../core/require';
import { result } from '../core/result';
import { climbInBall, type Slope } from '../kernels/climbInBall';
import { mlpForward } from '../kernels/mlpForward';
import { mlpInputGradient } from '../kernels/mlpInputGradient';
import { applyMask } from '../network/applyMask';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { flattenParameters } from '../network/parameters';
import { networkWorkspace } from '../network/predict';
import { normal, type Random, randomStream } from '../statistics/random';
import { pruningErrorBound } from './pruningErrorBound';

/** Where the largest difference between a network and its pruned copy is looked for. */
export interface PruningErrorOptions {
  /** Of the ball of inputs around 0. Default 1. */
  readonly radius?: number;
  /** Inputs drawn, half on the sphere, half within. Default 1000. */
  readonly points?: number;
  /** Climbs, from those of the points with the largest differences. Default 8. */
  readonly climbs?: number;
  /** Seed of the points. Default 1. */
  readonly seed?: number | string;
}

export const pruningErrorOptionNames: OptionNames<PruningErrorOptions> = {
  radius: true,
  points: true,
  climbs: true,
  seed: true,
};

/** How far apart the outputs of two networks get in a ball of inputs. */
export interface PruningError {
  readonly kind: 'pruning-error';
  /** `non-finite`: a weight or an output is not a finite number; both numbers are then NaN. */
  readonly status: 'ok' | 'non-finite';
  /** Largest |f_s(x) - f_d(x)| found, Euclidean over the outputs: the supremum is at least this. */
  readonly epsilon: number;
  /** The input where it was found. */
  readonly at: Float64Array;
  /** Largest of the drawn points alone, before the climbs. */
  readonly sampled: number;
  /** The supremum is at most this, by norms of the layers; often much larger. */
  readonly upper: number;
  /** Radius of the ball of inputs. */
  readonly radius: number;
  /** Random inputs tried before the climbs. */
  readonly points: number;
  /** Gradient ascents from the largest of them. */
  readonly climbs: number;
}

/**
 * The sup norm over a ball of the difference between two networks, that of Theorem 0.1 (Sahu et al. 2025): sup |f_s(x) - f_d(x)|_2
 * over |x|_2 <= radius. Searched, not proved: the difference is taken at the centre and at random points, and gradient ascent goes
 * on from the largest. `epsilon` is therefore a lower bound of the supremum, which lies between it and `upper`. Of networks
 * whose activations are all `identity` the supremum is radius times a spectral norm (without biases), and the climb ends at it.
 *
 * @param network the dense network
 * @param pruned a mask, which is applied to it, or another network with as many inputs and outputs
 * @throws TypeError for another kind of value, other numbers of inputs or outputs, or an unknown option; RangeError for an option
 *   out of range
 * @example
 * import { createNetwork, pruningError, randomMask } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * pruningError(network, randomMask(network, { share: 0.4, seed: 1 })).epsilon; // 0.01947
 */
export function pruningError(
  network: Network,
  pruned: Mask | Network,
  options: PruningErrorOptions = {},
): PruningError {
  const task = 'measure the error of pruning';
  checkOptions(options, pruningErrorOptionNames, task);
  const { radius = 1, points = 1000, climbs = 8, seed = 1 } = options;
  requireNumber(
    radius,
    radius > 0 && radius < Number.POSITIVE_INFINITY,
    'positive and finite',
    'radius',
    task,
  );
  requireWhole(points, 1, 'points', task);
  requireWhole(climbs, 0, 'climbs', task, points);
  requireKind(network, 'network', task);
  const sparse = prunedNetwork(network, pruned, task);
  const isReadable = [network, sparse].every(each => flattenParameters(each).every(Number.isFinite));
  const found = isReadable ? search(network, sparse, { radius, points, climbs, seed }) : null;
  const isOk = found !== null && Number.isFinite(found.epsilon);
  return result({
    kind: 'pruning-error',
    status: isOk ? 'ok' : 'non-finite',
    epsilon: isOk ? found.epsilon : Number.NaN,
    at: isOk ? found.at : new Float64Array(network.layers[0]).fill(Number.NaN),
    sampled: isOk ? found.sampled : Number.NaN,
    upper: isOk ? pruningErrorBound(network, sparse, radius) : Number.NaN,
    radius,
    points,
    climbs,
  });
}

function search(
  network: Network,
  sparse: Network,
  { radius, points, climbs, seed }: Required<PruningErrorOptions>,
): Pick<PruningError, 'epsilon' | 'at' | 'sampled'> {
  const slope = squaredDifference(network, sparse);
  const inputs = network.layers[0];
  const drawn = drawPoints(randomStream(seed, 'points of the ball'), points, inputs, radius);
  const found = [new Float64Array(inputs), ...drawn].map(x => ({ x, value: slope.value(x) }));
  const lost = found.find(({ value }) => !Number.isFinite(value));
  if (lost !== undefined) return { epsilon: Number.NaN, at: lost.x, sampled: Number.NaN };
  found.sort((a, b) => b.value - a.value);
  let best = found[0];
  for (const { x } of found.slice(0, climbs)) {
    const climbed = x.slice();
    const value = climbInBall(slope, climbed, radius);
    if (value > best.value) best = { x: climbed, value };
  }
  return { epsilon: Math.sqrt(best.value), at: best.x, sampled: Math.sqrt(found[0].value) };
}

function prunedNetwork(network: Network, pruned: Mask | Network, task: string): Network {
  if (pruned?.kind === 'mask') return applyMask(network, pruned);
  if (pruned?.kind !== 'network') {
    throw new TypeError(`Cannot ${task}: a mask or a network is required, ${describeValue(pruned)} came`);
  }
  const ends = ({ layers }: Network): string =>
    `${layers[0]} inputs and ${layers[layers.length - 1]} outputs`;
  if (ends(network) !== ends(pruned)) {
    throw new TypeError(
      `Cannot ${task}: both networks must have ${ends(network)}, one with ${ends(pruned)} came`,
    );
  }
  return pruned;
}

/** |f_s(x) - f_d(x)|^2. */
function squaredDifference(dense: Network, sparse: Network): Slope {
  const [d, s] = [dense, sparse].map(network => ({
    workspace: networkWorkspace(network),
    parameters: flattenParameters(network),
    gradient: new Float64Array(network.layers[0]),
  }));
  const outputs = d.workspace.logits.length;
  const gap = new Float64Array(outputs);
  const value = (x: Float64Array): number => {
    let sum = 0;
    for (const { workspace, parameters } of [d, s]) mlpForward(workspace, parameters, x, 0);
    const [a, b] = [d.workspace.activations, s.workspace.activations];
    for (let o = 1; o <= outputs; o++) {
      gap[outputs - o] = b[b.length - o] - a[a.length - o];
      sum += gap[outputs - o] ** 2;
    }
    return sum;
  };
  return {
    value,
    gradient(x, gradient) {
      const at = value(x);
      for (const { workspace, parameters, gradient: own } of [d, s]) {
        mlpInputGradient(workspace, parameters, gap, own);
      }
      for (let i = 0; i < gradient.length; i++) gradient[i] = 2 * (s.gradient[i] - d.gradient[i]);
      return at;
    },
  };
}

/** Uniform directions; radii alternate between the sphere and uniform within the ball. */
function drawPoints(random: Random, points: number, inputs: number, radius: number): Float64Array[] {
  const draw = normal(random);
  return Array.from({ length: points }, (_, p) => {
    const x = Float64Array.from({ length: inputs }, draw);
    const share = p % 2 === 0 ? 1 : random() ** (1 / inputs);
    const scale = (radius * share) / Math.hypot(...x);
    return x.map(each => each * scale);
  });
}
