/** Squared norm left of a vector, relative to its own, below which it counts as dependent on the others. */
const DEPENDENT = 1e-20;
/** Squared norm left below which cancellation has cost half a digit, and a second projection is due. */
const CANCELLED = 0.1;

/**
 * Makes row `count` of `vectors` orthogonal to the orthonormal rows before it, and its norm 1 (Gram-Schmidt, twice where
 * once is not enough: Daniel, Gragg, Kaufman and Stewart 1976, Mathematics of Computation 30, 772).
 *
 * @param vectors count + 1 rows or more of length `rows`, row-major
 * @returns false when (nearly) nothing is left of it
 */
export function orthonormalise(vectors: Float64Array, count: number, rows: number): boolean {
  const at = count * rows;
  const original = dot(vectors, at, vectors, at, rows);
  let left = subtractProjections(vectors, at, vectors, count, rows);
  if (left < CANCELLED * original) left = subtractProjections(vectors, at, vectors, count, rows);
  if (!(left > DEPENDENT * original)) return false;
  const scale = 1 / Math.sqrt(left);
  for (let r = at; r < at + rows; r++) vectors[r] *= scale;
  return true;
}

/**
 * Subtracts from target[at ..] its projections on the first `count` rows of `vectors`, which are orthonormal: two by two,
 * since reading and writing costs more than multiplying.
 *
 * @returns squared norm of what is left
 */
export function subtractProjections(
  target: Float64Array,
  at: number,
  vectors: Float64Array,
  count: number,
  rows: number,
): number {
  if (count === 0) return dot(target, at, target, at, rows);
  let left = 0;
  if (count % 2 === 1) left = subtract(target, at, dot(vectors, 0, target, at, rows), vectors, 0, rows);
  for (let v = count % 2; v < count; v += 2) left = subtractPair(target, at, vectors, v * rows, rows);
  return left;
}

/** Four sums side by side, here and two below: one alone would wait for itself at every term. */
export function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
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

/** target[at ..] -= share * vectors[from ..]; returns the squared norm of what is left. */
export function subtract(
  target: Float64Array,
  at: number,
  share: number,
  vectors: Float64Array,
  from: number,
  rows: number,
): number {
  let left = 0;
  let leftOdd = 0;
  let r = 0;
  for (; r < rows - 1; r += 2) {
    const even = target[at + r] - share * vectors[from + r];
    const odd = target[at + r + 1] - share * vectors[from + r + 1];
    target[at + r] = even;
    target[at + r + 1] = odd;
    left += even * even;
    leftOdd += odd * odd;
  }
  if (r < rows) {
    const value = target[at + r] - share * vectors[from + r];
    target[at + r] = value;
    left += value * value;
  }
  return left + leftOdd;
}

/** The projections on the two rows that begin at `from`. */
function subtractPair(
  target: Float64Array,
  at: number,
  vectors: Float64Array,
  from: number,
  rows: number,
): number {
  const next = from + rows;
  let first = 0;
  let second = 0;
  let firstOdd = 0;
  let secondOdd = 0;
  let r = 0;
  for (; r < rows - 1; r += 2) {
    const even = target[at + r];
    const odd = target[at + r + 1];
    first += even * vectors[from + r];
    second += even * vectors[next + r];
    firstOdd += odd * vectors[from + r + 1];
    secondOdd += odd * vectors[next + r + 1];
  }
  if (r < rows) {
    first += target[at + r] * vectors[from + r];
    second += target[at + r] * vectors[next + r];
  }
  first += firstOdd;
  second += secondOdd;
  let left = 0;
  let leftOdd = 0;
  for (r = 0; r < rows - 1; r += 2) {
    const even = target[at + r] - first * vectors[from + r] - second * vectors[next + r];
    const odd = target[at + r + 1] - first * vectors[from + r + 1] - second * vectors[next + r + 1];
    target[at + r] = even;
    target[at + r + 1] = odd;
    left += even * even;
    leftOdd += odd * odd;
  }
  if (r < rows) {
    const value = target[at + r] - first * vectors[from + r] - second * vectors[next + r];
    target[at + r] = value;
    left += value * value;
  }
  return left + leftOdd;
}
