import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import {
  bartlettSum,
  hobijnLags,
  hobijnTerms,
  laggedProducts,
  partialSumSquares,
} from '../kernels/longRunVariance';
import { subtractTrend, trendBasis } from '../kernels/trend';
import type { TestStatus } from './grangerScan';
import { isConstant, isFiniteSeries, rescale } from './stationaritySeries';

/** Stationary around what: `c` a level, `ct` a linear trend. */
export type KpssRegression = 'c' | 'ct';

/**
 * How many lagged products enter the long-run variance:
 * - `auto`: by the rule of Hobijn, Franses and Ooms, from the series itself
 * - `legacy`: ceil(12 (n / 100)^(1/4)), at most n - 1
 * - a whole number
 */
export type KpssLags = 'auto' | 'legacy' | number;

/** Regression and lags of the KPSS test. */
export interface KpssOptions {
  /** Default `c`. */
  readonly regression?: KpssRegression;
  /** Default `auto`. */
  readonly lags?: KpssLags;
}

const kpssOptionNames: OptionNames<KpssOptions> = {
  regression: true,
  lags: true,
};

/** What one KPSS test finds; numbers are NaN unless the status is `ok`. */
export interface KpssNumbers {
  /** Whether the numbers are to be used, and why not. */
  readonly status: TestStatus;
  /** Large when the series is not stationary. */
  readonly statistic: number;
  /** Probability of a statistic as large if the series is stationary, interpolated between the critical values. */
  readonly pValue: number;
  /** The p-value lies outside the table: 0.01 stands for 0.01 or less, 0.1 for 0.1 or more. */
  readonly clipped: boolean;
  /** Lagged products in the long-run variance. */
  readonly lags: number;
}

/** A KPSS test: small p-values speak against stationarity. */
export interface KpssTest extends KpssNumbers {
  readonly kind: 'kpss-test';
  /** Around a level (`c`) or a linear trend (`ct`). */
  readonly regression: KpssRegression;
  /** Length of the series. */
  readonly samples: number;
  /** Above which stationarity is rejected, by level. */
  readonly criticalValues: KpssCriticalValues;
}

/** Values that the statistic exceeds by chance in so many of a hundred stationary series. */
export interface KpssCriticalValues {
  /** At level 0.1. */
  readonly '10%': number;
  /** At level 0.05. */
  readonly '5%': number;
  /** At level 0.025. */
  readonly '2.5%': number;
  /** At level 0.01. */
  readonly '1%': number;
}

/** Kwiatkowski, Phillips, Schmidt and Shin 1992. */
export const kpssCriticalValues: Readonly<Record<KpssRegression, KpssCriticalValues>> = {
  c: { '10%': 0.347, '5%': 0.463, '2.5%': 0.574, '1%': 0.739 },
  ct: { '10%': 0.119, '5%': 0.146, '2.5%': 0.176, '1%': 0.216 },
};

/**
 * Is the series stationary? Here stationarity is what the test assumes, and a small p-value speaks against it; `adf`
 * assumes the opposite. With e_t the residuals around a level or a trend, S_t their partial sums and L lags,
 *
 *     statistic = Σ S_t² / n² / s²,     s² = (c_0 + 2 Σ_{i=1..L} (1 - i / (L + 1)) c_i) / n,     c_i = Σ_t e_t e_{t-i}
 *
 * The p-value is interpolated between four tabled values, hence never outside [0.01, 0.1]; `clipped` says when it lies
 * at an end of the table. Equal to statsmodels' `kpss`, except that these have no answer (all numbers NaN):
 *
 * (a) `constant`: statsmodels divides rounding by rounding, and 30 times 0.9 comes out as 2.74 with p = 0.01.
 * (b) `exact-fit`: a straight line under `ct`, or a long-run variance of 0; again only rounding is left.
 * (c) `too-short`: fewer than 3 samples (`c`) or 4 (`ct`), where the statistic does not depend on the series; or a lag
 *     rule that asks for n - 1 lags or more, where it is 1/2 for every series and reads "not stationary" under `ct`.
 * (d) `missing`: a value is NaN or infinite.
 *
 * Kwiatkowski, Phillips, Schmidt, Shin 1992, J. Econometrics 54, 159, eqs. (10)-(13); Hobijn, Franses, Ooms 2004,
 * Statistica Neerlandica 58, 483.
 *
 * @param series length n
 * @throws TypeError unless the series is an array of numbers, or for an unknown option; RangeError for an option out of range
 * @example
 * import { kpss } from 'legcnet';
 * kpss([1, 2, 1, 3, 2, 1, 2, 3, 1, 2]).statistic; // 0.3235, which is 11 / 34
 */
export function kpss(series: ArrayLike<number>, options: KpssOptions = {}): KpssTest {
  const task = 'run the KPSS test';
  checkOptions(options, kpssOptionNames, task);
  const { regression = 'c', lags = 'auto' } = options;
  const values = readSeries(series, task);
  requireOneOf(regression, ['c', 'ct'], 'regression', task);
  requireKpssLags(lags, task);
  const numbers = createKpss(values.length, regression, lags)(values);
  return result({
    kind: 'kpss-test',
    regression,
    samples: values.length,
    ...numbers,
    criticalValues: kpssCriticalValues[regression],
  });
}

export function requireKpssLags(lags: KpssLags, task: string): void {
  if (typeof lags === 'number') requireWhole(lags, 0, 'lags', task);
  else requireOneOf(lags, ['auto', 'legacy'], 'lags', task);
}

/** Low level: the test of one series of n samples after another, with shared buffers. */
export function createKpss(
  n: number,
  regression: KpssRegression,
  lagRule: KpssLags,
): (series: Float64Array) => KpssNumbers {
  const trendTerms = regression === 'c' ? 1 : 2;
  const basis = trendBasis(n, trendTerms - 1);
  const table = tableOf(kpssCriticalValues[regression]);
  const residuals = new Float64Array(n);
  const products = new Float64Array(n);
  const legacyLags = Math.ceil(12 * (n / 100) ** (1 / 4));
  const terms = lagRule === 'auto' ? hobijnTerms(n) : 0;
  return series => {
    if (!isFiniteSeries(series)) return unanswered('missing');
    if (n < trendTerms + 2) return unanswered('too-short');
    if (isConstant(series, 0, n - 1)) return unanswered('constant');
    const { rounding } = rescale(series, series[0], residuals);
    subtractTrend(residuals, basis, trendTerms);
    laggedProducts(residuals, 0, terms, products);
    const total = products[0];
    if (!(total > n * rounding * rounding)) return unanswered('exact-fit');
    const lags = lagRule === 'auto' ? hobijnLags(products, n) : lagRule === 'legacy' ? legacyLags : lagRule;
    if (!(lags < n - 1)) return unanswered('too-short');
    laggedProducts(residuals, terms + 1, lags, products);
    const longRun = bartlettSum(products, lags);
    if (!(longRun > n * Number.EPSILON * total)) return unanswered('exact-fit');
    const statistic = partialSumSquares(residuals) / (n * longRun);
    return { status: 'ok', statistic, ...tabledPValue(statistic, table), lags };
  };
}

function unanswered(status: TestStatus): KpssNumbers {
  return { status, statistic: Number.NaN, pValue: Number.NaN, clipped: false, lags: Number.NaN };
}

type TablePoint = readonly [statistic: number, pValue: number];

function tableOf(critical: KpssCriticalValues): readonly TablePoint[] {
  return [
    [critical['10%'], 0.1],
    [critical['5%'], 0.05],
    [critical['2.5%'], 0.025],
    [critical['1%'], 0.01],
  ];
}

/** Linear interpolation between the points, clipped at both ends. */
function tabledPValue(statistic: number, table: readonly TablePoint[]): { pValue: number; clipped: boolean } {
  if (statistic <= table[0][0]) return { pValue: 0.1, clipped: true };
  for (let i = 1; i < table.length; i++) {
    const [right, below] = table[i];
    const [left, above] = table[i - 1];
    if (statistic < right) {
      return { pValue: above + ((statistic - left) / (right - left)) * (below - above), clipped: false };
    }
  }
  return { pValue: 0.01, clipped: true };
}
