/** Squared norm left of a column, relative to its own, below which it counts as dependent on the others. */
const DEPENDENT = 1e-20;

/**
 * The part of a Granger test that all causes share: an orthonormal basis of [1, y lagged by 1..lag] and what it leaves of
 * y. With T samples there are n = T - lag rows, row t standing for sample t + lag.
 *
 * @param effect y, length T, centred and of moderate size
 * @param basis out, (lag + 1) x n, row-major: one basis vector after another; dependent columns are left out
 * @param residual out, length n: y minus its projection; its squared norm is the restricted sum of squares
 * @returns the number of basis vectors, lag + 1 unless columns depend on one another
 */
export function effectBasis(
  effect: Float64Array,
  lag: number,
  basis: Float64Array,
  residual: Float64Array,
): number {
  const rows = effect.length - lag;
  basis.fill(1 / Math.sqrt(rows), 0, rows);
  let vectors = 1;
  for (let l = 1; l <= lag; l++) {
    copyLag(effect, lag, l, rows, basis, vectors * rows);
    if (orthonormalise(basis, vectors * rows, rows, basis, vectors)) vectors++;
  }
  copyLag(effect, lag, 0, rows, residual, 0);
  for (let pass = 0; pass < 2; pass++) subtractProjections(residual, 0, rows, basis, vectors);
  return vectors;
}

/**
 * Full residual sum of squares of one cause: what is left of `residual` after the cause's lags, each made orthogonal to
 * the basis and to the lags before it (modified Gram-Schmidt, orthogonalised twice). Formed as the squared norm of the
 * remaining vector, not as a difference of sums. NaN when a lag depends on the other columns.
 *
 * @param cause x, length T, centred and of moderate size
 * @param basis vectors x rows, from `effectBasis`
 * @param residual length rows, from `effectBasis`
 * @param columns buffer, lag x rows
 * @param remaining buffer, length rows
 */
export function fullSumOfSquares(
  cause: Float64Array,
  lag: number,
  basis: Float64Array,
  vectors: number,
  residual: Float64Array,
  columns: Float64Array,
  remaining: Float64Array,
): number {
  const rows = cause.length - lag;
  remaining.set(residual);
  for (let l = 1; l <= lag; l++) {
    const at = (l - 1) * rows;
    copyLag(cause, lag, l, rows, columns, at);
    if (!orthonormalise(columns, at, rows, basis, vectors, l - 1)) return Number.NaN;
  }
  subtractProjections(remaining, 0, rows, columns, lag);
  return dot(remaining, 0, remaining, 0, rows);
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

/**
 * Makes columns[at ..] orthogonal to the basis and to the first `before` columns, twice, and of norm 1; false when
 * (nearly) nothing is left of it.
 */
function orthonormalise(
  columns: Float64Array,
  at: number,
  rows: number,
  basis: Float64Array,
  vectors: number,
  before = 0,
): boolean {
  const original = dot(columns, at, columns, at, rows);
  for (let pass = 0; pass < 2; pass++) {
    subtractProjections(columns, at, rows, basis, vectors);
    subtractProjections(columns, at, rows, columns, before);
  }
  const left = dot(columns, at, columns, at, rows);
  if (!(left > DEPENDENT * original)) return false;
  const scale = 1 / Math.sqrt(left);
  for (let t = 0; t < rows; t++) columns[at + t] *= scale;
  return true;
}

function subtractProjections(
  target: Float64Array,
  at: number,
  rows: number,
  basis: Float64Array,
  vectors: number,
): void {
  for (let v = 0; v < vectors; v++) {
    const from = v * rows;
    const share = dot(basis, from, target, at, rows);
    for (let t = 0; t < rows; t++) target[at + t] -= share * basis[from + t];
  }
}

/** Four sums side by side: one alone would wait for itself at every term. */
function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t < length - 3; t += 4) {
    s0 += a[atA + t] * b[atB + t];
    s1 += a[atA + t + 1] * b[atB + t + 1];
    s2 += a[atA + t + 2] * b[atB + t + 2];
    s3 += a[atA + t + 3] * b[atB + t + 3];
  }
  for (; t < length; t++) s0 += a[atA + t] * b[atB + t];
  return s0 + s1 + (s2 + s3);
}
