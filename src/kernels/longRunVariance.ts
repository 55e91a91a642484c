/**
 * Sum over t of e_t² plus twice its Bartlett-weighted lagged products: n times the long-run variance (Newey and West).
 *
 *     c_0 + 2 Σ_{i=1..lags} (1 - i / (lags + 1)) c_i,      c_i = Σ_t e_t e_{t-i}
 *
 * Never negative but for rounding.
 */
export function bartlettSum(residuals: Float64Array, lags: number): number {
  let sum = laggedProduct(residuals, 0);
  for (let i = 1; i <= lags; i++) sum += 2 * (1 - i / (lags + 1)) * laggedProduct(residuals, i);
  return sum;
}

/**
 * Bandwidth by the rule of Hobijn, Franses and Ooms (2004, Statistica Neerlandica 58, 483) for the Bartlett kernel, from
 * the first m = floor(n^(2/9)) lagged products; may be infinite.
 *
 *     floor(1.1447 ((s_1 / s_0)² n)^(1/3)),   s_0 = c_0 + 2 Σ c_i,   s_1 = 2 Σ i c_i,   i = 1..m
 */
export function hobijnLags(residuals: Float64Array): number {
  const n = residuals.length;
  let s0 = laggedProduct(residuals, 0);
  let s1 = 0;
  for (let i = 1; i <= Math.floor(n ** (2 / 9)); i++) {
    const product = 2 * laggedProduct(residuals, i);
    s0 += product;
    s1 += i * product;
  }
  const ratio = s1 / s0;
  return Math.floor(1.1447 * (ratio * ratio) ** (1 / 3) * n ** (1 / 3));
}

/** Sum of squares of the partial sums e_0, e_0 + e_1, … */
export function partialSumSquares(residuals: Float64Array): number {
  let partial = 0;
  let sum = 0;
  for (const residual of residuals) {
    partial += residual;
    sum += partial * partial;
  }
  return sum;
}

function laggedProduct(e: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < e.length; t++) sum += e[t] * e[t - lag];
  return sum;
}
