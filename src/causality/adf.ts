import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import type { AdfLagRule } from './adfRules';
import { type AdfNumbers, createAdf } from './createAdf';
import { type AdfRegression, type MackinnonCriticalValues, mackinnonCriticalValues } from './mackinnon';

/** Regression and lags of the augmented Dickey-Fuller test. */
export interface AdfOptions {
  /** Default `c`. */
  readonly regression?: AdfRegression;
  /** Default `aic`. */
  readonly lagRule?: AdfLagRule;
  /** Most lagged differences, or their number under `fixed`. Default ceil(12 (n / 100)^(1/4)), if n carries it. */
  readonly maxLag?: number;
}

const adfOptionNames: OptionNames<AdfOptions> = {
  regression: true,
  lagRule: true,
  maxLag: true,
};

/** An augmented Dickey-Fuller test: small p-values speak against a unit root. */
export interface AdfTest extends AdfNumbers {
  readonly kind: 'adf-test';
  /** Trend terms of the regression. */
  readonly regression: AdfRegression;
  /** How the number of lags was chosen. */
  readonly lagRule: AdfLagRule;
  /** Length of the series. */
  readonly samples: number;
  /** MacKinnon's (2010), for this number of observations. */
  readonly criticalValues: MackinnonCriticalValues;
}

/**
 * Does the series have a unit root, as a random walk has? The augmented Dickey-Fuller test assumes so, and a small
 * p-value speaks against it; `kpss` assumes the opposite. The statistic is the t value of γ in the least squares fit
 *
 *     x_t - x_{t-1} = trend terms + γ x_{t-1} + Σ_{j=1..p} φ_j (x_{t-j} - x_{t-j-1})
 *
 * p is chosen among 0..maxLag on the rows that maxLag leaves, then the fit is repeated on the n - 1 - p rows that p
 * leaves. Equal to statsmodels' `adfuller`, except for series on which that returns rounding or fails; these have no
 * answer (all numbers NaN):
 *
 * (a) `constant`: the level does not change, except perhaps at the last sample or before the common rows begin.
 * (b) `exact-fit`: the fit with most lags, or the last, leaves only rounding; there ramps, pure decay and alternation
 *     give anything between 0 and ±1e15.
 * (c) `too-short`: n does not carry maxLag, or no lag at all (n < 4 for `c`, 6 for `ct`, 8 for `ctt`, 3 for `n`).
 * (d) `collinear`: the level follows from the other columns.
 * (e) `missing`: a value is NaN or infinite.
 *
 * One default is smaller: under `n` and even n up to 20, the largest lag of statsmodels has as many columns as rows,
 * fits perfectly and is therefore always chosen, with statistic 0. It is left out here.
 *
 * The p-value is that of long series, and up to half of a short one may go into lags: at the defaults p < 0.05 rejects
 * 26 % of random walks of 12 samples, 24 % of 20, 13 % of 30, 6 % of 100. `stationarity` takes fewer lags, and critical
 * values for the number of observations.
 *
 * Dickey and Fuller 1979, JASA 74, 427; Said and Dickey 1984, Biometrika 71, 599; MacKinnon 1994 and 2010.
 *
 * @param series length n
 * @throws TypeError unless the series is an array of numbers, or for an unknown option; RangeError for an option out of range
 * @example
 * import { adf } from 'legcnet';
 * adf([1, 2, 1, 3, 2, 1, 2, 3, 1, 2], { lagRule: 'fixed', maxLag: 0 }).statistic; // -4.3653
 */
export function adf(series: ArrayLike<number>, options: AdfOptions = {}): AdfTest {
  const task = 'run the Dickey-Fuller test';
  checkOptions(options, adfOptionNames, task);
  const { regression = 'c', lagRule = 'aic', maxLag } = options;
  const values = readSeries(series, task);
  requireOneOf(regression, ['n', 'c', 'ct', 'ctt'], 'regression', task);
  requireAdfLags(lagRule, maxLag, task);
  const numbers = createAdf(values.length, regression, lagRule, maxLag)(values);
  return result({
    kind: 'adf-test',
    regression,
    lagRule,
    samples: values.length,
    ...numbers,
    criticalValues: mackinnonCriticalValues(numbers.observations, regression),
  });
}

export function requireAdfLags(lagRule: AdfLagRule, maxLag: number | undefined, task: string): void {
  requireOneOf(lagRule, ['aic', 'bic', 't-stat', 'fixed'], 'lagRule', task);
  if (maxLag !== undefined) requireWhole(maxLag, 0, 'maxLag', task);
}
