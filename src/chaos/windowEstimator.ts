import type { ExponentStatus } from './windowedExponents';

/** One window's exponent and the fit behind it. */
export interface ExponentFit {
  readonly status: ExponentStatus;
  /** Per iteration, natural logarithm. */
  readonly exponent: number;
  /** Of the fitted line at index 0 of the curve. */
  readonly intercept: number;
  /** Points of the curve that entered the fit. */
  readonly points: number;
  /** First and last index of the curve that are fitted; 0 and -1 without a fit. */
  readonly fitFrom: number;
  readonly fitTo: number;
}

/** Estimates the exponent of one window after another; all windows have one length, and buffers are reused. */
export interface WindowEstimator {
  /** Estimator and its settings in words, for captions. */
  readonly description: string;
  /** The curve of the last window: ln|delta_t| over t, or S(k) over k. */
  readonly curve: Float64Array;
  /** Estimates from series[offset .. offset + length - 1]. */
  run(series: Float64Array, offset: number): ExponentFit;
}

/** A window without an exponent. */
export function noExponent(status: ExponentStatus): ExponentFit {
  return { status, exponent: Number.NaN, intercept: Number.NaN, points: 0, fitFrom: 0, fitTo: -1 };
}
