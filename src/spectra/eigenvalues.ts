import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { WeightMatrix } from './weightMatrix';

/**
 * Singular values of a matrix of finite numbers, ascending, as many as its smaller side. Huge and tiny entries are
 * brought to order 1 by a power of two, which costs no digit, so that nothing overflows.
 */
export function singularValues({ rows, cols, values }: WeightMatrix): Float64Array {
  const scale = powerOfTwo(values);
  if (scale === 0) return new Float64Array(Math.min(rows, cols));
  const matrix = new Matrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) matrix.set(i, j, values[i * cols + j] / scale);
  }
  const decomposition = new SingularValueDecomposition(matrix, {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return Float64Array.from(decomposition.diagonal, value => value * scale).sort();
}

/**
 * Squared singular values, ascending, as eigenvalues of W W' or W' W, whichever is smaller: ten times faster than by singular
 * values and as exact for large ones, but values below 1e-16 of the largest are noise. For the many matrices of a null.
 */
export function gramEigenvalues(values: Float64Array, rows: number, cols: number): Float64Array {
  const side = Math.min(rows, cols);
  const scale = powerOfTwo(values);
  if (scale === 0) return new Float64Array(side);
  const scaled = scale === 1 ? values : values.map(value => value / scale);
  const gram = rows <= cols ? rowProducts(scaled, rows, cols) : columnProducts(scaled, rows, cols);
  const negligible = NEGLIGIBLE * gram.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const matrix = new Matrix(side, side);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j <= i; j++) {
      const product = gram[i * side + j];
      const value = Math.abs(product) < negligible ? 0 : product;
      matrix.set(i, j, value);
      matrix.set(j, i, value);
    }
  }
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues;
  return Float64Array.from(found, value => Math.max(0, value) * scale * scale).sort();
}

/** Products so much smaller than the largest are noise, and near the smallest doubles the decomposition divides by zero. */
const NEGLIGIBLE = 1e-40;

/** Lower triangle of W W', two columns at a time: a row read once serves both, and their sums do not wait for each other. */
function rowProducts(values: Float64Array, rows: number, cols: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    const end = (i + 1) * cols;
    for (let j = 0; j <= i; j += 2) {
      let even = 0;
      let odd = 0;
      // Beyond the last row undefined would turn up: the row itself is read instead, and not used.
      const next = j + 1 < rows ? cols : 0;
      for (let a = i * cols, b = j * cols; a < end; a++, b++) {
        const value = values[a];
        even += value * values[b];
        odd += value * values[b + next];
      }
      gram[i * rows + j] = even;
      if (j < i) gram[i * rows + j + 1] = odd;
    }
  }
  return gram;
}

/** Lower triangle of W' W. */
function columnProducts(values: Float64Array, rows: number, cols: number): Float64Array {
  const gram = new Float64Array(cols * cols);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < cols; i++) {
      const value = values[r * cols + i];
      for (let j = 0; j <= i; j++) gram[i * cols + j] += value * values[r * cols + j];
    }
  }
  return gram;
}

/** 1 where fourth powers, which the decompositions form, neither overflow nor vanish, else the power of two next below the largest entry; 0 for zeros. */
function powerOfTwo(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0 || (largest > 1e-30 && largest < 1e30)) return Math.sign(largest);
  return 2 ** Math.floor(Math.log2(largest));
}
