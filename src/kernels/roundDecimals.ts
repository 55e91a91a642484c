/** 10^0 .. 10^22, all exact; raising to a power costs more than the rest of a rounding. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** More than the relative error of a product. */
const ROUNDING = 2 ** -50;

/**
 * The number that printing with a fixed count of decimals and reading back gives, as C's `%.6f` does: the decimal
 * nearest to the exact binary value. Exact ties, which only dyadic fractions such as 0.5 at 0 decimals can hit, go away
 * from zero. Infinite and NaN values come back unchanged.
 */
export function roundDecimals(value: number, decimals: number): number {
  const power = POWERS[decimals] ?? 10 ** decimals;
  const scaled = value * power;
  const whole = Math.round(scaled);
  // value * power is itself rounded: near a half, and beyond exact integers, the decimal expansion decides.
  const size = Math.abs(scaled);
  if (size < 2 ** 40 && Math.abs(Math.abs(scaled - whole) - 0.5) > ROUNDING + ROUNDING * size)
    return whole / power;
  return Number.isFinite(value) ? Number(value.toFixed(decimals)) : value;
}
