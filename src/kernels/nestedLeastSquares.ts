import { dot, orthonormalise, subtract } from './orthonormalise';

/**
 * Least squares of one response on 1, 2, …, `count` columns: every regression of the nested family from a single
 * decomposition (Gram-Schmidt carried through to the response, which loses no more digits than Householder's). With q_j
 * the j-th orthonormal vector, the j-th regression adds (q_j · response) q_j to the fit, so that
 *
 *     t_j = (q_j · response) / sqrt(sum_j / (rows - rank_j))
 *
 * A column that depends on those before it adds nothing: its t value is NaN and its sum that of the regression before.
 *
 * @param columns count x rows, row-major, one column after another, the first `known` orthonormal; overwritten by the
 *   orthonormal vectors
 * @param response length rows; overwritten by what all columns leave of it
 * @param sums out, length count: residual sum of squares of the regression on columns 0..j
 * @param tValues out, length count: t value of column j in that regression; NaN for the `known`
 * @returns squared norm of the response
 */
export function nestedLeastSquares(
  columns: Float64Array,
  count: number,
  rows: number,
  known: number,
  response: Float64Array,
  sums: Float64Array,
  tValues: Float64Array,
): number {
  let rank = 0;
  const total = dot(response, 0, response, 0, rows);
  let sum = total;
  for (let j = 0; j < count; j++) {
    if (j > rank) columns.copyWithin(rank * rows, j * rows, (j + 1) * rows);
    tValues[j] = Number.NaN;
    if (j < known || orthonormalise(columns, rank, rows)) {
      const share = dot(columns, rank * rows, response, 0, rows);
      sum = subtract(response, 0, share, columns, rank * rows, rows);
      rank++;
      if (j >= known) tValues[j] = share / Math.sqrt(sum / (rows - rank));
    }
    sums[j] = sum;
  }
  return total;
}
