import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { type PowerLawScan, scanPowerLaw } from './powerLawScan';

/** Which values count in a power law. */
export interface PowerLawOptions {
  /** Values at or below it are left out; layers use WeightWatcher's 1e-5. Default 0. */
  readonly threshold?: number;
}

const powerLawOptionNames: OptionNames<PowerLawOptions> = { threshold: true };

/**
 * Why there is no fit:
 * - `none`: there is one
 * - `non-finite`: a value is NaN or infinite
 * - `too-few`: fewer than two values above the threshold
 * - `constant`: they are all the same
 */
export type PowerLawFailure = 'none' | 'non-finite' | 'too-few' | 'constant';

/** WeightWatcher's words: alpha below 2 is `over-trained`, above 6 `under-trained`. */
export type TrainingLabel = 'over-trained' | 'well-trained' | 'under-trained' | 'none';

/** A power law p(x) = (alpha - 1) / xmin (x / xmin)^-alpha fitted to the upper tail of values. */
export interface PowerLawFit {
  readonly kind: 'power-law-fit';
  /** `failed`: alpha, xmin, distance and sigma are NaN, the tail is 0 and there is no label. */
  readonly status: 'ok' | 'failed';
  /** Why the fit failed; `none` when it did not. */
  readonly failure: PowerLawFailure;
  /** Exponent of the density, x^-alpha. */
  readonly alpha: number;
  /** Where the tail starts: one of the values. */
  readonly xmin: number;
  /** The largest value; reported, not used. NaN without values. */
  readonly xmax: number;
  /** Kolmogorov-Smirnov distance of tail and law; WeightWatcher's D. */
  readonly distance: number;
  /** Standard error of alpha for this xmin, (alpha - 1) / sqrt(tail); choosing xmin adds to it. */
  readonly sigma: number;
  /** Values in the tail, xmin included; WeightWatcher's num_pl_spikes. */
  readonly tail: number;
  /** Values above the threshold. */
  readonly count: number;
  /** WeightWatcher's rule of thumb for this alpha; no test: it passes most random layers as small as the study's. */
  readonly label: TrainingLabel;
  /** The same, but `none` when the tail has fewer than 25 values: too few to tell a power law from anything else. */
  readonly verdict: TrainingLabel;
  /** Fits at every xmin. */
  readonly scan: PowerLawScan;
  /** The values above the threshold, ascending. */
  readonly values: Float64Array;
}

/** Tails shorter than this carry no verdict. */
export const LEAST_TAIL = 25;

/**
 * Fits a power law to the tail of values by WeightWatcher's rule, which is Clauset's: every value but the last is tried as
 * start of the tail, alpha by maximum likelihood, the start with the smallest Kolmogorov-Smirnov distance wins.
 *
 *     alpha = 1 + n / sum ln(x_i / xmin)
 *
 * Equal to WeightWatcher 0.7.5.5 (xmax none) and powerlaw 1.5 to 1e-9, but for two things: a fit that fails is `failed` (there
 * alpha is -1 and the label `over-trained`), and a tail of one value repeated is no candidate. alpha is biased upwards on
 * short tails: 10 values of an exact law of 3 give 3.6, from 2.3 to 11.1 in 95 % of cases.
 *
 * Clauset, Shalizi & Newman 2009, SIAM Review 51, 661, equations 3.1 and 3.9.
 *
 * @param values in any order; any numbers
 * @throws TypeError unless an array of numbers came, RangeError for a threshold below 0
 * @example
 * import { fitPowerLaw } from 'legcnet';
 * fitPowerLaw([1, 2, 4, 8, 16]).alpha; // 1.7213
 */
export function fitPowerLaw(values: ArrayLike<number>, options: PowerLawOptions = {}): PowerLawFit {
  const task = 'fit a power law';
  checkOptions(options, powerLawOptionNames, task);
  const { threshold = 0 } = options;
  requireNumber(threshold, threshold >= 0, 'a number from 0 up', 'threshold', task);
  const all = readSeries(values, task);
  const allFinite = all.every(Number.isFinite);
  const sorted = allFinite ? all.filter(value => value > threshold).sort() : new Float64Array(0);
  const scan = scanPowerLaw(sorted);
  const { best } = scan;
  const failure = !allFinite ? 'non-finite' : sorted.length < 2 ? 'too-few' : best < 0 ? 'constant' : 'none';
  const isOk = failure === 'none';
  const tail = isOk ? sorted.length - best : 0;
  const alpha = isOk ? scan.alphas[best] : Number.NaN;
  const label = labelOf(alpha);
  return result({
    kind: 'power-law-fit',
    status: isOk ? 'ok' : 'failed',
    failure,
    alpha,
    xmin: isOk ? sorted[best] : Number.NaN,
    xmax: sorted.length > 0 ? sorted[sorted.length - 1] : Number.NaN,
    distance: isOk ? scan.distances[best] : Number.NaN,
    sigma: isOk ? (alpha - 1) / Math.sqrt(tail) : Number.NaN,
    tail,
    count: sorted.length,
    label,
    verdict: tail < LEAST_TAIL ? 'none' : label,
    scan,
    values: sorted,
  });
}

function labelOf(alpha: number): TrainingLabel {
  if (Number.isNaN(alpha)) return 'none';
  return alpha < 2 ? 'over-trained' : alpha > 6 ? 'under-trained' : 'well-trained';
}
