/** The tail whose eigenvalues, scaled to mean 1, have a product of about 1: where WeightWatcher's theory wants xmin. */
export interface DeterminantTail {
  /** Eigenvalues in it; 0 where all eigenvalues are equal or not finite. */
  readonly count: number;
  /** Its smallest eigenvalue; NaN without one. */
  readonly from: number;
}

/**
 * From the top down, the first tail whose product falls below 1, or all of them when none does, though `from` is then the second:
 * WeightWatcher's detX_num and detX_val.
 *
 * @param eigenvalues ascending
 */
export function determinantTail(eigenvalues: Float64Array): DeterminantTail {
  const n = eigenvalues.length;
  const mean = eigenvalues.reduce((sum, value) => sum + value, 0) / n;
  if (!(eigenvalues[0] < eigenvalues[n - 1]) || !Number.isFinite(mean)) return { count: 0, from: Number.NaN };
  let logProduct = 0;
  for (let i = n - 1; i > 0; i--) {
    logProduct += Math.log(eigenvalues[i] / mean);
    if (logProduct < 0) return { count: n - i, from: eigenvalues[i] };
  }
  return { count: n, from: eigenvalues[1] };
}
