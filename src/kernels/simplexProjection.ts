/** Variance of one series, relative to the other's, below which it is taken for rounding. */
const ROUNDING = 1e-24;

/** Which vectors predict which, and with what share: vectors x (dimension + 1), row-major. */
export interface Projection {
  readonly neighbours: Int32Array;
  /** Shares of each row add up to 1. */
  readonly shares: Float64Array;
}

/**
 * Simplex projection: for every delay vector its dimension + 1 nearest library vectors in the Euclidean norm, nearest
 * first (of equally near ones the lowest index), with shares in proportion to exp(-d / max(d1, floor)), d1 the nearest
 * distance. A vector never predicts itself. Null when some vector has too few neighbours or
 * a value is NaN.
 *
 * Vector i is (y[i], y[i + delay], …, y[i + (dimension - 1) delay]).
 *
 * @param theiler library vectors with |i - j| <= theiler are passed over
 * @param library vector indices, ascending
 * @param floor smallest distance scale, so that exact repeats do not divide by zero
 */
export function simplexProjection(
  y: Float64Array,
  vectors: number,
  dimension: number,
  delay: number,
  theiler: number,
  library: Int32Array,
  floor: number,
): Projection | null {
  const size = dimension + 1;
  const span = (dimension - 1) * delay;
  const neighbours = new Int32Array(vectors * size);
  const shares = new Float64Array(vectors * size);
  const squares = new Float64Array(size);
  for (let i = 0; i < vectors; i++) {
    const row = i * size;
    squares.fill(Number.POSITIVE_INFINITY);
    for (const j of library) {
      if (i - j <= theiler && j - i <= theiler) continue;
      let q = (y[j] - y[i]) * (y[j] - y[i]);
      for (let c = delay; c <= span && q < squares[size - 1]; c += delay) {
        q += (y[j + c] - y[i + c]) * (y[j + c] - y[i + c]);
      }
      if (!(q < squares[size - 1])) continue;
      let at = size - 1;
      for (; at > 0 && squares[at - 1] > q; at--) {
        squares[at] = squares[at - 1];
        neighbours[row + at] = neighbours[row + at - 1];
      }
      squares[at] = q;
      neighbours[row + at] = j;
    }
    if (squares[size - 1] === Number.POSITIVE_INFINITY) return null;
    const scale = Math.max(Math.sqrt(squares[0]), floor);
    let total = 0;
    for (let s = 0; s < size; s++) {
      shares[row + s] = Math.exp(-Math.sqrt(squares[s]) / scale);
      total += shares[row + s];
    }
    for (let s = 0; s < size; s++) shares[row + s] /= total;
  }
  return { neighbours, shares };
}

/**
 * Predicts cause[i + offset] for every vector i from the cause at its neighbours.
 *
 * @param offset sample that belongs to vector 0
 * @param predicted out, one value a vector
 */
export function projectCause(
  { neighbours, shares }: Projection,
  cause: Float64Array,
  offset: number,
  predicted: Float64Array,
): void {
  const vectors = predicted.length;
  const size = shares.length / vectors;
  for (let i = 0, at = 0; i < vectors; i++) {
    let sum = 0;
    for (let s = 0; s < size; s++, at++) sum += shares[at] * cause[neighbours[at] + offset];
    predicted[i] = sum;
  }
}

/**
 * Pearson's correlation of `predicted` with observed[offset ..], NaN when one of them does not vary (or, beside the
 * other, by no more than rounding).
 */
export function correlation(predicted: Float64Array, observed: Float64Array, offset: number): number {
  const n = predicted.length;
  let meanP = 0;
  let meanO = 0;
  for (let i = 0; i < n; i++) {
    meanP += predicted[i] / n;
    meanO += observed[offset + i] / n;
  }
  let pp = 0;
  let oo = 0;
  let po = 0;
  for (let i = 0; i < n; i++) {
    const p = predicted[i] - meanP;
    const o = observed[offset + i] - meanO;
    pp += p * p;
    oo += o * o;
    po += p * o;
  }
  const varies = pp > ROUNDING * oo && oo > ROUNDING * pp;
  return varies ? Math.max(-1, Math.min(1, po / Math.sqrt(pp * oo))) : Number.NaN;
}
