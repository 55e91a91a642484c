import { result } from '../core/result';
import {
  type CrossMapOptions,
  type CrossMapping,
  createCrossMapper,
  crossMapCaution,
  readCrossMapOptions,
} from './crossMapper';
import { type CheckStatus, readPair } from './nonlinearCheck';

/** Convergent cross mapping of one pair; numbers are NaN unless the status is `ok`. */
export interface CrossMap extends CrossMapping {
  readonly kind: 'cross-map';
  /**
   * `missing`, `too-short` (a vector lacks neighbours), `constant`, `collinear` (the cause is a x + b of a coordinate of the
   * manifold), `degenerate` (the predictions do not vary), else `ok`.
   */
  readonly status: CheckStatus;
  /** Correlation of the cause with its prediction from all vectors, -1 to 1. */
  readonly skill: number;
  /** Library sizes. */
  readonly libraries: readonly number[];
  /** Skill at each library size, mean over the libraries of that size; NaN where a size does not fit. */
  readonly skills: Float64Array;
  /** (1 + surrogates of no less skill) / (1 + surrogates); NaN without surrogates. */
  readonly pValue: number;
  /** Skill with each surrogate cause; empty unless the status is `ok`. */
  readonly surrogateSkills: Float64Array;
  /** The cause at samples (dimension - 1) delay, …, T - 1 as predicted from all vectors; empty unless `ok`. */
  readonly predicted: Float64Array;
  /** Values in a delay vector. */
  readonly dimension: number;
  /** Samples between two of them. */
  readonly delay: number;
  /** Neighbours are more than so many samples away. */
  readonly theiler: number;
  /** What a reader of the number must know. */
  readonly caution: string;
}

/**
 * Does the effect remember its cause? If x drives y, then states of y that are alike come from like values of x: the
 * dimension + 1 nearest neighbours on the delay manifold of the *effect*, weighted by exp(-d / d1), predict the cause at
 * the same time. The skill is the correlation of prediction and cause; under causation it rises with the library.
 *
 * Trends give skill without causation: unrelated random walks of 100 samples fall below p = 0.05 14 % of the time even
 * against surrogates (5 % when stationary). Difference them first.
 *
 * Where we differ from pyEDM's `CCM`:
 * (a) The smallest distance scale is 1e-6 of the effect's largest deviation from its mean, not 1e-6 in its own unit.
 * (b) Of equally near neighbours the earliest is taken.
 *
 * With the whole library the predictions are those of pyEDM's simplex projection (Tp 0, leave-one-out).
 *
 * Sugihara et al. 2012, Science 338, 496.
 *
 * @param cause length T
 * @param effect length T
 * @throws TypeError unless both are arrays of numbers and surrogates come with a seed, RangeError when the lengths differ
 *   or an option is out of range
 * @example
 * import { crossMap, randomStream } from 'legcnet';
 * const random = randomStream(1, 'unrelated');
 * let x = 0.3;
 * const logistic = Array.from({ length: 100 }, () => (x = 4 * x * (1 - x)));
 * let y = 0.5;
 * const driven = logistic.map(cause => (y = 0.5 * y + 0.5 * cause)); // remembers its cause
 * crossMap(logistic, driven).skill; // 0.9937
 * crossMap(logistic.map(random), driven).skill; // 0.08975, noise leaves no trace in it
 */
export function crossMap(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  options: CrossMapOptions = {},
): CrossMap {
  const task = 'cross map';
  const [x, y] = readPair(cause, effect, task);
  const settings = readCrossMapOptions(options, task);
  const { dimension, delay, theiler } = settings;
  const mapper = createCrossMapper(y, settings);
  const mapping = mapper.map(x);
  return result({
    kind: 'cross-map',
    ...mapping,
    libraries: mapper.libraries,
    predicted: mapping.status === 'ok' ? mapper.predict(x) : new Float64Array(0),
    dimension,
    delay,
    theiler,
    caution: crossMapCaution,
  });
}
