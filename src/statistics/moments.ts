/**
 * Sum / n; NaN of nothing.
 *
 * @example
 * import { mean } from 'legcnet';
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * The middle value, or the mean of the two in the middle; NaN of nothing.
 *
 * @example
 * import { median } from 'legcnet';
 * median([1, 2, 6]); // 2
 * median([1, 2, 3, 6]); // 2.5
 */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Sample variance, sum of (x - mean)^2 / (n - 1), in two passes; NaN of fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return values.length < 2 ? Number.NaN : sum / (values.length - 1);
}
