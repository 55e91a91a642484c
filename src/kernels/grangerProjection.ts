import { orthonormalise, subtractProjections } from './orthonormalise';

/**
 * The part of a Granger test that all causes share: an orthonormal basis of [1, y lagged by 1..lag] and what it leaves of
 * y. With T samples there are n = T - lag rows, row t standing for sample t + lag.
 *
 * @param effect y, length T, centred and of moderate size
 * @param vectors out, (lag + 1) x n or more, row-major: one basis vector after another; dependent columns are left out
 * @param residual out, length n: y minus its projection; its squared norm is the restricted sum of squares
 * @returns the number of basis vectors, lag + 1 unless columns depend on one another
 */
export function effectBasis(
  effect: Float64Array,
  lag: number,
  vectors: Float64Array,
  residual: Float64Array,
): number {
  const rows = effect.length - lag;
  vectors.fill(1 / Math.sqrt(rows), 0, rows);
  let count = 1;
  for (let l = 1; l <= lag; l++) {
    copyLag(effect, lag, l, rows, vectors, count * rows);
    if (orthonormalise(vectors, count, rows)) count++;
  }
  copyLag(effect, lag, 0, rows, residual, 0);
  for (let pass = 0; pass < 2; pass++) subtractProjections(residual, 0, vectors, count, rows);
  return count;
}

/**
 * Full residual sum of squares of one cause: what is left of `residual` after the cause's lags, each made orthogonal to
 * the basis and to the lags before it. Formed as the squared norm of the remaining vector, not as a difference of sums.
 * NaN when a lag depends on the other columns.
 *
 * @param cause x, length T, centred and of moderate size
 * @param vectors (count + lag) x rows: the basis from `effectBasis`, then room for the cause's lags
 * @param count of basis vectors
 * @param residual length rows, from `effectBasis`
 * @param remaining buffer, length rows
 */
export function fullSumOfSquares(
  cause: Float64Array,
  lag: number,
  vectors: Float64Array,
  count: number,
  residual: Float64Array,
  remaining: Float64Array,
): number {
  const rows = cause.length - lag;
  for (let l = 1; l <= lag; l++) {
    const at = count + l - 1;
    copyLag(cause, lag, l, rows, vectors, at * rows);
    if (!orthonormalise(vectors, at, rows)) return Number.NaN;
  }
  remaining.set(residual);
  // Orthogonal to the basis already.
  return subtractProjections(remaining, 0, vectors.subarray(count * rows), lag, rows);
}

/** Rows of the series lagged by l: sample t + lag - l at row t. */
function copyLag(
  series: Float64Array,
  lag: number,
  l: number,
  rows: number,
  out: Float64Array,
  at: number,
): void {
  for (let t = 0; t < rows; t++) out[at + t] = series[t + lag - l];
}
