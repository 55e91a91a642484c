import { Matrix, QrDecomposition } from 'ml-matrix';
import type { AdfOptions } from '../../src/causality/adf';
import {
  chooseLag,
  leavesNothing,
  longestLag,
  statusBeforeAdf,
  trendTerms,
} from '../../src/causality/adfRules';
import type { AdfNumbers } from '../../src/causality/createAdf';
import type { TestStatus } from '../../src/causality/grangerScan';
import { mackinnonPValue } from '../../src/causality/mackinnon';
import { rescale } from '../../src/causality/stationaritySeries';
import { trendBasis } from '../../src/kernels/trend';

/** The test of `adf` with one Householder QR a regression: the slow way, as a yardstick for the fast one. */
export function householderAdf(series: Float64Array, options: AdfOptions): AdfNumbers {
  const { regression = 'c', lagRule = 'aic', maxLag } = options;
  const terms = trendTerms[regression];
  const longest = longestLag(series.length, terms, maxLag);
  const status = statusBeforeAdf(series, longest);
  if (status !== 'ok' || longest === undefined) return unanswered(status);
  const scaled = new Float64Array(series.length);
  const rescaling = rescale(series, terms > 0 ? series[0] : 0, scaled);

  const common = designOf(scaled, terms, longest);
  const fits = Array.from({ length: longest + 1 }, (_, lag) =>
    fit([...common.trend, common.level, ...common.differences.slice(0, lag)], common.response),
  );
  if (leavesNothing(fits[longest].sum, variation(common.response, terms), common.response.length, rescaling))
    return unanswered('exact-fit');
  if (Number.isNaN(fits[0].tValue)) return unanswered('collinear');
  const sums = fits.map(({ sum }) => sum);
  const tValues = fits.map(({ tValue }) => tValue);
  const { logUnit } = rescaling;
  const { lag, criterion } = chooseLag(lagRule, { sums, tValues }, terms, common.response.length, logUnit);

  const { trend, differences, level, response } = designOf(scaled, terms, lag);
  const { sum, tValue } = fit([...trend, ...differences, level], response);
  if (leavesNothing(sum, variation(response, terms), response.length, rescaling))
    return unanswered('exact-fit');
  if (Number.isNaN(tValue)) return unanswered('collinear');
  return {
    status,
    statistic: tValue,
    pValue: mackinnonPValue(tValue, regression),
    lags: lag,
    observations: response.length,
    icBest: criterion,
  };
}

/** Sum of squares, about the mean if there is a constant. */
function variation(values: Float64Array, terms: number): number {
  const mean = terms > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

interface Design {
  readonly trend: readonly Float64Array[];
  readonly level: Float64Array;
  /** Lagged by 1, 2, … */
  readonly differences: readonly Float64Array[];
  readonly response: Float64Array;
}

/** Columns of the regression with `lag` lagged differences: row r stands for sample lag + 1 + r. */
function designOf(series: Float64Array, terms: number, lag: number): Design {
  const rows = series.length - 1 - lag;
  const polynomials = trendBasis(rows, terms - 1);
  const change = new Float64Array(series.length - 1).map((_, t) => series[t + 1] - series[t]);
  return {
    trend: Array.from({ length: terms }, (_, v) => polynomials.slice(v * rows, (v + 1) * rows)),
    level: series.slice(lag, lag + rows),
    differences: Array.from({ length: lag }, (_, j) => change.slice(lag - 1 - j, lag - 1 - j + rows)),
    response: change.slice(lag),
  };
}

/**
 * Residual sum of squares, and t value of the last column. Columns that depend on those before them are left out (the
 * squared diagonal of R below 1e-20 of the column's squared norm); if the last one does, its t value is NaN.
 */
function fit(columns: readonly Float64Array[], response: Float64Array): { sum: number; tValue: number } {
  const design = new Matrix(columns.map(column => Array.from(column))).transpose();
  const qr = new QrDecomposition(design);
  const r = qr.upperTriangularMatrix;
  for (let c = 0; c < design.columns; c++) {
    const diagonal = r.get(c, c);
    if (diagonal * diagonal > 1e-20 * design.getColumnVector(c).norm() ** 2) continue;
    const others = columns.filter((_, i) => i !== c);
    const { sum, tValue } = others.length > 0 ? fit(others, response) : { sum: squares(response), tValue: 0 };
    return { sum, tValue: c === design.columns - 1 ? Number.NaN : tValue };
  }
  const coefficients = qr.solve(Matrix.columnVector(Array.from(response)));
  const fitted = design.mmul(coefficients);
  const sum = squares(response.map((value, t) => value - fitted.get(t, 0)));
  const last = design.columns - 1;
  const error = Math.sqrt(sum / (response.length - design.columns)) / Math.abs(r.get(last, last));
  return { sum, tValue: coefficients.get(last, 0) / error };
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function unanswered(status: TestStatus): AdfNumbers {
  const none = Number.NaN;
  return { status, statistic: none, pValue: none, lags: none, observations: none, icBest: none };
}
