import { result } from '../core/result';
import { createDirectEstimator, type DirectForm } from './directEstimator';
import type { References } from './divergence';
import { checkEmbedding } from './divergenceCurve';
import { createPublishedEstimator } from './publishedEstimator';
import { createRosensteinEstimator } from './rosensteinEstimator';
import { readSeries, requireOneOf, requireWhole } from './series';
import type { WindowEstimator } from './windowEstimator';
import type { ExponentStatus } from './windowedExponents';

/**
 * Settings of the Rosenstein estimator by name:
 * - `tisean`: dimension 2, delay 1, Theiler 0, 10 steps, slope over k = 1..5
 * - `robust`: dimension 3, delay 1, Theiler 10, 10 steps, slope over k = 1..5
 * - `published`: what the study's code does, rounding and zeros included; takes no other setting
 */
export type RosensteinPreset = 'tisean' | 'robust' | 'published';

export interface DirectOptions {
  /** Default `direct`. */
  readonly estimator?: 'direct';
  /** Default `least-squares`. */
  readonly form?: DirectForm;
}

export interface RosensteinOptions {
  readonly estimator: 'rosenstein';
  /** Default `tisean`. */
  readonly preset?: RosensteinPreset;
  /** Entries of a delay vector. Default by preset. */
  readonly dimension?: number;
  /** Iterates between two entries. Default 1. */
  readonly delay?: number;
  /** Neighbours must lie more than this many iterates apart. Default by preset. */
  readonly theiler?: number;
  /** How many iterates each pair is followed. Default 10. */
  readonly steps?: number;
  /** First and last k of the fitted slope. Default [1, 5]. */
  readonly fit?: readonly [number, number];
  /** Default `tisean`. */
  readonly references?: References;
}

export type LyapunovOptions = DirectOptions | RosensteinOptions;

/** A Lyapunov exponent of one series, with the curve whose slope it is. */
export interface LyapunovExponent {
  readonly kind: 'exponent';
  /** Estimator and its settings in words, for captions. */
  readonly estimator: string;
  /** Per iteration, natural logarithm. */
  readonly exponent: number;
  readonly status: ExponentStatus;
  /** `direct`: ln|delta_t| at index t, NaN where delta is 0. `rosenstein`: S(k) at index k. */
  readonly curve: Float64Array;
  /** First and last index of the curve that are fitted. */
  readonly fitFrom: number;
  readonly fitTo: number;
  /** The fitted line is intercept + exponent * index. */
  readonly intercept: number;
  /** Points of the curve that entered the fit. */
  readonly points: number;
}

/**
 * The largest Lyapunov exponent of one series, per iteration, by natural logarithm.
 *
 * `direct` reads a *difference* series delta_t (perturbed run minus base run) and returns the least squares slope of
 * ln|delta_t| over t, zeros left out: eq. (5) of the paper made stable. For independent noise on ln|delta| its
 * variance is n / 6 times smaller than that of the two ends (`form: 'endpoint'`). A constant, nonzero difference has
 * exponent 0.
 *
 * `rosenstein` reads any series and returns the slope of the divergence curve S(k) over k = 1..5 (see
 * `divergenceCurve`). With 200 iterates it finds the exponents of chaotic maps within 0.01 in the mean, overestimates
 * those of flows several times, and is positive on plain noise (+0.12) and random walks (+0.22): its sign alone is no
 * evidence of chaos.
 *
 * Never throws or hangs on numbers: the status says `constant`, `too-short`, `degenerate` or `non-finite`, and the
 * exponent is NaN (preset `published`: the study's 0 where it wrote 0).
 *
 * Sahu et al. 2025, eq. (5); Rosenstein, Collins & De Luca 1993, Physica D 65, 117.
 *
 * @param series length n; `direct` needs 3 nonzero values, preset `tisean` 13 values, `robust` 34
 * @throws TypeError when the series is no array of numbers or an option belongs to the other estimator, RangeError for
 *   an option out of range
 * @example lyapunov([1, 0.5, 0.25, 0.125]).exponent // -0.6931, ln 0.5
 */
export function lyapunov(series: ArrayLike<number>, options: LyapunovOptions = {}): LyapunovExponent {
  const values = readSeries(series, 'estimate an exponent');
  const { description, curve, fitFrom, fitTo, run } = createEstimator(values.length, options);
  const { exponent, status, intercept, points } = run(values, 0);
  return result({
    kind: 'exponent',
    estimator: description,
    exponent,
    status,
    curve,
    fitFrom,
    fitTo,
    intercept,
    points,
  });
}

/** The estimator that the options name, for windows of one length. Throws as `lyapunov` does. */
export function createEstimator(length: number, options: LyapunovOptions): WindowEstimator {
  const task = 'estimate an exponent';
  const { estimator = 'direct' } = options;
  requireOneOf(estimator, ['direct', 'rosenstein'], 'estimator', task);
  if (options.estimator !== 'rosenstein') {
    refuse(options, rosensteinOnly, "estimator 'direct'");
    const { form = 'least-squares' } = options;
    requireOneOf(form, ['least-squares', 'endpoint'], 'form', task);
    return createDirectEstimator(length, form);
  }
  refuse(options, ['form'], "estimator 'rosenstein'");
  const { preset = 'tisean' } = options;
  requireOneOf(preset, ['tisean', 'robust', 'published'], 'preset', task);
  if (preset === 'published') {
    refuse(options, rosensteinOnly.slice(1), "preset 'published'");
    return createPublishedEstimator(length);
  }
  const robust = preset === 'robust';
  const { dimension = robust ? 3 : 2, delay = 1, theiler = robust ? 10 : 0, steps = 10 } = options;
  const { fit = [1, 5], references = 'tisean' } = options;
  const embedding = { dimension, delay, theiler, steps, references };
  checkEmbedding(embedding, task);
  requireWhole(fit[0], 0, 'fit[0]', task);
  requireWhole(fit[1], fit[0] + 1, 'fit[1]', task);
  if (fit[1] > steps) {
    throw new RangeError(`Cannot ${task}: fit ends at k = ${fit[1]}, but pairs are followed ${steps} steps`);
  }
  return createRosensteinEstimator(length, embedding, fit);
}

const rosensteinOnly = ['preset', 'dimension', 'delay', 'theiler', 'steps', 'fit', 'references'] as const;

function refuse(options: object, names: readonly string[], choice: string): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && names.includes(name)) {
      throw new TypeError(`Cannot estimate an exponent: option '${name}' has no meaning for ${choice}`);
    }
  }
}
