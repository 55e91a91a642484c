import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { createCurveEstimator } from './curveEstimator';
import { createDirectEstimator, type DirectForm, directForms } from './directEstimator';
import { createDivergence, type Embedding, type References } from './divergence';
import { checkEmbedding } from './divergenceCurve';
import { AUTO_STEPS, type FitRange, LEAST_END } from './growthRange';
import { requireRadius } from './kantzCurve';
import { createKantzDivergence, KANTZ_RADIUS } from './kantzDivergence';
import {
  createPublishedEstimator,
  type PublishedChain,
  publishedChainNames,
  publishedChains,
} from './publishedEstimator';
import type { WindowEstimator } from './windowEstimator';
import type { ExponentStatus } from './windowedExponents';

/**
 * Settings of the Rosenstein estimator by name:
 * - `tisean`: dimension 2, delay 1, Theiler 0, 10 steps, slope over k = 1..5
 * - `robust`: dimension 3, delay 1, Theiler 10, 10 steps, slope over k = 1..5
 * - `published`: what the study's code did, rounding and ties included; takes `chain` and no other setting
 */
export type RosensteinPreset = 'tisean' | 'robust' | 'published';

/** Estimator `direct`: the slope of ln of the difference between two runs. */
export interface DirectOptions {
  /** Default `direct`. */
  readonly estimator?: 'direct';
  /** Default `least-squares`. */
  readonly form?: DirectForm;
}

/** Settings of a divergence curve and of the line through it. */
interface CurveOptions {
  /** Entries of a delay vector. Default 2, preset `robust` 3. */
  readonly dimension?: number;
  /** Iterates between two entries. Default 1. */
  readonly delay?: number;
  /** Neighbours must lie more than this many iterates apart. Default 0, preset `robust` 10. */
  readonly theiler?: number;
  /** How many iterates each pair is followed. Default 10, under `fit: 'auto'` 40. */
  readonly steps?: number;
  /** First and last k of the fitted slope, or `auto`. Default [1, 5]. */
  readonly fit?: FitRange;
}

/** Estimator `rosenstein`: growth of the distance to the nearest neighbour. */
export interface RosensteinOptions extends CurveOptions {
  /** Slope of the divergence curve over nearest neighbours. */
  readonly estimator: 'rosenstein';
  /** Default `tisean`. */
  readonly preset?: RosensteinPreset;
  /** Default `tisean`. */
  readonly references?: References;
  /** Preset `published` only: the chain behind the FT masks (default) or the PT masks, or one of your own. */
  readonly chain?: 'FT' | 'PT' | PublishedChain;
}

/** Estimator `kantz`: growth of distances between all neighbours within a radius. */
export interface KantzOptions extends CurveOptions {
  /** Slope of the divergence curve over neighbourhoods. */
  readonly estimator: 'kantz';
  /** Largest distance of a neighbour, as a share of the window's range. Default 0.01. */
  readonly radius?: number;
}

/** Which estimator takes the exponent of a series, and its settings. */
export type LyapunovOptions = DirectOptions | RosensteinOptions | KantzOptions;

export const lyapunovOptionNames: OptionNames<LyapunovOptions> = {
  estimator: true,
  form: true,
  preset: true,
  references: true,
  chain: true,
  radius: true,
  dimension: true,
  delay: true,
  theiler: true,
  steps: true,
  fit: true,
};

/** A Lyapunov exponent of one series, with the curve whose slope it is. */
export interface LyapunovExponent {
  readonly kind: 'exponent';
  /** Estimator and its settings in words, for captions. */
  readonly estimator: string;
  /** Per iteration, natural logarithm. */
  readonly exponent: number;
  /** Whether the exponent is a number to use, and why not. */
  readonly status: ExponentStatus;
  /** `direct`: ln|delta_t| at index t, NaN where delta is 0. `rosenstein`, `kantz`: S(k) at index k. */
  readonly curve: Float64Array;
  /** First index of the curve that is fitted; 0 without a fit. */
  readonly fitFrom: number;
  /** Last index of the curve that is fitted; -1 without a fit. */
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
 * ln|delta_t| over t, zeros left out: eq. (5) of the paper made stable; see `DirectForm` for the other readings. For
 * independent noise on ln|delta| its variance is n / 6 times smaller than that of the two ends. A constant, nonzero
 * difference has exponent 0.
 *
 * `rosenstein` reads any series and returns the slope of the divergence curve S(k) (see `divergenceCurve`) over k = 1..5 or
 * over its free rise (`fit: 'auto'`). With 200 iterates and k = 1..5 it finds the exponents of chaotic maps within 0.01 in
 * the mean; `auto` gives 0 within 0.002 for a sine and for a noisy ramp too. Either overestimates flows several times, and is
 * positive on plain noise (+0.12) and random walks (+0.22): its sign alone is no evidence of chaos. See `surrogateTest`.
 *
 * `kantz` is the same with whole neighbourhoods in place of nearest neighbours (see `kantzCurve`). It needs more iterates
 * than a window usually holds, and says `degenerate` when fewer than half of the vectors have a neighbour.
 *
 * Never throws or hangs on numbers: the status says `constant`, `too-short`, `degenerate` or `non-finite`, and the
 * exponent is NaN (preset `published`: the study's 0 where it wrote 0).
 *
 * Sahu et al. 2025, eq. (5); Rosenstein, Collins & De Luca 1993, Physica D 65, 117; Kantz 1994, Phys. Lett. A 185, 77.
 *
 * @param series length n; `direct` needs 3 values, `kantz` and preset `tisean` 13, `robust` 34, `published` 23 (chain `PT` 6);
 *   `auto` 30 more
 * @throws TypeError when the series is no array of numbers, an option is unknown or belongs to another estimator, RangeError
 *   for an option out of range
 * @example
 * import { lyapunov } from 'legcnet';
 * lyapunov([1, 0.5, 0.25, 0.125]).exponent; // -0.6931, ln 0.5
 * let x = 0.3;
 * const logistic = Array.from({ length: 1000 }, () => (x = 4 * x * (1 - x)));
 * lyapunov(logistic, { estimator: 'rosenstein' }).exponent; // 0.6953, near ln 2 = 0.693
 */
export function lyapunov(series: ArrayLike<number>, options: LyapunovOptions = {}): LyapunovExponent {
  checkOptions(options, lyapunovOptionNames, task);
  const values = readSeries(series, task);
  const estimator = createEstimator(values.length, options);
  const fit = estimator.run(values, 0);
  return result({
    kind: 'exponent',
    estimator: estimator.description,
    ...fit,
    curve: estimator.curve.slice(),
  });
}

/** The estimator that the options name, for windows of one length. Throws as `lyapunov` does. */
export function createEstimator(length: number, options: LyapunovOptions): WindowEstimator {
  requireOneOf(options.estimator ?? 'direct', Object.keys(accepted), 'estimator', task);
  if (options.estimator === 'rosenstein') return rosenstein(length, options);
  if (options.estimator === 'kantz') return kantz(length, options);
  refuseOthers(options, accepted.direct, "estimator 'direct'");
  const { form = 'least-squares' } = options;
  requireOneOf(form, directForms, 'form', task);
  return createDirectEstimator(length, form);
}

/** Whether the estimator reads the difference of a perturbed pair and not the weights themselves. */
export function readsDifference({ estimator = 'direct' }: LyapunovOptions): boolean {
  return estimator === 'direct';
}

/** Dimension of the delay vectors and steps that pairs are followed, defaults filled in; null for `direct`. */
export function embeddingOf(options: LyapunovOptions): Pick<Embedding, 'dimension' | 'steps'> | null {
  if (options.estimator === 'kantz') return curveSettings(options, 'all-references', 2, 0);
  if (options.estimator !== 'rosenstein') return null;
  if (options.preset !== 'published') return rosensteinSettings(options);
  return { dimension: 2, steps: readChain(options.chain ?? 'FT').steps };
}

/** Whether the estimator is the study's, whose programs placed windows in their own way. */
export function readsStudyChain(options: LyapunovOptions): boolean {
  return options.estimator === 'rosenstein' && options.preset === 'published';
}

const task = 'estimate an exponent';
const curveOptions = ['dimension', 'delay', 'theiler', 'steps', 'fit'];
const accepted = {
  direct: ['form'],
  rosenstein: ['preset', 'references', 'chain', ...curveOptions],
  kantz: ['radius', ...curveOptions],
};

function rosenstein(length: number, options: RosensteinOptions): WindowEstimator {
  refuseOthers(options, accepted.rosenstein, "estimator 'rosenstein'");
  const { preset = 'tisean' } = options;
  requireOneOf(preset, ['tisean', 'robust', 'published'], 'preset', task);
  if (preset === 'published') {
    refuseOthers(options, ['preset', 'chain'], "preset 'published'");
    return createPublishedEstimator(length, readChain(options.chain ?? 'FT'));
  }
  refuseOthers(options, ['preset', 'references', ...curveOptions], `preset '${preset}'`);
  const { fit, ...embedding } = rosensteinSettings(options);
  const { references } = embedding;
  const name = references === 'all-references' ? 'Rosenstein over all references' : 'Rosenstein';
  return createCurveEstimator(name, length, embedding, createDivergence(length, embedding), fit);
}

function rosensteinSettings(options: RosensteinOptions): Embedding & { readonly fit: FitRange } {
  const { references = 'tisean' } = options;
  return options.preset === 'robust'
    ? curveSettings(options, references, 3, 10)
    : curveSettings(options, references, 2, 0);
}

function readChain(chain: 'FT' | 'PT' | PublishedChain): PublishedChain {
  if (typeof chain !== 'object' || chain === null) {
    requireOneOf(chain, ['FT', 'PT'], 'chain', task);
    return publishedChains[chain];
  }
  checkOptions(chain, publishedChainNames, task);
  const { steps, ties, distances, decimals, digits, zeroRule } = chain;
  requireWhole(steps, 1, 'chain.steps', task);
  requireOneOf(ties, ['last', 'first'], 'chain.ties', task);
  requireOneOf(distances, ['exact', 'double'], 'chain.distances', task);
  if (decimals !== null) requireWhole(decimals, 0, 'chain.decimals', task, 15);
  if (digits !== null) requireWhole(digits, 1, 'chain.digits', task, 17);
  if (typeof zeroRule !== 'boolean') {
    throw new TypeError(`Cannot ${task}: chain.zeroRule must be true or false, ${String(zeroRule)} came`);
  }
  return chain;
}

function kantz(length: number, options: KantzOptions): WindowEstimator {
  refuseOthers(options, accepted.kantz, "estimator 'kantz'");
  const { radius = KANTZ_RADIUS } = options;
  requireRadius(radius, task);
  const { fit, ...embedding } = curveSettings(options, 'all-references', 2, 0);
  const divergence = createKantzDivergence(length, embedding, radius);
  return createCurveEstimator(`Kantz, radius ${radius}`, length, embedding, divergence, fit);
}

/** Checked settings, the preset's dimension and Theiler window filled in. */
function curveSettings(
  options: CurveOptions,
  references: References,
  presetDimension: number,
  presetTheiler: number,
): Embedding & { readonly fit: FitRange } {
  const { dimension = presetDimension, delay = 1, theiler = presetTheiler, fit = [1, 5] } = options;
  const { steps = fit === 'auto' ? AUTO_STEPS : 10 } = options;
  const embedding = { dimension, delay, theiler, steps, references };
  checkEmbedding(embedding, task);
  if (fit !== 'auto') {
    if (!Array.isArray(fit)) {
      throw new RangeError(`Cannot ${task}: fit must be 'auto' or first and last k, ${String(fit)} came`);
    }
    requireWhole(fit[0], 0, 'fit[0]', task);
    requireWhole(fit[1], fit[0] + 1, 'fit[1]', task);
  }
  const end = fit === 'auto' ? LEAST_END : fit[1];
  if (end > steps) {
    throw new RangeError(`Cannot ${task}: fit ends at k = ${end}, but pairs are followed ${steps} steps`);
  }
  return { ...embedding, fit };
}

/** @throws TypeError for an option of another estimator; options of the caller, such as `window`, pass */
function refuseOthers(options: object, own: readonly string[], choice: string): void {
  const known = Object.values(accepted).flat();
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && known.includes(name) && !own.includes(name)) {
      throw new TypeError(`Cannot ${task}: option '${name}' has no meaning for ${choice}`);
    }
  }
}
