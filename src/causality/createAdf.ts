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
import { rescale } from './stationaritySeries';

/** What one Dickey-Fuller test finds; numbers are NaN unless the status is `ok`. */
export interface AdfNumbers {
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
  const setTrend = (lag: number, rows: number): void => {
    polynomials[lag] ??= trendBasis(rows, terms - 1);
    columns.set(polynomials[lag]);
  };

  return series => {
    const status = statusBeforeAdf(series, longest);
    if (status !== 'ok') return unansweredAdf(status);
    const rescaling = rescale(series, terms > 0 ? series[0] : 0, scaled);
    for (let t = 0; t < n - 1; t++) change[t] = scaled[t + 1] - scaled[t];

    // Trend, level, differences lagged by 1, 2, …: one more column a candidate.
    const commonRows = n - 1 - longest;
    setTrend(longest, commonRows);
    setColumn(columns, terms, scaled, longest, commonRows);
    for (let j = 1; j <= longest; j++) setColumn(columns, terms + j, change, longest - j, commonRows);
    const commonResponse = change.subarray(longest);
    residuals.set(commonResponse);
    nestedLeastSquares(columns, mostColumns, commonRows, residuals, sums, tValues);
    if (leavesNothing(sums[mostColumns - 1], commonResponse, terms, rescaling))
      return unansweredAdf('exact-fit');
    if (Number.isNaN(tValues[terms])) return unansweredAdf('collinear');
    const { lag, criterion } = chooseLag(lagRule, candidates, terms, commonRows, rescaling.logUnit);

    // Trend, lagged differences, level: its t value comes last.
    const rows = n - 1 - lag;
    setTrend(lag, rows);
    for (let j = 1; j <= lag; j++) setColumn(columns, terms + j - 1, change, lag - j, rows);
    const last = terms + lag;
    setColumn(columns, last, scaled, lag, rows);
    const response = change.subarray(lag);
    residuals.set(response);
    nestedLeastSquares(columns, last + 1, rows, residuals, sums, tValues);
    if (leavesNothing(sums[last], response, terms, rescaling)) return unansweredAdf('exact-fit');
    const statistic = tValues[last];
    if (Number.isNaN(statistic)) return unansweredAdf('collinear');
    const pValue = mackinnonPValue(statistic, regression);
    return { status, statistic, pValue, lags: lag, observations: rows, icBest: criterion };
  };
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
