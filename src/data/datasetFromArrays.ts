import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, isList, requireList, requireOneOf } from '../core/require';
import type { Dataset } from './dataset';
import { readPreparation, type SplitOptions, splitOptionNames } from './preparation';
import { prepare } from './prepare';
import { asTheyAre, classesOf } from './samples';
import { toDataFrame } from './table';

/** Numbers with a shape, rows first: what a TensorFlow.js tensor is. */
export interface TensorValues {
  /** Length of each axis, rows first. */
  readonly shape: readonly number[];
  /** All numbers, the last axis fastest. */
  dataSync(): ArrayLike<number>;
}

/** Names, split and scaling of `datasetFromArrays`. */
export interface ArraysOptions extends SplitOptions {
  /** What the data set is called. Default 'arrays'. */
  readonly name?: string;
  /** Names of the inputs, one a column. Default 'input 1', 'input 2', …. */
  readonly features?: readonly string[];
  /** `by-procedure` (default): as `loadDataset` scales a table of one's own; `none`: inputs stay as they came, as images from 0 to 1. */
  readonly scaling?: 'by-procedure' | 'none';
}

const arraysOptionNames: OptionNames<ArraysOptions> = {
  name: true,
  features: true,
  scaling: true,
  ...splitOptionNames,
};

const TASK = 'make a data set';

/**
 * A data set out of numbers that are in memory already, such as images made or read by a notebook, split as `loadDataset`
 * splits a table of one's own: by default into 64 : 16 : 20 for training, validation and testing, class by class.
 *
 * An image is one row of height x width x channels numbers, channels fastest, then columns: a model whose input has that shape
 * takes the data set as it is (`recordTraining`). Classes are the different labels, numbers in ascending order, text by character code.
 *
 * @param inputs one array of numbers a row, or a tensor whose first axis is the rows (it is read, not disposed of)
 * @param labels the class of each row, text or whole numbers
 * @throws TypeError for rows of different length, anything but numbers, or an option of another kind; RangeError for numbers
 *   that are not finite, labels that are not 2 to 100 classes, or data that cannot be split
 * @example
 * import { datasetFromArrays } from 'legcnet';
 * const dataset = datasetFromArrays(Array.from({ length: 20 }, (_, i) => [i, i * i]), 'abababababababababab'.split(''));
 * [dataset.train.rows, dataset.validation?.rows, dataset.test.rows]; // [12, 4, 4]
 */
export function datasetFromArrays(
  inputs: ArrayLike<ArrayLike<number>> | TensorValues,
  labels: ArrayLike<number | string>,
  options: ArraysOptions = {},
): Dataset {
  checkOptions(options, arraysOptionNames, TASK);
  const { name = 'arrays', scaling = 'by-procedure' } = options;
  requireOneOf(scaling, ['by-procedure', 'none'], 'scaling', TASK);
  const preparation = readPreparation(options, 'sound', TASK, scaling !== 'none');
  requireList(labels, 'labels', TASK);
  const { values, rows } = isTensor(inputs) ? fromTensor(inputs) : fromRows(inputs);
  if (labels.length !== rows) {
    throw new TypeError(
      `Cannot ${TASK}: one label for each of ${rows} rows is required, ${labels.length} came`,
    );
  }
  const columns = values.length / rows;
  const features = options.features ?? Array.from({ length: columns }, (_, i) => `input ${i + 1}`);
  requireList(features, 'features', TASK);
  if (features.length !== columns || new Set(features).size !== columns) {
    throw new TypeError(
      `Cannot ${TASK}: ${columns} different feature names are required, ${features.length} came`,
    );
  }
  const bad = values.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${TASK}: inputs must be finite numbers, row ${Math.floor(bad / columns)} has ${values[bad]} as ${features[bad % columns]}`,
    );
  }
  const cells = Array.from(labels);
  const start = asTheyAre([...features], values);
  const chosen = classesOf(cells, start.used, 'labels', name);
  const table = () =>
    toDataFrame({
      name,
      columns: [...features, 'label'],
      rows: cells.map((label, r) => [...values.subarray(r * columns, (r + 1) * columns), label]),
    });
  return prepare({ name, study: null, ...start, ...chosen, table }, preparation);
}

function isTensor(inputs: ArrayLike<ArrayLike<number>> | TensorValues): inputs is TensorValues {
  return typeof (inputs as Partial<TensorValues> | null)?.dataSync === 'function';
}

/** Inputs rows x features, row-major. */
interface Rows {
  readonly values: Float64Array;
  readonly rows: number;
}

function fromTensor(tensor: TensorValues): Rows {
  if (tensor.shape.length < 2) {
    throw new TypeError(`Cannot ${TASK}: a tensor of rows is required, one of shape [${tensor.shape}] came`);
  }
  requireRows(
    tensor.shape[0],
    tensor.shape.slice(1).reduce((product, size) => product * size, 1),
  );
  return { values: Float64Array.from(tensor.dataSync()), rows: tensor.shape[0] };
}

function fromRows(inputs: ArrayLike<ArrayLike<number>>): Rows {
  requireList(inputs, 'inputs', TASK);
  const rows = inputs.length;
  const columns = isList(inputs[0]) ? inputs[0].length : 0;
  requireRows(rows, columns);
  const values = new Float64Array(rows * columns); // rows x columns
  for (let r = 0; r < rows; r++) {
    const row: unknown = inputs[r];
    const isNumbers = isList(row) && Array.prototype.every.call(row, value => typeof value === 'number');
    if (!isNumbers || row.length !== columns) {
      throw new TypeError(
        `Cannot ${TASK}: each row must be an array of ${columns} numbers, row ${r} is ${describeValue(row)}`,
      );
    }
    values.set(row as ArrayLike<number>, r * columns);
  }
  return { values, rows };
}

function requireRows(rows: number, columns: number): void {
  if (rows >= 1 && columns >= 1) return;
  throw new TypeError(
    `Cannot ${TASK}: at least one row of at least one number is required, ${rows} x ${columns} came`,
  );
}
