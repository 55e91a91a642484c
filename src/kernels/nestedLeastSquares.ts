/** Squared norm left of a column, relative to its own, below which it counts as dependent on the others. */
const DEPENDENT = 1e-20;

/**
 * Least squares of one response on 1, 2, …, `count` columns: every regression of the nested family from a single
 * decomposition (modified Gram-Schmidt carried through to the response, which loses no more digits than Householder's).
 * With q_j the j-th orthonormal vector, the j-th regression adds (q_j · response) q_j to the fit, so that
 *
 *     t_j = (q_j · response) / sqrt(sum_j / (rows - rank_j))
 *
 * A column that depends on those before it adds nothing: its t value is NaN and its sum that of the regression before.
 *
 * @param columns count x rows, row-major, one column after another; overwritten by the orthonormal vectors
 * @param response length rows; overwritten by what all columns leave of it
 * @param sums out, length count: residual sum of squares of the regression on columns 0..j
 * @param tValues out, length count: t value of column j in that regression
 */
export function nestedLeastSquares(
  columns: Float64Array,
  count: number,
  rows: number,
  response: Float64Array,
  sums: Float64Array,
  tValues: Float64Array,
): void {
  let rank = 0;
  for (let j = 0; j < count; j++) {
    const at = j * rows;
    const original = dot(columns, at, columns, at, rows);
    for (let i = 0; i < j; i++) {
      if (Number.isNaN(tValues[i])) continue;
      const share = dot(columns, i * rows, columns, at, rows);
      subtract(columns, at, share, columns, i * rows, rows);
    }
    const left = dot(columns, at, columns, at, rows);
    if (!(left > DEPENDENT * original)) {
      tValues[j] = Number.NaN;
      sums[j] = j > 0 ? sums[j - 1] : dot(response, 0, response, 0, rows);
      continue;
    }
    const norm = Math.sqrt(left);
    for (let r = 0; r < rows; r++) columns[at + r] /= norm;
    rank++;
    const share = dot(columns, at, response, 0, rows);
    subtract(response, 0, share, columns, at, rows);
    sums[j] = dot(response, 0, response, 0, rows);
    tValues[j] = share / Math.sqrt(sums[j] / (rows - rank));
  }
}

/** Four running sums: the additions do not wait for one another. */
function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let r = 0;
  for (; r < length - 3; r += 4) {
    sum0 += a[atA + r] * b[atB + r];
    sum1 += a[atA + r + 1] * b[atB + r + 1];
    sum2 += a[atA + r + 2] * b[atB + r + 2];
    sum3 += a[atA + r + 3] * b[atB + r + 3];
  }
  for (; r < length; r++) sum0 += a[atA + r] * b[atB + r];
  return sum0 + sum1 + (sum2 + sum3);
}

function subtract(
  target: Float64Array,
  at: number,
  share: number,
  vector: Float64Array,
  from: number,
  length: number,
): void {
  for (let r = 0; r < length; r++) target[at + r] -= share * vector[from + r];
}
