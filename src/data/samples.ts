import type { DataFrame } from 'danfojs-node';
import { type Encoded, type EncodingOptions, encoder } from './encoding';
import type { StudyName } from './studySettings';
import { type Cell, checkRows, columnOf, type Table, toDataFrame } from './table';

/** All rows of a data set in file order: inputs as numbers, classes as labels; not yet split or scaled. */
export interface Samples {
  readonly name: string;
  /** Which data set of the study it is; null for a table of one's own, whatever its name. */
  readonly study: StudyName | null;
  readonly classes: readonly string[];
  readonly rows: number;
  /** The rows that take part, ascending: all but those left out for missing cells. */
  readonly used: Int32Array;
  /** Inputs of all rows, once it is known which are for training; NaN where Titanic has no value. */
  readonly encode: (train: Int32Array) => Encoded;
  /** Class index of each row that takes part. */
  readonly labels: Int32Array;
  /** Makes the table for display. */
  readonly table: () => DataFrame;
}

/** What samples hold whose inputs are numbers from the start: all rows take part, and nothing is learned. */
export function asTheyAre(
  features: readonly string[],
  inputs: Encoded['inputs'],
): Pick<Samples, 'rows' | 'used' | 'encode'> {
  const rows = inputs.length / features.length;
  return {
    rows,
    used: Int32Array.from({ length: rows }, (_, row) => row),
    encode: () => ({ features, inputs, says: [] }),
  };
}

/** A data set has a few classes; a target with more values than this is a measurement. */
const MAX_CLASSES = 100;

/**
 * Inputs and classes out of a table of one's own. Classes are the different values of the target, numbers in ascending order,
 * text by character code.
 *
 * @param target name of the column to predict
 * @param options.features names of the inputs; by default every other column
 * @throws TypeError when the target is not given, RangeError for a column that does not exist or is listed twice, or a target that
 *   is missing in a row or not 2 to 100 classes; TypeError, RangeError as `encoder`
 */
export function samplesOf(
  table: Table,
  name: string,
  options: EncodingOptions & { readonly target?: string; readonly features?: readonly string[] },
  dataFrame: () => DataFrame = () => toDataFrame(table),
): Samples {
  const { columns } = table;
  const { target, features = columns.filter(column => column !== target) } = options;
  if (target === undefined) {
    throw new TypeError(
      `${table.name} needs a \`target\`, the column to predict: one of ${columns.join(', ')}`,
    );
  }
  const outcomes = columnOf(table, target);
  const repeated = features.find((feature, i) => features.indexOf(feature) !== i || feature === target);
  if (repeated !== undefined) throw new RangeError(`Feature '${repeated}' is listed twice or is the target`);
  if (features.length === 0)
    throw new RangeError(`${table.name} needs at least one feature besides '${target}'`);

  const encode = encoder(table, features, options);
  const rows = table.rows.length;
  const causes = [target, ...features].map(column => columnOf(table, column));
  const isUsed = (row: number): boolean =>
    options.missing !== 'drop' || causes.every(cells => cells[row] !== null);
  const used = Int32Array.from({ length: rows }, (_, row) => row).filter(isUsed);
  const chosen = classesOf(outcomes, used, target, table.name);
  return { name, study: null, rows, used, encode, ...chosen, table: dataFrame };
}

/**
 * Labels out of class numbers that a file counts from `first`.
 *
 * @throws RangeError for a number that is none of the classes
 */
export function labelsFrom(
  values: Float64Array,
  first: number,
  classes: readonly string[],
  file: string,
): Int32Array {
  return Int32Array.from(values, (value, row) => {
    const label = value - first;
    if (classes[label] === undefined) {
      const last = first + classes.length - 1;
      throw new RangeError(`Row ${row + 1} of ${file} has class ${value}; known are ${first} to ${last}`);
    }
    return label;
  });
}

/**
 * The different values of the rows used as classes, and the class of every row; rows left out have label -1.
 *
 * @throws RangeError for missing values, fractions, or anything but 2 to 100 classes
 */
export function classesOf(
  all: readonly Cell[],
  used: Int32Array,
  target: string,
  name: string,
): { classes: string[]; labels: Int32Array } {
  const what = `Target '${target}' of ${name}`;
  if (used.length === 0)
    throw new RangeError(`No row of ${name} is complete; pass missing: 'median' or 'mode'`);
  const cells = Array.from(used, row => all[row]);
  if (cells.includes(null)) {
    checkRows(all, cell => cell === null, `${what} is empty`, "pass missing: 'drop' to leave these rows out");
  }
  const isNumeric = cells.every(cell => typeof cell === 'number');
  if (isNumeric && !cells.every(Number.isInteger)) {
    throw new RangeError(
      `${what} must hold classes, it holds fractions such as ${fraction(cells)}; a measurement cannot be predicted here: cut it ` +
        'into classes first, such as low and high',
    );
  }
  const values = [...new Set(cells)];
  if (values.length < 2 || values.length > MAX_CLASSES) {
    const cure =
      values.length > MAX_CLASSES ? '; cut a measurement into classes first, such as low and high' : '';
    throw new RangeError(`${what} must hold 2 to ${MAX_CLASSES} classes, it holds ${values.length}${cure}`);
  }
  if (isNumeric) values.sort((a, b) => Number(a) - Number(b));
  else values.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const index = new Map(values.map((value, i) => [value, i]));
  return { classes: values.map(String), labels: Int32Array.from(all, cell => index.get(cell) ?? -1) };
}

function fraction(cells: readonly Cell[]): Cell {
  return cells.find(cell => !Number.isInteger(cell)) ?? null;
}
