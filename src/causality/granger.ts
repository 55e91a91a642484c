import { Matrix, QrDecomposition } from 'ml-matrix';
import { readSeries, requireOneOf } from '../chaos/series';
import { result } from '../core/result';
import type { GrangerTestName, TestStatus } from './grangerScan';
import {
  type GrangerStatistics,
  grangerPValue,
  grangerStatistics,
  isExactFit,
  standardise,
  statusOfSeries,
} from './grangerStatistics';
import { type LagOptions, readLags } from './lags';

export interface GrangerOptions extends LagOptions {
  /** The test whose p-value decides. Default `f`, the only one of correct size for short series. */
  readonly test?: GrangerTestName;
}

/** One Granger test at one lag order; numbers are NaN unless the status is `ok`. */
export interface GrangerAtLag extends GrangerStatistics {
  readonly lag: number;
  readonly status: TestStatus;
  /** Degrees of freedom of the F statistic: lag and n - 2 lag - 1. Those of chi2 and lr are the lag. */
  readonly df: readonly [number, number];
  /** Rows of the regression n: samples minus lag. */
  readonly rows: number;
  /** Probability of a statistic as large if the cause does not help. */
  readonly pValues: { readonly f: number; readonly chi2: number; readonly lr: number };
  /** The p-value of the chosen test. */
  readonly pValue: number;
}

/** A Granger test: the lag order that decides, and all that were tried. */
export interface GrangerTest extends GrangerAtLag {
  readonly kind: 'granger-test';
  readonly test: GrangerTestName;
  readonly tried: readonly GrangerAtLag[];
}

/**
 * Does `cause` help to predict `effect` beyond the effect's own past? With T samples, lag p and n = T - p rows, least
 * squares gives two residual sums of squares, both with a constant:
 *
 *     R: y_t on y_{t-1} … y_{t-p}         U: also on x_{t-1} … x_{t-p}
 *
 * and from them F = ((R - U) / p) / (U / (n - 2p - 1)), chi2 = n (R - U) / U, LR = n ln(R / U) and Geweke's measure
 * ln(R / U), which is what the paper's eq. (4) calls the F statistic. All four rank weights alike at one lag; only the
 * p-values differ. At 10 samples and level 0.05 the F test rejects 5 % of unrelated pairs, chi2 16 %, LR 12 %.
 *
 * With several lags the one of the smallest p-value is reported (the study's rule). That smallest p-value is no longer
 * a p-value: unrelated pairs fall below 0.05 more often than 5 %.
 *
 * Not answered, with all numbers NaN: `missing` (a value is not finite), `too-short` (T <= 3p + 1), `constant` (a column
 * of lags), `exact-fit` (nothing left to explain), `collinear` (a column follows from the others, such as cause =
 * effect). With several lags, those that are answered decide; if none is, the first one's status is reported.
 *
 * Trending series reject too often (35 % at 100 samples); difference them first.
 *
 * Sahu et al. 2025, eqs. (2)-(4); Granger 1969, Econometrica 37, 424; Geweke 1982, JASA 77, 304. Equal to statsmodels'
 * `grangercausalitytests` on [effect, cause].
 *
 * @param cause length T
 * @param effect length T
 * @throws TypeError unless both are arrays of numbers, RangeError when their lengths differ or a lag is not whole
 * @example granger(exponents, misclassification, { lag: 1 }).pValue
 */
export function granger(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  options: GrangerOptions = {},
): GrangerTest {
  const { test = 'f' } = options;
  const task = 'test Granger causality';
  const x = readSeries(cause, task);
  const y = readSeries(effect, task);
  requireOneOf(test, ['f', 'chi2', 'lr'], 'test', task);
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot ${task}: two series of one length are required, ${x.length} and ${y.length} samples came`,
    );
  }
  const tried = readLags(options, task).map(lag => testAtLag(x, y, lag, test));
  let best = tried[0];
  for (const candidate of tried) {
    const answers = candidate.status === 'ok';
    if (answers && (best.status !== 'ok' || candidate.pValue < best.pValue)) best = candidate;
  }
  return result({ kind: 'granger-test', test, ...best, tried });
}

function testAtLag(
  cause: Float64Array,
  effect: Float64Array,
  lag: number,
  test: GrangerTestName,
): GrangerAtLag {
  const rows = effect.length - lag;
  const df = [lag, rows - 2 * lag - 1] as const;
  const { status, restricted, full } = sumsOfSquares(cause, effect, lag);
  if (status !== 'ok') {
    const none = { f: Number.NaN, chi2: Number.NaN, lr: Number.NaN };
    return { lag, status, ...none, geweke: Number.NaN, df, rows, pValues: none, pValue: Number.NaN };
  }
  const statistics = grangerStatistics(restricted, full, rows, lag);
  const pValues = {
    f: grangerPValue('f', statistics.f, rows, lag),
    chi2: grangerPValue('chi2', statistics.chi2, rows, lag),
    lr: grangerPValue('lr', statistics.lr, rows, lag),
  };
  return { lag, status, ...statistics, df, rows, pValues, pValue: pValues[test] };
}

/** Both regressions by Householder QR of the whole design: the slow way, against which `grangerScan` is tested. */
function sumsOfSquares(
  cause: Float64Array,
  effect: Float64Array,
  lag: number,
): { status: TestStatus; restricted: number; full: number } {
  const none = { restricted: Number.NaN, full: Number.NaN };
  for (const series of [effect, cause]) {
    const status = statusOfSeries(series, lag);
    if (status !== 'ok') return { status, ...none };
  }
  const x = standardise(cause, new Float64Array(cause.length));
  const y = standardise(effect, new Float64Array(effect.length));
  const response: number[] = [];
  const own: number[][] = [];
  const joint: number[][] = [];
  for (let t = lag; t < y.length; t++) {
    const past = [1];
    for (let l = 1; l <= lag; l++) past.push(y[t - l]);
    own.push([...past]);
    for (let l = 1; l <= lag; l++) past.push(x[t - l]);
    joint.push(past);
    response.push(y[t]);
  }
  const restricted = residualSumOfSquares(own, response);
  if (isExactFit(restricted, y, lag)) return { status: 'exact-fit', ...none };
  const full = residualSumOfSquares(joint, response);
  if (Number.isNaN(full)) return { status: 'collinear', ...none };
  if (isExactFit(full, y, lag)) return { status: 'exact-fit', ...none };
  return { status: 'ok', restricted, full };
}

/** NaN when the columns depend on one another: the squared diagonal of R below 1e-20 of the column's squared norm. */
function residualSumOfSquares(design: number[][], response: number[]): number {
  const columns = new Matrix(design);
  const qr = new QrDecomposition(columns);
  const r = qr.upperTriangularMatrix;
  for (let c = 0; c < columns.columns; c++) {
    const norm = columns.getColumnVector(c).norm();
    if (!(r.get(c, c) ** 2 > 1e-20 * norm ** 2)) return Number.NaN;
  }
  const right = Matrix.columnVector(response);
  const fitted = columns.mmul(qr.solve(right));
  let sum = 0;
  for (let t = 0; t < response.length; t++) sum += (response[t] - fitted.get(t, 0)) ** 2;
  return sum;
}
