/** How a series was brought to moderate size, and how much of it may be rounding. */
export interface Rescaling {
  /** Natural logarithm of the divisor. */
  readonly logUnit: number;
  /**
   * Size, in new units, of what rounding alone can leave in a residual: half a unit in the last place of the largest
   * value twice over, and four of the arithmetic.
   */
  readonly rounding: number;
}

/**
 * Writes (series - origin) / unit to `out`, the unit being the largest absolute value of the numerator (1 if that is
 * 0), so that neither a large offset nor a tiny or huge range costs digits.
 *
 * @param series finite numbers
 * @param origin the first value, or 0 where the level itself matters
 */
export function rescale(series: Float64Array, origin: number, out: Float64Array): Rescaling {
  let size = 0;
  for (const value of series) size = Math.max(size, Math.abs(value));
  const shrink = size > 1e290 ? 2 ** -100 : 1; // a power of two: keeps every digit
  let unit = 0;
  for (let t = 0; t < series.length; t++) {
    out[t] = series[t] * shrink - origin * shrink;
    unit = Math.max(unit, Math.abs(out[t]));
  }
  if (unit === 0) unit = 1;
  for (let t = 0; t < out.length; t++) out[t] /= unit;
  return {
    logUnit: Math.log(unit) - Math.log(shrink),
    rounding: Number.EPSILON * (4 + (size * shrink) / unit),
  };
}

export function isFiniteSeries(series: Float64Array): boolean {
  return series.every(Number.isFinite);
}

/** True when series[from..to] (both included) are equal, also when there are none. */
export function isConstant(series: Float64Array, from: number, to: number): boolean {
  for (let t = from + 1; t <= to; t++) if (series[t] !== series[from]) return false;
  return true;
}
