import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { activate } from '../kernels/mlpForward';
import { timesSlope } from '../kernels/mlpTangent';
import { randomStream } from '../statistics/random';
import type { Activation } from './network';

/** Activations of one number; `softmax` acts on all outputs of a layer together. */
export type ScalarActivation = Exclude<Activation, 'softmax'>;

/** Where the numeric check of a Lipschitz constant looks. */
export interface LipschitzOptions {
  /** The numeric check looks from -`reach` to `reach`. Default 20. */
  readonly reach?: number;
  /** Places at which the derivative is taken, evenly spaced, both ends included. Default 40 001: every thousandth, and 0. */
  readonly points?: number;
  /** Pairs of places drawn for the difference quotient. Default 100 000. */
  readonly pairs?: number;
  /** Seed of the pairs. Default 1. */
  readonly seed?: number | string;
}

const lipschitzOptionNames: OptionNames<LipschitzOptions> = {
  reach: true,
  points: true,
  pairs: true,
  seed: true,
};

/** The smallest K with |f(x) - f(y)| <= K |x - y|, and what a numeric search finds of it. */
export interface LipschitzConstant {
  readonly kind: 'lipschitz-constant';
  /** The activation looked at. */
  readonly activation: ScalarActivation;
  /** By proof. */
  readonly constant: number;
  /** Largest |f'| among the places looked at, by the derivative that our training uses. */
  readonly largestSlope: number;
  /** Where the largest |f'| is. */
  readonly at: number;
  /** Largest |f(x) - f(y)| / |x - y| among the pairs; without derivatives, and never above the constant but for rounding. */
  readonly largestQuotient: number;
  /** The search went from -`reach` to `reach`. */
  readonly reach: number;
  /** Places at which the derivative was taken. */
  readonly points: number;
  /** Pairs of places of the difference quotient. */
  readonly pairs: number;
}

/**
 * Best Lipschitz constants in the Euclidean norm. sigmoid: s' = s (1 - s) = 1/4 - (s - 1/2)^2, 1/4 at 0. tanh: 1 - tanh^2, 1 at
 * 0. relu, identity: 1. softmax: its derivative diag(p) - p p' has rows whose absolute values sum to 2 p_i (1 - p_i) <= 1/2, so
 * that no eigenvalue is larger (Gershgorin), and p = (1/2, 1/2) attains it.
 *
 * @example
 * import { lipschitzConstants } from 'legcnet';
 * lipschitzConstants.sigmoid; // 0.25
 */
export const lipschitzConstants: Readonly<Record<Activation, number>> = {
  sigmoid: 1 / 4,
  tanh: 1,
  relu: 1,
  identity: 1,
  softmax: 1 / 2,
};

/**
 * The best Lipschitz constant of an activation, known by proof, beside what a numeric search finds: the largest derivative on a
 * grid and the largest difference quotient of random pairs, both at most the constant and, where the grid holds 0, equal to it.
 *
 * Sahu et al. 2025, Lemma 0.2, shows that the sigmoid has one, by |s (1 - s)| <= |s| |1 - s| <= 1; the best is 1/4.
 *
 * @throws TypeError for an unknown option or a number of another kind; RangeError for an activation that is not of one number,
 *   or an option out of range
 * @example
 * import { lipschitzConstant } from 'legcnet';
 * lipschitzConstant('sigmoid').largestSlope; // 0.25
 */
export function lipschitzConstant(
  activation: ScalarActivation,
  options: LipschitzOptions = {},
): LipschitzConstant {
  const task = 'look for a Lipschitz constant';
  checkOptions(options, lipschitzOptionNames, task);
  const { reach = 20, points = 40_001, pairs = 100_000, seed = 1 } = options;
  requireOneOf(activation, ['sigmoid', 'tanh', 'relu', 'identity'], 'activation', task);
  requireNumber(reach, reach > 0 && reach < Number.POSITIVE_INFINITY, 'positive and finite', 'reach', task);
  requireWhole(points, 2, 'points', task);
  requireWhole(pairs, 1, 'pairs', task);
  const slopes = activationSlopes(activation, grid(reach, points));
  const best = slopes.reduce((most, slope, i) => (slope > slopes[most] ? i : most), 0);
  return result({
    kind: 'lipschitz-constant',
    activation,
    constant: lipschitzConstants[activation],
    largestSlope: slopes[best],
    at: grid(reach, points)[best],
    largestQuotient: largestQuotient(activation, reach, pairs, seed),
    reach,
    points,
    pairs,
  });
}

/**
 * f'(x) at each place, by the kernels that train; of relu 0 at 0.
 *
 * @example
 * import { activationSlopes } from 'legcnet';
 * activationSlopes('sigmoid', Float64Array.of(-1, 0, 1)); // Float64Array [0.1966, 0.25, 0.1966]
 */
export function activationSlopes(activation: ScalarActivation, x: Float64Array): Float64Array {
  const values = x.slice();
  activate(activation, values, 0, values.length);
  const slopes = new Float64Array(x.length).fill(1);
  timesSlope(activation, values, slopes, 0, slopes.length);
  return slopes;
}

/** Evenly spaced from -reach to reach; exact at both ends and, for an odd number, at 0. */
function grid(reach: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => (reach * (2 * i - (points - 1))) / (points - 1));
}

function largestQuotient(
  activation: ScalarActivation,
  reach: number,
  pairs: number,
  seed: number | string,
): number {
  const random = randomStream(seed, 'pairs of places');
  const x = Float64Array.from({ length: 2 * pairs }, () => reach * (2 * random() - 1));
  const values = x.slice();
  activate(activation, values, 0, values.length);
  let largest = 0;
  for (let i = 0; i < x.length; i += 2) {
    const apart = Math.abs(x[i] - x[i + 1]);
    // Closer pairs measure the rounding of the values.
    if (apart < LEAST_APART) continue;
    largest = Math.max(largest, Math.abs(values[i] - values[i + 1]) / apart);
  }
  return largest;
}

const LEAST_APART = 1e-6;
