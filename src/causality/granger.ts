import { Matrix, QrDecomposition } from 'ml-matrix';
import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { effectBasis } from '../kernels/grangerProjection';
import { smallestIndex } from './createGranger';
import type { GrangerTestName, TestStatus } from './grangerScan';
import {
  exactFitLimit,
  type GrangerStatistics,
  grangerPValue,
  grangerStatistics,
  type InformationCriteria,
  informationCriteria,
  rescaleAroundMean,
  standardise,
  statusOfSeries,
} from './grangerStatistics';
import { type LagOptions, type LagRule, lagOptionNames, readLags, samplesLeftOut } from './lags';

/** Lags and test of `granger`. */
export interface GrangerOptions extends LagOptions {
  /** The test whose p-value decides. Default `f`, the only one of correct size for short series. */
  readonly test?: GrangerTestName;
}

const grangerOptionNames: OptionNames<GrangerOptions> = {
  test: true,
  ...lagOptionNames,
};

/** One Granger test at one lag order; numbers are NaN unless the status is `ok`. */
export interface GrangerAtLag extends GrangerStatistics {
  /** The lag p. */
  readonly lag: number;
  /** Whether the numbers are to be used, and why not. */
  readonly status: TestStatus;
  /** Degrees of freedom of the F statistic: lag and n - 2 lag - 1. Those of chi2 and lr are the lag. */
  readonly df: readonly [number, number];
  /** Rows of the regression n: samples minus lag. */
  readonly rows: number;
  /** Probability of a statistic as large if the cause does not help. */
  readonly pValues: {
    /** Of the F test. */
    readonly f: number;
    /** Of the chi-square test. */
    readonly chi2: number;
    /** Of the likelihood ratio test. */
    readonly lr: number;
  };
  /** The p-value of the chosen test. */
  readonly pValue: number;
}

/** One of the lags tried, with the criteria of its full model on the rows that the largest lag leaves; NaN if it has none. */
export interface GrangerCandidate extends GrangerAtLag, InformationCriteria {}

/** A Granger test: the lag order that decides, and all that were tried. */
export interface GrangerTest extends GrangerCandidate {
  readonly kind: 'granger-test';
  /** The test that `pValue` is of. */
  readonly test: GrangerTestName;
  /** Which of the lags tried decides. */
  readonly lagRule: LagRule;
  /** Every lag that was tried, ascending. */
  readonly tried: readonly GrangerCandidate[];
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
 * Of several lags one is reported, by `lagRule`:
 * - `smallest-p`, the study's rule: but the smallest of several p-values is no p-value. By the F test and lags 1 to 14,
 *   24 % of unrelated pairs of 50 samples fall below 0.05, and 97 % by chi2.
 * - `aic`, `bic`: the lag whose full model has the smallest criterion, all fitted to the rows of the largest lag that T
 *   carries; then tested on its own T - lag rows. Not exact either: 10 % (AIC) and 9 % (BIC) there, and 12 % and 5 % at
 *   100 samples.
 *
 * `testSize` has the table, and measures other cases. A lag fixed beforehand keeps its 5 %.
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
 * @throws TypeError unless both are arrays of numbers, or for an unknown option; RangeError when their lengths differ or a lag
 *   is not whole
 * @example
 * import { granger, normal, randomStream } from 'legcnet';
 * const noise = normal(randomStream(1, 'noise'));
 * const cause = Array.from({ length: 100 }, noise);
 * const effect = cause.map((_, t) => (t === 0 ? 0 : cause[t - 1]) + noise()); // follows one sample later
 * granger(cause, effect, { lag: 1 }).pValue; // 4.826e-16
 * granger(effect, cause, { lag: 1 }).pValue; // 0.3583, no help the other way
 */
export function granger(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  options: GrangerOptions = {},
): GrangerTest {
  const task = 'test Granger causality';
  checkOptions(options, grangerOptionNames, task);
  const { test = 'f' } = options;
  const x = readSeries(cause, task);
  const y = readSeries(effect, task);
  requireOneOf(test, ['f', 'chi2', 'lr'], 'test', task);
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot ${task}: two series of one length are required, ${x.length} and ${y.length} samples came`,
    );
  }
  const { lags, lagRule } = readLags(options, task);
  const left = samplesLeftOut(y.length, lags);
  const own = lags.map(lag => fitAtLag(x, y, lag, 0));
  const common = lags.map((lag, i) => (left[i] === 0 ? own[i] : fitAtLag(x, y, lag, left[i])));
  const tried = lags.map((lag, i) => ({ ...testAtLag(own[i], lag, test), ...criteriaOf(common[i], lag) }));
  const byCriterion = lagRule === 'aic' || lagRule === 'bic';
  const chosen = smallestIndex(tried.map(({ pValue, ...at }) => (byCriterion ? at[lagRule] : pValue)));
  const status = (byCriterion ? common : own)[0].status;
  const best = chosen < 0 ? { ...tried[0], ...unanswered(status) } : tried[chosen];
  return result({ kind: 'granger-test', test, lagRule, ...best, tried });
}

function testAtLag(
  { status, restricted, full, rows }: Fit,
  lag: number,
  test: GrangerTestName,
): GrangerAtLag {
  const at = { lag, df: [lag, rows - 2 * lag - 1] as const, rows };
  if (status !== 'ok') return { ...at, ...unanswered(status) };
  const statistics = grangerStatistics(restricted, full, rows, lag);
  const pValues = {
    f: grangerPValue('f', statistics.f, rows, lag),
    chi2: grangerPValue('chi2', statistics.chi2, rows, lag),
    lr: grangerPValue('lr', statistics.lr, rows, lag),
  };
  return { ...at, status, ...statistics, pValues, pValue: pValues[test] };
}

function unanswered(status: TestStatus): Omit<GrangerAtLag, 'lag' | 'df' | 'rows'> {
  const none = { f: Number.NaN, chi2: Number.NaN, lr: Number.NaN };
  return { status, ...none, geweke: Number.NaN, pValues: none, pValue: Number.NaN };
}

/** Sums of squares in the square of the effect's unit, whose logarithm is `logUnit`; NaN unless `ok`. */
interface Fit {
  readonly status: TestStatus;
  readonly restricted: number;
  readonly full: number;
  readonly rows: number;
  readonly logUnit: number;
}

function criteriaOf({ full, rows, logUnit }: Fit, lag: number): InformationCriteria {
  return informationCriteria(full, rows, lag, logUnit);
}

/**
 * Both regressions, without the first `left` samples, by Householder QR of the whole design: the slow way, against which
 * `grangerScan` is tested.
 */
function fitAtLag(cause: Float64Array, effect: Float64Array, lag: number, left: number): Fit {
  const samples = effect.length - left;
  const none = { restricted: Number.NaN, full: Number.NaN, rows: samples - lag, logUnit: Number.NaN };
  // A gap among the samples left out counts, too.
  for (const series of [effect, effect.subarray(left), cause, cause.subarray(left)]) {
    const status = statusOfSeries(series, lag);
    if (status !== 'ok') return { status, ...none };
  }
  const x = standardise(cause.subarray(left), new Float64Array(samples));
  const y = new Float64Array(samples);
  const logUnit = rescaleAroundMean(effect.subarray(left), y);
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
  if (Number.isNaN(restricted))
    return { status: isExplainedByItself(y, lag) ? 'exact-fit' : 'collinear', ...none };
  const limit = exactFitLimit(y, lag);
  if (!(restricted > limit)) return { status: 'exact-fit', ...none };
  const full = residualSumOfSquares(joint, response);
  if (Number.isNaN(full)) return { status: 'collinear', ...none };
  if (!(full > limit)) return { status: 'exact-fit', ...none };
  return { status: 'ok', restricted, full, rows: samples - lag, logUnit };
}

/** Whether the past of a series whose lags depend on one another still leaves nothing of it, as with a ramp. */
function isExplainedByItself(y: Float64Array, lag: number): boolean {
  const rows = y.length - lag;
  const residual = new Float64Array(rows);
  effectBasis(y, lag, new Float64Array((lag + 1) * rows), residual);
  return !(residual.reduce((sum, value) => sum + value * value, 0) > exactFitLimit(y, lag));
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
