/**
 * The digamma function, d ln G(x) / dx, for x > 0: arguments below 10 are shifted up by psi(x) = psi(x + 1) - 1 / x, then
 *
 *     psi(x) = ln x - 1 / (2 x) - sum of B(2m) / (2m x^(2m)),  m = 1..7
 *
 * Error below 1e-14 (1 + |psi|) against 60-digit references. Infinity at infinity.
 *
 * Abramowitz & Stegun 6.3.5 (shift), 6.3.18 (series).
 *
 * @throws RangeError unless x is a positive number
 * @example
 * import { digamma } from './digamma';
 * digamma(1); // -0.57721566490153, minus Euler's constant
 */
export function digamma(x: number): number {
  if (!(x > 0)) {
    throw new RangeError(`Cannot compute the digamma function at ${x}: a positive number is required`);
  }
  let shift = 0;
  let y = x;
  while (y < 10) {
    shift += 1 / y;
    y += 1;
  }
  const r = 1 / (y * y);
  const series =
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))));
  return Math.log(y) - 0.5 / y - series - shift;
}
