import { nestedLeastSquares } from '../kernels/nestedLeastSquares';
import { trendBasis } from '../kernels/trend';
import {
  type AdfLagRule,
  chooseLag,
  leavesNothing,
  longestLag,
  statusBeforeAdf,
  trendTerms,
} from './adfRules';
import type { TestStatus } from './grangerScan';
import { type AdfRegression, mackinnonPValue } from './mackinnon';
import { type Rescaling, rescale } from './stationaritySeries';

/** What one Dickey-Fuller test finds; numbers are NaN unless the status is `ok`. */
export interface AdfNumbers {
  /** Whether the numbers are to be used, and why not. */
  readonly status: TestStatus;
  /** t value of the level. */
  readonly statistic: number;
  /** MacKinnon's (1994) asymptotic probability of a statistic as small if the series has a unit root. */
  readonly pValue: number;
  /** Lagged differences in the regression. */
  readonly lags: number;
  /** Rows of the regression, n - 1 - lags. */
  readonly observations: number;
  /** Of the lag chosen: AIC, BIC or |t|. NaN under `fixed`. */
  readonly icBest: number;
}

/**
 * Low level: the test of `adf` for one series of n samples after another, with shared buffers. One decomposition gives
 * the regressions of all lags, a second the statistic.
 */
export function createAdf(
  n: number,
  regression: AdfRegression,
  lagRule: AdfLagRule,
  maxLag: number | undefined,
): (series: Float64Array) => AdfNumbers {
  const terms = trendTerms[regression];
  const longest = longestLag(n, terms, maxLag);
  if (longest === undefined) return series => unansweredAdf(statusBeforeAdf(series, longest));
  const mostColumns = terms + 1 + longest;
  const scaled = new Float64Array(n);
  const change = new Float64Array(n - 1);
  const sums = new Float64Array(mostColumns);
  const tValues = new Float64Array(mostColumns);
  const candidates = { sums: sums.subarray(terms), tValues: tValues.subarray(terms) };
  const columns = new Float64Array(mostColumns * (n - 1));
  const residuals = new Float64Array(n - 1);
  // By lag, since they differ in their number of rows; made when first needed.
  const polynomials: Float64Array[] = [];

  return series => {
    const status = statusBeforeAdf(series, longest);
    if (status !== 'ok') return unansweredAdf(status);
    const rescaling = rescale(series, terms > 0 ? series[0] : 0, scaled);
    for (let t = 0; t < n - 1; t++) change[t] = scaled[t + 1] - scaled[t];

    // Level, then differences lagged by 1, 2, …: one more column a candidate.
    if (!regress(longest, terms, terms + 1, rescaling)) return unansweredAdf('exact-fit');
    if (Number.isNaN(tValues[terms])) return unansweredAdf('collinear');
    const { lag, criterion } = chooseLag(lagRule, candidates, terms, n - 1 - longest, rescaling.logUnit);

    // Lagged differences, then the level: its t value comes last.
    if (!regress(lag, terms + lag, terms, rescaling)) return unansweredAdf('exact-fit');
    const statistic = tValues[terms + lag];
    if (Number.isNaN(statistic)) return unansweredAdf('collinear');
    const pValue = mackinnonPValue(statistic, regression);
    return { status, statistic, pValue, lags: lag, observations: n - 1 - lag, icBest: criterion };
  };

  /** Fits the trend, the level and `lag` lagged differences in the columns named; false if nothing is left to explain. */
  function regress(lag: number, level: number, differences: number, rescaling: Rescaling): boolean {
    const rows = n - 1 - lag;
    polynomials[lag] ??= trendBasis(rows, terms - 1);
    columns.set(polynomials[lag]);
    setColumn(columns, level, scaled, lag, rows);
    for (let j = 0; j < lag; j++) setColumn(columns, differences + j, change, lag - 1 - j, rows);
    setColumn(residuals, 0, change, lag, rows);
    const count = terms + 1 + lag;
    const total = nestedLeastSquares(columns, count, rows, terms, residuals, sums, tValues);
    return !leavesNothing(sums[count - 1], terms > 0 ? sums[0] : total, rows, rescaling);
  }
}

function unansweredAdf(status: TestStatus): AdfNumbers {
  const none = Number.NaN;
  return { status, statistic: none, pValue: none, lags: none, observations: none, icBest: none };
}

/** Column c becomes the `rows` values from `from` on. */
function setColumn(columns: Float64Array, c: number, values: Float64Array, from: number, rows: number): void {
  const at = c * rows;
  for (let r = 0; r < rows; r++) columns[at + r] = values[from + r];
}
