import { quantileOf } from '../statistics/quantile';

/** Mean and standard deviation (population) of each column. */
export interface ColumnMoments {
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

/**
 * Standardises every row over its own entries, in place: mean 0 and population standard deviation 1; a constant row becomes
 * zeros. This is the study's scaling of Cancer, Titanic and Banknote (a scaler applied to the transposed table).
 *
 * @param values rows x columns, row-major
 */
export function standardizeRows(values: Float64Array, columns: number): void {
  for (let start = 0; start < values.length; start += columns) {
    const row = values.subarray(start, start + columns);
    const { means, sds } = columnMoments(row, 1);
    for (let c = 0; c < columns; c++) row[c] = (row[c] - means[0]) / sds[0];
  }
}

/**
 * Mean and population standard deviation of each column. A constant column has its value as mean, to the last digit, and
 * standard deviation 1, so that it is scaled to zeros and another part of the data by its difference to that value.
 *
 * @param values rows x columns, row-major, at least one row
 */
export function columnMoments(values: Float64Array, columns: number): ColumnMoments {
  const rows = values.length / columns;
  const means = new Float64Array(columns);
  const sds = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let r = 0; r < rows; r++) {
      const value = values[r * columns + c];
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    // The mean of equal values can miss them by a rounding, and a deviation of 1e-17 would blow up all others.
    if (low === high) {
      means[c] = low;
      sds[c] = 1;
      continue;
    }
    const mean = sum / rows;
    let squares = 0;
    for (let r = 0; r < rows; r++) squares += (values[r * columns + c] - mean) ** 2;
    means[c] = mean;
    sds[c] = Math.sqrt(squares / rows) || 1;
  }
  return { means, sds };
}

/** Takes column means off and divides by column standard deviations, in place. */
export function standardizeColumns(values: Float64Array, { means, sds }: ColumnMoments): void {
  const columns = means.length;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - means[i % columns]) / sds[i % columns];
}

/** Stretches each column to its own range of 0 to 1, in place; a constant column becomes zeros. */
export function stretchColumns(values: Float64Array, columns: number): void {
  for (let c = 0; c < columns; c++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = c; i < values.length; i += columns) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    const range = high - low || 1;
    for (let i = c; i < values.length; i += columns) values[i] = (values[i] - low) / range;
  }
}

/**
 * The most frequent value of each column, the smallest of several; NaN counts as missing, and a column without values has
 * mode NaN.
 *
 * @param values rows x columns, row-major
 */
export function columnModes(values: Float64Array, columns: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, c) => {
    const counts = new Map<number, number>();
    for (let i = c; i < values.length; i += columns) {
      if (!Number.isNaN(values[i])) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
    }
    let mode = Number.NaN;
    let most = 0;
    for (const [value, count] of counts) {
      if (count > most || (count === most && value < mode)) {
        mode = value;
        most = count;
      }
    }
    return mode;
  });
}

/**
 * The median of each column, the mean of the middle two of an even number; NaN counts as missing, and a column without values
 * has median NaN.
 *
 * @param values rows x columns, row-major
 */
export function columnMedians(values: Float64Array, columns: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, c) =>
    quantileOf(values.filter((value, i) => i % columns === c && !Number.isNaN(value)).sort(), 0.5),
  );
}

/** Puts the column's replacement where a value is NaN, in place. */
export function fillMissing(values: Float64Array, replacements: Float64Array): void {
  const columns = replacements.length;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) values[i] = replacements[i % columns];
  }
}
