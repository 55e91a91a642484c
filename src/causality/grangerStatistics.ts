import { chi2UpperTail, fUpperTail } from '../statistics/tails';
import type { GrangerTestName, TestStatus } from './grangerScan';
import { isCarried } from './lags';
import { isFiniteSeries } from './stationaritySeries';

/** The four ways to compare the restricted with the full residual sum of squares. */
export interface GrangerStatistics {
  /** ((R - U) / p) / (U / (n - 2 p - 1)), against F(p, n - 2 p - 1). */
  readonly f: number;
  /** n (R - U) / U, against chi-square(p). */
  readonly chi2: number;
  /** n ln(R / U), against chi-square(p). */
  readonly lr: number;
  /** ln(R / U), eq. (4) of the paper; twice the Gaussian transfer entropy in nats. */
  readonly geweke: number;
}

/**
 * @param restricted R, without the cause
 * @param full U, with it
 * @param rows n, samples minus lag
 */
export function grangerStatistics(
  restricted: number,
  full: number,
  rows: number,
  lag: number,
): GrangerStatistics {
  // Rounding may leave U a hair above R.
  const gain = Math.max(0, restricted - full) / full;
  const geweke = Math.log1p(gain);
  return { f: (gain * (rows - 2 * lag - 1)) / lag, chi2: rows * gain, lr: rows * geweke, geweke };
}

export function grangerPValue(test: GrangerTestName, statistic: number, rows: number, lag: number): number {
  return test === 'f' ? fUpperTail(statistic, lag, rows - 2 * lag - 1) : chi2UpperTail(statistic, lag);
}

/** What a fit costs in likelihood and columns, smaller being better. */
export interface InformationCriteria {
  /** Akaike: n (ln 2π + ln(U / n) + 1) + 2 k, with k = 2 p + 1 columns. */
  readonly aic: number;
  /** Bayesian: k ln n in place of 2 k. */
  readonly bic: number;
}

/**
 * @param full U, of a standardised effect
 * @param logUnit what `rescaleAroundMean` returned for it, so that the criteria are those of the effect as it came
 */
export function informationCriteria(
  full: number,
  rows: number,
  lag: number,
  logUnit: number,
): InformationCriteria {
  const misfit = rows * (Math.log(2 * Math.PI) + Math.log(full / rows) + 2 * logUnit + 1);
  const columns = 2 * lag + 1;
  return { aic: misfit + 2 * columns, bic: misfit + Math.log(rows) * columns };
}

/** What can be said before any regression: a value is missing, the series is too short, or a column is constant. */
export function statusOfSeries(series: Float64Array, lag: number): TestStatus {
  if (!isFiniteSeries(series)) return 'missing';
  if (!isCarried(series.length, lag)) return 'too-short';
  for (let l = 1; l <= lag; l++) {
    let t = lag - l + 1;
    const last = series.length - 1 - l;
    while (t <= last && series[t] === series[lag - l]) t++;
    if (t > last) return 'constant';
  }
  return 'ok';
}

/**
 * Sum of squares up to which a regression explains all but rounding of the effect: the share is the spacing of doubles,
 * as in statsmodels.
 */
export function exactFitLimit(effect: Float64Array, lag: number): number {
  const rows = effect.length - lag;
  let sum = 0;
  for (let t = lag; t < effect.length; t++) sum += effect[t];
  const mean = sum / rows;
  let total = 0;
  for (let t = lag; t < effect.length; t++) total += (effect[t] - mean) * (effect[t] - mean);
  return Number.EPSILON * total;
}

/**
 * The series minus its mean, divided by the largest absolute value, written to `out` (which may be the series): no
 * statistic changes, and neither a large offset nor a tiny range costs digits.
 */
export function standardise(series: Float64Array, out: Float64Array): Float64Array {
  rescaleAroundMean(series, out);
  return out;
}

/** The same; returns the natural logarithm of what the series was divided by. */
export function rescaleAroundMean(series: Float64Array, out: Float64Array): number {
  const length = series.length;
  let sum = 0;
  for (let t = 0; t < length; t++) sum += series[t];
  let shrink = 1;
  if (!(Math.abs(sum) < 1e290)) {
    shrink = 2 ** -100; // a power of two: keeps every digit
    sum = 0;
    for (let t = 0; t < length; t++) sum += series[t] * shrink;
  }
  const mean = sum / length;
  let largest = 0;
  for (let t = 0; t < length; t++) {
    const value = series[t] * shrink - mean;
    out[t] = value;
    if (Math.abs(value) > largest) largest = Math.abs(value);
  }
  if (largest > 0) for (let t = 0; t < length; t++) out[t] /= largest;
  return Math.log(largest > 0 ? largest : 1) - Math.log(shrink);
}
