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
  for (let t = 0; t < series.length; t++) if (Math.abs(series[t]) > size) size = Math.abs(series[t]);
  const shrink = size > 1e290 ? 2 ** -100 : 1; // a power of two: keeps every digit
  let unit = 0;
  for (let t = 0; t < series.length; t++) {
    const value = series[t] * shrink - origin * shrink;
    out[t] = value;
    if (Math.abs(value) > unit) unit = Math.abs(value);
  }
  if (unit === 0) unit = 1;
  for (let t = 0; t < out.length; t++) out[t] /= unit;
  return {
    logUnit: Math.log(unit) - Math.log(shrink),
    rounding: Number.EPSILON * (4 + (size * shrink) / unit),
  };
}

export function isFiniteSeries(series: Float64Array): boolean {
  let sum = 0;
  // A finite number times 0 is 0; NaN and infinities give NaN, which stays.
  for (let t = 0; t < series.length; t++) sum += series[t] * 0;
  return sum === 0;
}

/** True when series[from..to] (both included) are equal, also when there are none. */
export function isConstant(series: Float64Array, from: number, to: number): boolean {
  for (let t = from + 1; t <= to; t++) if (series[t] !== series[from]) return false;
  return true;
}
