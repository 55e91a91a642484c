/**
 * Writes series[offset ..], moved and stretched to [0, 1], to `y` (as many values as `y` holds) and returns the range it
 * had; NaN, with `y` unusable, if a value is not finite; 0 for an empty or constant stretch, `y` then unusable too. A range
 * beyond the largest double is halved before it overflows.
 */
export function rescaleToUnit(series: Float64Array, offset: number, y: Float64Array): number {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < y.length; t++) {
    const value = series[offset + t];
    if (!Number.isFinite(value)) return Number.NaN;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (y.length === 0) return 0;
  const half = Number.isFinite(max - min) ? 1 : 0.5;
  const range = half * max - half * min;
  for (let t = 0; t < y.length; t++) y[t] = (half * series[offset + t] - half * min) / range;
  return range;
}
