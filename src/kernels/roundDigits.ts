/** 10^0 .. 10^22, all exact. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LARGEST = POWERS.length - 1;

/**
 * The number that printing with so many significant digits (1 to 15) and reading back gives, as C's `%.*e` does: the decimal nearest
 * to the exact binary value, ties away from zero. Infinite and NaN values come back unchanged.
 */
export function roundDigits(value: number, digits: number): number {
  const size = Math.abs(value);
  let decimals = digits - 1;
  if (size >= 1) while (decimals >= 0 && size >= POWERS[digits - decimals]) decimals--;
  else while (decimals < LARGEST && size * POWERS[decimals] < POWERS[digits - 1]) decimals++;
  // Near a half, where the size of the last digit is in doubt, and beyond exact powers the decimal expansion decides.
  if (decimals >= 0 && decimals < LARGEST) {
    const scaled = value * POWERS[decimals];
    const whole = Math.round(scaled);
    const isClear = Math.abs(Math.abs(scaled - whole) - 0.5) > 2 ** -10 && Math.abs(whole) < POWERS[digits];
    if (isClear && Math.abs(scaled) < 2 ** 40 && Math.abs(whole) > POWERS[digits - 1])
      return whole / POWERS[decimals];
  }
  return Number.isFinite(value) ? Number(value.toExponential(digits - 1)) : value;
}
