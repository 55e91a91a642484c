import { requireKind } from '../core/require';
import { result } from '../core/result';
import { logExponentialIntegral } from '../kernels/exponentialIntegral';
import { nelderMead } from '../kernels/nelderMead';
import { chi2UpperTail, normalUpperTail } from '../statistics/tails';
import type { PowerLawFit } from './fitPowerLaw';

/**
 * Another law for the tail, from xmin to infinity:
 * - `exponential`: e^(-rate x)
 * - `lognormal`: 1/x e^(-(ln x - mu)^2 / (2 sigma^2))
 * - `truncated`: x^-alpha e^(-rate x), which holds the power law as its limit
 */
export type TailLaw = 'exponential' | 'lognormal' | 'truncated';

/** The power law beside another law on the same tail. */
export interface TailComparison {
  /** The rival law. */
  readonly law: TailLaw;
  /** Fitted by maximum likelihood. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Of the rival on the same tail. */
  readonly logLikelihood: number;
  /** Log-likelihood of the power law less that of this law: positive speaks for the power law. */
  readonly ratio: number;
  /** Ratio over its standard deviation, sqrt(n variance). */
  readonly normalizedRatio: number;
  /** Whether the sign means anything: Vuong's test, for `truncated` the likelihood ratio test with one degree of freedom. */
  readonly pValue: number;
  /** `neither` above p = 0.05: the tail does not tell them apart. */
  readonly favours: 'power law' | TailLaw | 'neither';
}

/** The power law beside its rivals. */
export interface PowerLawComparison {
  readonly kind: 'power-law-comparison';
  /**
   * `failed` where the fit is, the tail has fewer than 3 different values or spans more than 300 powers of ten; then there are
   * no comparisons.
   */
  readonly status: 'ok' | 'failed';
  /** Exponent of the power law. */
  readonly alpha: number;
  /** Values in the tail. */
  readonly tail: number;
  /** Log-likelihood of the power law. */
  readonly logLikelihood: number;
  /** One entry a rival law. */
  readonly comparisons: readonly TailComparison[];
}

/**
 * Is it a power law, or does an exponential, a lognormal or a truncated power law fit the same tail as well? Ratios and
 * p-values as `distribution_compare` of powerlaw 1.5, whose starting values and simplex search the two-parameter laws share;
 * equal to 1e-3. On the tails of 5 to 35 eigenvalues that the study's layers have nearly every answer is `neither`: then
 * say so rather than heavy-tailed.
 *
 * Clauset, Shalizi & Newman 2009, SIAM Review 51, 661, appendix C; Vuong 1989, Econometrica 57, 307.
 *
 * @throws TypeError for anything but a power law fit
 * @example
 * import { comparePowerLaw, createNetwork, layerSpectrum } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { comparisons } = comparePowerLaw(layerSpectrum(network, 2).powerLaw);
 * [comparisons[0].law, comparisons[0].favours]; // [ 'exponential', 'neither' ]
 */
export function comparePowerLaw(fit: PowerLawFit): PowerLawComparison {
  requireKind(fit, 'power-law-fit', 'compare laws of a tail');
  const { alpha, xmin, tail } = fit;
  const values = fit.values.subarray(fit.values.length - tail);
  // Divided by xmin every law keeps its family, and neither parameters nor likelihoods depend on the unit.
  const relative = values.map(value => value / xmin);
  const isOk = fit.status === 'ok' && new Set(values).size >= 3 && relative[tail - 1] < WIDEST;
  const logXmin = Math.log(xmin);
  const power = relative.map(x => Math.log(alpha - 1) - alpha * Math.log(x) - logXmin);
  const laws = isOk ? [exponential(relative), lognormal(relative), truncated(relative, alpha)] : [];
  return result({
    kind: 'power-law-comparison',
    status: isOk ? 'ok' : 'failed',
    alpha,
    tail,
    logLikelihood: isOk ? sumOf(power) : Number.NaN,
    comparisons: laws.map(({ law, parameters, logDensities }) =>
      compareLikelihoods(
        law,
        inUnits(parameters, xmin),
        power,
        logDensities.map(value => value - logXmin),
      ),
    ),
  });
}

/** Largest over smallest value of a tail; sums of wider ones overflow. */
const WIDEST = 1e300;

/** Parameters for the values themselves of a law for values over xmin. */
function inUnits(parameters: FittedLaw['parameters'], xmin: number): FittedLaw['parameters'] {
  const { rate, mu } = parameters;
  return {
    ...parameters,
    ...(rate === undefined ? {} : { rate: rate / xmin }),
    ...(mu === undefined ? {} : { mu: mu + Math.log(xmin) }),
  };
}

/** A law of values over xmin. */
interface FittedLaw {
  readonly law: TailLaw;
  readonly parameters: Readonly<Record<string, number>>;
  readonly logDensities: Float64Array;
}

/** Larger than any negative log-likelihood that a law could have: parameters out of range. */
const OUT_OF_RANGE = 1e9;

function exponential(x: Float64Array): FittedLaw {
  const rate = 1 / (sumOf(x) / x.length - 1);
  const logDensities = x.map(value => Math.log(rate) - rate * (value - 1));
  return { law: 'exponential', parameters: { rate }, logDensities };
}

function lognormal(x: Float64Array): FittedLaw {
  const logs = x.map(Math.log);
  const mean = sumOf(logs) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  const densities = (mu: number, sigma: number): Float64Array => {
    const front = Math.log(sigma) + Math.log(2 * Math.PI) / 2 + logNormalTail(-mu / sigma);
    return logs.map(log => -log - (log - mu) ** 2 / (2 * sigma * sigma) - front);
  };
  const cost = ([mu, sigma]: Float64Array): number =>
    sigma > 0 ? costOf(densities(mu, sigma)) : OUT_OF_RANGE;
  const [mu, sigma] = nelderMead(cost, [mean, deviation]).point;
  return { law: 'lognormal', parameters: { mu, sigma }, logDensities: densities(mu, sigma) };
}

/** ln P(Z > z); far out, where the tail itself underflows, by its asymptotic series (Abramowitz & Stegun 26.2.12). */
function logNormalTail(z: number): number {
  if (z < 30) return Math.log(normalUpperTail(z));
  const r = 1 / (z * z);
  return (-z * z) / 2 - Math.log(z * Math.sqrt(2 * Math.PI)) + Math.log1p(-r * (1 - r * (3 - 15 * r)));
}

function truncated(x: Float64Array, start: number): FittedLaw {
  const logs = x.map(Math.log);
  const densities = (alpha: number, rate: number): Float64Array => {
    const front = logExponentialIntegral(alpha, rate);
    return x.map((value, i) => -alpha * logs[i] - rate * value - front);
  };
  const cost = ([alpha, rate]: Float64Array): number =>
    alpha > 1 && rate > 0 ? costOf(densities(alpha, rate)) : OUT_OF_RANGE;
  const [alpha, rate] = nelderMead(cost, [start, x.length / sumOf(x)]).point;
  return { law: 'truncated', parameters: { alpha, rate }, logDensities: densities(alpha, rate) };
}

/** A likelihood that underflows costs as much as one out of range. */
function costOf(logDensities: Float64Array): number {
  const cost = -sumOf(logDensities);
  return Number.isFinite(cost) ? cost : OUT_OF_RANGE;
}

function compareLikelihoods(
  law: TailLaw,
  parameters: Readonly<Record<string, number>>,
  power: Float64Array,
  other: Float64Array,
): TailComparison {
  const n = power.length;
  const differences = power.map((value, i) => value - other[i]);
  const ratio = sumOf(differences);
  const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - ratio / n) ** 2, 0));
  const normalizedRatio = ratio / spread;
  const pValue =
    law === 'truncated'
      ? chi2UpperTail(Math.abs(2 * ratio), 1)
      : 2 * normalUpperTail(Math.abs(normalizedRatio));
  return {
    law,
    parameters,
    logLikelihood: sumOf(other),
    ratio,
    normalizedRatio,
    pValue,
    favours: pValue <= 0.05 ? (ratio > 0 ? 'power law' : law) : 'neither',
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
