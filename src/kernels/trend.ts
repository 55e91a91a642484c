import { subtractProjections } from './orthonormalise';

/**
 * Orthonormal polynomials of degree 0..degree over equally spaced points: each is the one before times x, made
 * orthogonal to all before it, twice. No more than `rows` of them exist.
 *
 * @returns min(degree + 1, rows) x rows, row-major: one polynomial after another
 */
export function trendBasis(rows: number, degree: number): Float64Array {
  const vectors = Math.min(degree + 1, rows);
  const basis = new Float64Array(vectors * rows);
  for (let v = 0; v < vectors; v++) {
    const vector = basis.subarray(v * rows, (v + 1) * rows);
    for (let r = 0; r < rows; r++) {
      const x = rows > 1 ? (2 * r) / (rows - 1) - 1 : 0;
      vector[r] = v === 0 ? 1 : x * basis[(v - 1) * rows + r];
    }
    for (let pass = 0; pass < 2; pass++) subtractTrend(vector, basis, v);
    let norm = 0;
    for (const value of vector) norm += value * value;
    norm = Math.sqrt(norm);
    for (let r = 0; r < rows; r++) vector[r] /= norm;
  }
  return basis;
}

/**
 * Least squares residuals of a series on the first `vectors` polynomials, in place.
 *
 * @param series length rows
 * @param basis from `trendBasis`
 */
export function subtractTrend(series: Float64Array, basis: Float64Array, vectors: number): void {
  subtractProjections(series, 0, basis, vectors, series.length);
}
