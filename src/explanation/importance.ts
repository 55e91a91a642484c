import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import { bootstrapInterval } from '../statistics/bootstrapInterval';
import type { ShapleyValues } from './shapleyValues';

/** Of which output `importance` takes the mean, and how its intervals are drawn. */
export interface ImportanceOptions {
  /** Output to look at. Default: all, the importance of a feature being its sum over outputs. */
  readonly output?: number;
  /** Probability that an interval is meant to hold the mean of all such rows with. Default 0.95. */
  readonly level?: number;
  /** Samples of rows drawn for the intervals. Default 1999. */
  readonly draws?: number;
  /** Seed of those draws. Default 1. */
  readonly seed?: number | string;
}

export const importanceOptionNames: OptionNames<ImportanceOptions> = {
  output: true,
  level: true,
  draws: true,
  seed: true,
};

/** How much each feature moves the output on average: what a bar chart of Shapley values shows. */
export interface ShapleyImportance {
  readonly kind: 'shapley-importance';
  /** One name a feature. */
  readonly names: readonly string[];
  /** Mean of |value| over the rows that have values, one a feature; NaN without such rows. */
  readonly values: Float64Array;
  /** Bootstrap interval of each mean over rows; NaN for fewer than 8 rows or a feature that never matters. */
  readonly low: Float64Array;
  /** Upper ends of the intervals. */
  readonly high: Float64Array;
  /** Share of intervals that should hold the true mean. */
  readonly level: number;
  /** Features by importance, largest first; ties by place. */
  readonly order: readonly number[];
  /** Rows that the means are taken over; others have no finite values. */
  readonly rows: number;
  /** Name of the output, or `all outputs`. */
  readonly output: string;
}

/**
 * Mean |Shapley value| of each feature with a bootstrap interval over rows: how far the bar of another sample of rows would
 * reach. It says nothing of other networks; `drift` does.
 *
 * @throws TypeError for anything but Shapley values, RangeError for an output that does not exist
 * @example
 * import { importance, shapley } from 'legcnet';
 * const linear = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => 2 * x[2 * i] - 5 * x[2 * i + 1]);
 * const explained = await shapley(linear, [[0, 0]], [[1, 1], [2, 1], [3, 1]], { names: ['width', 'height'] });
 * const { values, order } = importance(explained);
 * values; // [4, 5], the means of 2, 4, 6 and of 5, 5, 5
 * order; // [1, 0], height first
 */
export function importance(shap: ShapleyValues, options: ImportanceOptions = {}): ShapleyImportance {
  const task = 'measure importance';
  requireKind(shap, 'shapley-values', task);
  checkOptions(options, importanceOptionNames, task);
  const { output, level = 0.95, draws = 1999, seed = 1 } = options;
  if (output !== undefined) requireWhole(output, 0, 'output', task, shap.outputNames.length - 1);
  const absolute = absoluteValues(shap, output);
  const players = shap.names.length;
  const rows = Array.from(finiteRows(shap));
  const values = meanOver(absolute, rows, players);
  const intervals = shap.names.map((_, p) =>
    bootstrapInterval(
      rows,
      sample => sample.reduce((sum, row) => sum + absolute[row * players + p], 0) / sample.length,
      { level, draws, seed, method: 'percentile' },
    ),
  );
  return result({
    kind: 'shapley-importance',
    names: shap.names,
    values,
    low: Float64Array.from(intervals, each => each.low),
    high: Float64Array.from(intervals, each => each.high),
    level,
    order: largestFirst(values),
    rows: rows.length,
    output:
      output === undefined && shap.outputNames.length > 1 ? 'all outputs' : shap.outputNames[output ?? 0],
  });
}

/** |value| of each row and player, summed over outputs or of one of them; rows x players. */
export function absoluteValues(
  { values, rows, names, outputNames }: ShapleyValues,
  output: number | undefined,
): Float64Array {
  const players = names.length;
  const outputs = outputNames.length;
  return Float64Array.from({ length: rows * players }, (_, k) => {
    if (output !== undefined) return Math.abs(values[k * outputs + output]);
    let sum = 0;
    for (let o = 0; o < outputs; o++) sum += Math.abs(values[k * outputs + o]);
    return sum;
  });
}

/** Rows whose values are numbers. */
export function finiteRows({ values, rows }: ShapleyValues): Int32Array {
  const width = values.length / rows;
  return Int32Array.from({ length: rows }, (_, row) => row).filter(row =>
    values.subarray(row * width, (row + 1) * width).every(Number.isFinite),
  );
}

/** Means over some rows, one a player; NaN for none. */
export function meanOver(absolute: Float64Array, rows: readonly number[], players: number): Float64Array {
  const means = new Float64Array(players);
  for (const row of rows) for (let p = 0; p < players; p++) means[p] += absolute[row * players + p];
  for (let p = 0; p < players; p++) means[p] /= rows.length;
  return means;
}

/** Places of the values, largest first; NaN last, ties by place. */
export function largestFirst(values: ArrayLike<number>): number[] {
  const size = (i: number): number => (Number.isNaN(values[i]) ? Number.NEGATIVE_INFINITY : values[i]);
  return Array.from({ length: values.length }, (_, i) => i).sort((i, j) => size(j) - size(i) || i - j);
}
