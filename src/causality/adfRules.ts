import type { TestStatus } from './grangerScan';
import type { AdfRegression } from './mackinnon';
import { isConstant, isFiniteSeries, type Rescaling } from './stationaritySeries';

/**
 * How the number of lagged differences is chosen, all regressions on the rows that the largest leaves:
 * - `aic`: smallest Akaike criterion
 * - `bic`: smallest Bayesian criterion
 * - `t-stat`: from the largest down, the first whose last difference has |t| >= 1.645
 * - `fixed`: maxLag itself
 */
export type AdfLagRule = 'aic' | 'bic' | 't-stat' | 'fixed';

/** Columns that come before the level. */
export const trendTerms: Readonly<Record<AdfRegression, number>> = { n: 0, c: 1, ct: 2, ctt: 3 };

/** 95 % quantile of the normal distribution. */
const SIGNIFICANT = 1.6448536269514722;

/**
 * The most lagged differences that the samples carry; negative when not even a regression without any is possible. The
 * n - 1 - p rows must exceed the columns in number, and these may be no more than half the samples.
 */
export function carriedLag(samples: number, terms: number): number {
  return Math.min(Math.floor(samples / 2) - terms - 1, Math.floor((samples - 3 - terms) / 2));
}

/** What was asked, or ceil(12 (n / 100)^(1/4)) as far as the samples carry it; `undefined` when they do not. */
export function longestLag(samples: number, terms: number, asked: number | undefined): number | undefined {
  const carried = carriedLag(samples, terms);
  const lag = asked ?? Math.min(carried, Math.ceil(12 * (samples / 100) ** (1 / 4)));
  return lag >= 0 && lag <= carried ? lag : undefined;
}

/** What can be said before any regression. */
export function statusBeforeAdf(series: Float64Array, longest: number | undefined): TestStatus {
  if (!isFiniteSeries(series)) return 'missing';
  if (longest === undefined) return 'too-short';
  // The level column of the regression with the most lags.
  return isConstant(series, longest, series.length - 2) ? 'constant' : 'ok';
}

/**
 * The regression leaves only rounding of the differences: in share of their variation, or in size.
 *
 * @param total sum of squares of the differences, about their mean if there is a constant
 */
export function leavesNothing(
  sumOfSquares: number,
  total: number,
  rows: number,
  { rounding }: Rescaling,
): boolean {
  return !(sumOfSquares > Number.EPSILON * total && sumOfSquares > rows * rounding * rounding);
}

/** Regressions with 0, 1, … lagged differences; entry j of `tValues` belongs to the column that came last. */
export interface NestedFits {
  readonly sums: ArrayLike<number>;
  /** NaN for a lag that depends on the columns before it, and is therefore no candidate. */
  readonly tValues: ArrayLike<number>;
}

/**
 * @param rows of the common sample
 * @param logUnit of the series, so that the criterion is that of the series as it came
 * @returns the number of lagged differences and its criterion: AIC, BIC or |t|; NaN when fixed
 */
export function chooseLag(
  rule: AdfLagRule,
  { sums, tValues }: NestedFits,
  terms: number,
  rows: number,
  logUnit: number,
): { lag: number; criterion: number } {
  const longest = sums.length - 1;
  if (rule === 'fixed') return { lag: longest, criterion: Number.NaN };
  if (rule === 't-stat') {
    let lag = longest;
    while (lag > 0 && !(Math.abs(tValues[lag]) >= SIGNIFICANT)) lag--;
    return { lag, criterion: Math.abs(tValues[lag]) };
  }
  const penalty = rule === 'aic' ? 2 : Math.log(rows);
  let best = { lag: 0, criterion: Number.POSITIVE_INFINITY };
  let columns = terms;
  for (let lag = 0; lag <= longest; lag++) {
    if (Number.isNaN(tValues[lag])) continue;
    columns++;
    const logVariance = Math.log(sums[lag] / rows) + 2 * logUnit;
    const criterion = rows * (Math.log(2 * Math.PI) + logVariance + 1) + penalty * columns;
    if (criterion < best.criterion) best = { lag, criterion };
  }
  return best;
}
