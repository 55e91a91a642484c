import { requireWhole } from '../core/require';
import { readSeries } from '../core/series';
import { subtractTrend, trendBasis } from '../kernels/trend';
import { isFiniteSeries } from './stationaritySeries';

/**
 * What a least squares polynomial in time leaves of a series: degree 0 takes away the mean, 1 a line, 2 a parabola.
 * Zeros when the polynomial passes through every sample (n <= degree + 1); all NaN when a value is NaN or infinite.
 *
 * @param series length n
 * @param degree default 1
 * @returns length n
 * @throws TypeError unless the series is an array of numbers, RangeError unless the degree is a whole number from 0 up
 * @example
 * import { detrend } from 'legcnet';
 * detrend([0, 2, 1, 3]); // [-0.3, 0.9, -0.9, 0.3]
 */
export function detrend(series: ArrayLike<number>, degree = 1): Float64Array {
  const task = 'take away a trend';
  const values = readSeries(series, task);
  requireWhole(degree, 0, 'degree', task);
  const n = values.length;
  if (!isFiniteSeries(values)) return new Float64Array(n).fill(Number.NaN);
  return detrended(values, trendBasis(n, degree), new Float64Array(n));
}

/** Low level: many series of one length share a basis from `trendBasis`. */
export function detrended(series: Float64Array, basis: Float64Array, out: Float64Array): Float64Array {
  const vectors = basis.length / series.length;
  if (vectors === series.length) return out.fill(0);
  let size = 0;
  for (const value of series) size = Math.max(size, Math.abs(value));
  const shrink = size > 1e290 ? 2 ** -100 : 1; // a power of two: keeps every digit
  for (let t = 0; t < series.length; t++) out[t] = series[t] * shrink - series[0] * shrink;
  subtractTrend(out, basis, vectors);
  for (let t = 0; t < series.length; t++) out[t] /= shrink;
  return out;
}
