import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { CoalitionPlan } from './coalitionPlan';

/** Shapley values of one row with their standard errors, both players x outputs. */
export interface RowValues {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

/** A pivot this small beside the mean diagonal means that the coalitions do not tell the players apart. */
const LEAST_PIVOT = 1e-10;

/**
 * Shapley values by weighted least squares: v(S) - v(none) is fitted by the sum of phi over S, under the condition that all phi
 * add up to v(all) - v(none). Solved in the space orthogonal to (1, ..., 1), where the condition holds by itself.
 *
 * Standard errors are those of sampling: each draw's influence on phi, squared, times the probability that it was not to be
 * drawn (Horvitz and Thompson's variance of the linearised estimate), with N / (N - M + 1) for the players fitted.
 * Zero where every coalition is certain.
 *
 * @param values v(S) of the plan's coalitions, count x outputs; `empty` and `full` one an output
 * @returns null when there are too few different coalitions
 */
export function shapleyRegression(
  plan: CoalitionPlan,
  values: Float64Array,
  empty: Float64Array,
  full: Float64Array,
): RowValues | null {
  const { players, count, coalitions, weights, certain, draws, spare } = plan;
  const outputs = empty.length;
  const members = Array.from({ length: count }, (_, k) =>
    Array.from(coalitions.subarray(k * players, (k + 1) * players).keys()).filter(
      p => coalitions[k * players + p] === 1,
    ),
  );
  const gram = Matrix.zeros(players, players);
  const right = Matrix.zeros(players, outputs);
  for (let k = 0; k < count; k++) {
    for (const i of members[k]) {
      for (const j of members[k]) gram.set(i, j, gram.get(i, j) + weights[k]);
      for (let o = 0; o < outputs; o++) {
        const target = residual(values, empty, full, k, o, members[k].length / players);
        right.set(i, o, right.get(i, o) + weights[k] * target);
      }
    }
  }
  const diagonal = centre(gram, players);
  for (let i = 0; i < players; i++)
    for (let j = 0; j < players; j++) gram.set(i, j, gram.get(i, j) + diagonal / players);
  const cholesky = new CholeskyDecomposition(gram);
  const pivots = cholesky.lowerTriangularMatrix.diagonal();
  if (!cholesky.isPositiveDefinite() || pivots.some(pivot => !(pivot * pivot > LEAST_PIVOT * diagonal))) {
    return null;
  }
  const fitted = cholesky.solve(centredColumns(right));
  const phi = new Float64Array(players * outputs);
  for (let i = 0; i < players; i++) {
    for (let o = 0; o < outputs; o++) {
      phi[i * outputs + o] = fitted.get(i, o) + (full[o] - empty[o]) / players;
    }
  }

  const drawCount = spare.length;
  const errors = new Float64Array(players * outputs);
  if (drawCount === 0) return { values: phi, errors };
  // Scores of the draws, one column a draw and output.
  const scores = Matrix.zeros(players, drawCount * outputs);
  for (let k = certain; k < count; k++) {
    for (let o = 0; o < outputs; o++) {
      let fit = residual(values, empty, full, k, o, members[k].length / players);
      for (const i of members[k]) fit -= fitted.get(i, o);
      const column = draws[k] * outputs + o;
      for (const i of members[k]) scores.set(i, column, scores.get(i, column) + weights[k] * fit);
    }
  }
  const influences = cholesky.solve(centredColumns(scores));
  const sampleSize = certain / 2 + drawCount;
  const correction = sampleSize / Math.max(1, sampleSize - players + 1);
  for (let i = 0; i < players; i++) {
    for (let o = 0; o < outputs; o++) {
      let variance = 0;
      for (let d = 0; d < drawCount; d++) variance += spare[d] * influences.get(i, d * outputs + o) ** 2;
      errors[i * outputs + o] = Math.sqrt(correction * variance);
    }
  }
  return { values: phi, errors };
}

/** v(S) - v(none) less the share of the whole that S would get if all players were alike. */
function residual(
  values: Float64Array,
  empty: Float64Array,
  full: Float64Array,
  k: number,
  o: number,
  share: number,
): number {
  return values[k * empty.length + o] - empty[o] - share * (full[o] - empty[o]);
}

/** Projects a symmetric matrix on both sides to the space orthogonal to (1, ..., 1); returns its mean diagonal. */
function centre(matrix: Matrix, size: number): number {
  const means = Array.from({ length: size }, (_, i) => matrix.getRow(i).reduce((a, b) => a + b, 0) / size);
  const grand = means.reduce((a, b) => a + b, 0) / size;
  let diagonal = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix.set(i, j, matrix.get(i, j) - means[i] - means[j] + grand);
    diagonal += matrix.get(i, i) / size;
  }
  return diagonal;
}

/** The same matrix with the mean of each column taken off it, in place. */
function centredColumns(matrix: Matrix): Matrix {
  return matrix.subRowVector(matrix.mean('column'));
}
