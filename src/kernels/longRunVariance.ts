import { dot } from './orthonormalise';

/** Lagged products c_i = Σ_t e_t e_{t-i} for i = from..to, written to products[i]. */
export function laggedProducts(
  residuals: Float64Array,
  from: number,
  to: number,
  products: Float64Array,
): void {
  for (let i = from; i <= to; i++) products[i] = dot(residuals, i, residuals, 0, residuals.length - i);
}

/**
 * Sum over t of e_t² plus twice its Bartlett-weighted lagged products: n times the long-run variance (Newey and West).
 *
 *     c_0 + 2 Σ_{i=1..lags} (1 - i / (lags + 1)) c_i
 *
 * Never negative but for rounding.
 *
 * @param products c_0 to c_lags
 */
export function bartlettSum(products: Float64Array, lags: number): number {
  let sum = products[0];
  for (let i = 1; i <= lags; i++) sum += 2 * (1 - i / (lags + 1)) * products[i];
  return sum;
}

/** How many lagged products beside c_0 `hobijnLags` reads: m = floor(n^(2/9)). */
export function hobijnTerms(n: number): number {
  return Math.floor(n ** (2 / 9));
}

/**
 * Bandwidth by the rule of Hobijn, Franses and Ooms (2004, Statistica Neerlandica 58, 483) for the Bartlett kernel; may be
 * infinite.
 *
 *     floor(1.1447 ((s_1 / s_0)² n)^(1/3)),   s_0 = c_0 + 2 Σ c_i,   s_1 = 2 Σ i c_i,   i = 1..m
 *
 * @param products c_0 to c_m of n residuals
 */
export function hobijnLags(products: Float64Array, n: number): number {
  let s0 = products[0];
  let s1 = 0;
  for (let i = 1; i <= hobijnTerms(n); i++) {
    s0 += 2 * products[i];
    s1 += 2 * i * products[i];
  }
  const ratio = s1 / s0;
  return Math.floor(1.1447 * (ratio * ratio) ** (1 / 3) * n ** (1 / 3));
}

/** Sum of squares of the partial sums e_0, e_0 + e_1, … */
export function partialSumSquares(residuals: Float64Array): number {
  let partial = 0;
  let sum = 0;
  for (let t = 0; t < residuals.length; t++) {
    partial += residuals[t];
    sum += partial * partial;
  }
  return sum;
}
