import { checkOptions, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { pairsSurvive, vectorCount } from './divergence';
import { checkEmbedding } from './divergenceCurve';
import { createKantzDivergence, KANTZ_RADIUS } from './kantzDivergence';
import type { ExponentStatus } from './windowedExponents';

/** Embedding of the series, radius of the neighbourhood and length of `kantzCurve`. */
export interface KantzCurveOptions {
  /** Entries of a delay vector. Default 2. */
  readonly dimension?: number;
  /** Iterates between two entries. Default 1. */
  readonly delay?: number;
  /** Neighbours must lie more than this many iterates apart. Default 0. */
  readonly theiler?: number;
  /** How many iterates each neighbourhood is followed. Default 10 (TISEAN: 50). */
  readonly steps?: number;
  /** Largest distance of a neighbour, as a share of the range. Default 0.01, the largest of TISEAN's five, 0.001 to 0.01. */
  readonly radius?: number;
  /** TISEAN's -M: leave out the vectors at the end that would not fit at this dimension. Default: `dimension`. */
  readonly largestDimension?: number;
}

const kantzCurveOptionNames: OptionNames<KantzCurveOptions> = {
  dimension: true,
  delay: true,
  theiler: true,
  steps: true,
  radius: true,
  largestDimension: true,
};

/** How fast whole neighbourhoods part. */
export interface KantzCurve {
  readonly kind: 'kantz-curve';
  /** S(k), k = 0..steps, natural logarithm, on the series rescaled to [0, 1]; NaN where no neighbourhood is left. */
  readonly curve: Float64Array;
  /** Number of vectors with a neighbour, at each k. */
  readonly counts: Int32Array;
  /** `degenerate`: no vector, or fewer than half of them, has a neighbour; the curve is kept, but do not fit it. */
  readonly status: ExponentStatus;
  /** Values in a delay vector. */
  readonly dimension: number;
  /** Iterates between two of them. */
  readonly delay: number;
  /** Neighbours are more than so many iterates away. */
  readonly theiler: number;
  /** The largest k of S(k). */
  readonly steps: number;
  /** Neighbours lie at most so far away, in units of the range of the series. */
  readonly radius: number;
}

/**
 * Kantz's divergence curve as TISEAN 3.0.1 `lyap_k` computes it; its slope estimates the largest Lyapunov exponent:
 *
 *     S(k) = mean over i of 1/2 ln( mean over j in U(i) of |v(i + k) - v(j + k)|^2 )
 *
 * with delay vectors v of the series rescaled to [0, 1] and U(i) all vectors within `radius` of v(i) and more than
 * `theiler` iterates away; zero distances and vectors without a neighbour are left out. TISEAN prints one such curve for
 * each of five radii and leaves the choice to the eye.
 *
 * Neighbourhoods need data: of 200 iterates, noise leaves most vectors without a neighbour at radius 0.01, and the status
 * is `degenerate`.
 *
 * Kantz 1994, Phys. Lett. A 185, 77; Hegger, Kantz & Schreiber 1999, Chaos 9, 413.
 *
 * @throws TypeError when the series is no array of numbers, RangeError for an option out of range
 * @example
 * import { kantzCurve } from 'legcnet';
 * let x = 0.3;
 * const logistic = Array.from({ length: 1000 }, () => (x = 4 * x * (1 - x)));
 * const { curve } = kantzCurve(logistic, { radius: 0.001 * 10 ** 0.25 }); // the second of TISEAN's length scales
 * (curve[5] - curve[1]) / 4; // 0.7043, near the map's exponent ln 2 = 0.693
 */
export function kantzCurve(series: ArrayLike<number>, options: KantzCurveOptions = {}): KantzCurve {
  const task = 'compute a divergence curve';
  checkOptions(options, kantzCurveOptionNames, task);
  const { dimension = 2, delay = 1, theiler = 0, steps = 10, radius = KANTZ_RADIUS } = options;
  const { largestDimension = dimension } = options;
  const values = readSeries(series, task);
  const embedding = { dimension, delay, theiler, steps, references: 'all-references' } as const;
  checkEmbedding(embedding, task);
  requireRadius(radius, task);
  requireWhole(largestDimension, dimension, 'largestDimension', task);
  const vectors = vectorCount(values.length, { ...embedding, dimension: largestDimension });
  const divergence = createKantzDivergence(values.length, embedding, radius, vectors);
  const { curve, counts } = divergence;
  let status = divergence.run(values, 0);
  if (status === 'ok' && !pairsSurvive(divergence, 0, steps)) status = 'degenerate';
  return result({ kind: 'kantz-curve', curve, counts, status, dimension, delay, theiler, steps, radius });
}

/** @throws RangeError unless the radius is positive and finite */
export function requireRadius(radius: number, task: string): void {
  if (!(radius > 0 && radius < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Cannot ${task}: radius must be positive and finite, ${radius} came`);
  }
}
