import { normalUpperTail, tUpperTail } from './tails';

/** The point that a standard normal number stays below with probability p; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  return quantile(normalUpperTail, p);
}

/** The point that a t-distributed number with `df` degrees of freedom stays below with probability p; infinite at 0 and 1. */
export function tQuantile(p: number, df: number): number {
  return quantile(t => tUpperTail(t, df), p);
}

/** Inverts the upper tail of a distribution symmetric about 0, by bisection to neighbouring doubles. */
function quantile(upperTail: (x: number) => number, p: number): number {
  if (p > 0.5) return -quantile(upperTail, 1 - p);
  if (!(p > 0)) return p === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  let low = 0;
  let high = 1;
  while (upperTail(high) > p && high < Number.MAX_VALUE) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return -middle;
    if (upperTail(middle) > p) low = middle;
    else high = middle;
  }
}
