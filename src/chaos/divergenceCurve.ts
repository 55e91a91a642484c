import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { createDivergence, type Embedding, pairsSurvive, type References } from './divergence';
import type { ExponentStatus } from './windowedExponents';

/** Embedding of the series, choice of neighbours and length of `divergenceCurve`. */
export interface DivergenceCurveOptions {
  /** Entries of a delay vector. Default 2. */
  readonly dimension?: number;
  /** Iterates between two entries. Default 1. */
  readonly delay?: number;
  /** Neighbours must lie more than this many iterates apart. Default 0. */
  readonly theiler?: number;
  /** How many iterates each pair is followed. Default 10, as in TISEAN's code (its manual says 50). */
  readonly steps?: number;
  /** Default `tisean`. */
  readonly references?: References;
}

const divergenceCurveOptionNames: OptionNames<DivergenceCurveOptions> = {
  dimension: true,
  delay: true,
  theiler: true,
  steps: true,
  references: true,
};

/** How fast neighbours part: the mean logarithmic distance of nearest neighbours k iterates later. */
export interface DivergenceCurve {
  readonly kind: 'divergence-curve';
  /** S(k), k = 0..steps, natural logarithm, on the series rescaled to [0, 1]; NaN where no pair is left. */
  readonly curve: Float64Array;
  /** Number of pairs at each k. */
  readonly counts: Int32Array;
  /** `degenerate`: the curve is kept, but do not fit it. */
  readonly status: ExponentStatus;
  /** Values in a delay vector. */
  readonly dimension: number;
  /** Iterates between two of them. */
  readonly delay: number;
  /** Neighbours are more than so many iterates away. */
  readonly theiler: number;
  /** The largest k of S(k). */
  readonly steps: number;
  /** Which vectors the mean is over. */
  readonly references: References;
}

/**
 * Rosenstein's divergence curve as TISEAN 3.0.1 `lyap_r` computes it; its slope estimates the largest Lyapunov exponent:
 *
 *     S(k) = mean over i of ln |v(i + k) - v(n(i) + k)|
 *
 * with delay vectors v(i) of the series rescaled to [0, 1] and n(i) the nearest other vector at a nonzero distance, more
 * than `theiler` iterates away; zero distances are left out at each k by themselves. With n iterates there are
 * M = n - (dimension - 1) delay - steps vectors, and M >= 2 theiler + 2 is required.
 *
 * Exact to about 1e-13 on series without ties. We differ from TISEAN in three ways:
 * (a) of equally near neighbours the earliest is taken; TISEAN's choice follows its box scan;
 * (b) where TISEAN would search for ever (no candidate nearer than the range of the series, NaN, infinities) the status
 *     says so: `degenerate`, `too-short`, `non-finite`;
 * (c) a neighbour for fewer than half of the vectors, or fewer than 90 % of the pairs left at some k, makes the curve
 *     `degenerate`: exact repeats rule it, or only the slow pairs remain.
 *
 * Noise gives a rising curve too; a positive slope alone is no evidence of chaos.
 *
 * Rosenstein, Collins & De Luca 1993, Physica D 65, 117; Hegger, Kantz & Schreiber 1999, Chaos 9, 413.
 *
 * @param series any numbers, at least 12 + 2 theiler + (dimension - 1) delay of them at the default `steps`
 * @throws TypeError when the series is no array of numbers, RangeError for an option that is not a whole number in range
 * @example
 * import { divergenceCurve } from 'legcnet';
 * let x = 0.3;
 * const logistic = Array.from({ length: 1000 }, () => (x = 4 * x * (1 - x)));
 * const { curve } = divergenceCurve(logistic);
 * (curve[5] - curve[1]) / 4; // 0.6953, near the map's exponent ln 2 = 0.693
 */
export function divergenceCurve(
  series: ArrayLike<number>,
  options: DivergenceCurveOptions = {},
): DivergenceCurve {
  const task = 'compute a divergence curve';
  checkOptions(options, divergenceCurveOptionNames, task);
  const { dimension = 2, delay = 1, theiler = 0, steps = 10, references = 'tisean' } = options;
  const values = readSeries(series, task);
  const embedding = { dimension, delay, theiler, steps, references };
  checkEmbedding(embedding, task);
  const divergence = createDivergence(values.length, embedding);
  const { curve, counts } = divergence;
  let status = divergence.run(values, 0);
  if (status === 'ok' && !pairsSurvive(divergence, 0, steps)) status = 'degenerate';
  return result({ kind: 'divergence-curve', curve, counts, status, ...embedding });
}

/** @throws RangeError for a setting that is not a whole number in range */
export function checkEmbedding(embedding: Embedding, task: string): void {
  const { dimension, delay, theiler, steps, references } = embedding;
  requireWhole(dimension, 1, 'dimension', task);
  requireWhole(delay, 1, 'delay', task);
  requireWhole(theiler, 0, 'theiler', task);
  requireWhole(steps, 0, 'steps', task);
  requireOneOf(references, ['tisean', 'all-references'], 'references', task);
}
