import { describeValue, isList } from '../core/require';
import { distinctRows, type ExplainedRows, type RowMatrix, readRows } from './explainedRows';

/** The rows that stand in for absent features: different ones only, with the share of each. */
export interface Background extends RowMatrix {
  /** One a row, above 0, sum 1. */
  readonly weights: Float64Array;
}

/**
 * Identical rows become one, rows of weight 0 none.
 *
 * @param weights one a row, not all 0; equal by default
 * @throws TypeError when the number of weights is not that of the rows, RangeError for a weight that is negative or not finite
 */
export function readBackground(
  background: ExplainedRows,
  weights: ArrayLike<number> | undefined,
  task: string,
): Background {
  const matrix = readRows(background, 'the background', task);
  const given = weights ?? new Float64Array(matrix.rows).fill(1);
  if (!isList(given) || given.length !== matrix.rows) {
    throw new TypeError(
      `Cannot ${task}: one weight for each of the ${matrix.rows} background rows is required, ${describeValue(given)} came`,
    );
  }
  const { distinct, place } = distinctRows(matrix);
  const sums = new Float64Array(distinct.rows);
  for (let row = 0; row < matrix.rows; row++) {
    const weight = given[row];
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`Cannot ${task}: background weights must be finite and >= 0, ${weight} came`);
    }
    sums[place[row]] += weight;
  }
  const total = sums.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0 && Number.isFinite(total))) {
    throw new RangeError(`Cannot ${task}: background weights must have a sum above 0, it is ${total}`);
  }
  const { features, inputs } = distinct;
  const used = Array.from(sums.keys()).filter(row => sums[row] > 0);
  const kept = new Float64Array(used.length * features);
  used.forEach((row, to) => {
    kept.set(inputs.subarray(row * features, (row + 1) * features), to * features);
  });
  return {
    rows: used.length,
    features,
    inputs: kept,
    weights: Float64Array.from(used, row => sums[row] / total),
  };
}
