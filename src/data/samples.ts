import type { DataFrame } from 'danfojs-node';
import type { StudyName } from './studySettings';
import { type Cell, checkRows, columnOf, matrixOf, type Table, toDataFrame } from './table';

/** All rows of a data set in file order: inputs as numbers, classes as labels; not yet split or scaled. */
export interface Samples {
  readonly name: string;
  /** Which data set of the study it is; null for a table of one's own, whatever its name. */
  readonly study: StudyName | null;
  readonly features: readonly string[];
  readonly classes: readonly string[];
  readonly rows: number;
  /** rows x features, row-major; NaN where Titanic has no value. */
  readonly inputs: Float64Array | Uint8Array;
  /** Class index of each row. */
  readonly labels: Int32Array;
  /** Makes the table for display. */
  readonly table: () => DataFrame;
}

/** A data set has a few classes; a target with more values than this is a measurement. */
const MAX_CLASSES = 100;

/**
 * Inputs and classes out of a table of one's own. Classes are the different values of the target, numbers in ascending order,
 * text by character code.
 *
 * @param target name of the column to predict
 * @param features names of the inputs; by default every other column
 * @throws TypeError when the target is not given or a feature holds text, RangeError for a column that does not exist or is
 *   listed twice, missing or infinite numbers, or a target that is not 2 to 100 classes
 */
export function samplesOf(
  table: Table,
  name: string,
  target: string | undefined,
  features: readonly string[] = table.columns.filter(column => column !== target),
  dataFrame: () => DataFrame = () => toDataFrame(table),
): Samples {
  const { columns } = table;
  if (target === undefined) {
    throw new TypeError(
      `${table.name} needs a \`target\`, the column to predict: one of ${columns.join(', ')}`,
    );
  }
  const { classes, labels } = classesOf(columnOf(table, target), target, table.name);
  const repeated = features.find((feature, i) => features.indexOf(feature) !== i || feature === target);
  if (repeated !== undefined) throw new RangeError(`Feature '${repeated}' is listed twice or is the target`);
  if (features.length === 0)
    throw new RangeError(`${table.name} needs at least one feature besides '${target}'`);

  const inputs = matrixOf(table, features);
  const rows = table.rows.length;
  return { name, study: null, features: [...features], classes, rows, inputs, labels, table: dataFrame };
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

function classesOf(
  cells: readonly Cell[],
  target: string,
  name: string,
): { classes: string[]; labels: Int32Array } {
  checkRows(cells, cell => cell === null, `Target '${target}' of ${name} is empty`);
  const isNumeric = cells.every(cell => typeof cell === 'number');
  if (isNumeric && !cells.every(Number.isInteger)) {
    throw new RangeError(
      `Target '${target}' of ${name} must hold classes, it holds fractions such as ${fraction(cells)}`,
    );
  }
  const values = [...new Set(cells)];
  if (values.length < 2 || values.length > MAX_CLASSES) {
    throw new RangeError(
      `Target '${target}' of ${name} must hold 2 to ${MAX_CLASSES} classes, it holds ${values.length}`,
    );
  }
  if (isNumeric) values.sort((a, b) => Number(a) - Number(b));
  else values.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const index = new Map(values.map((value, i) => [value, i]));
  return { classes: values.map(String), labels: Int32Array.from(cells, cell => index.get(cell)!) };
}

function fraction(cells: readonly Cell[]): Cell {
  return cells.find(cell => !Number.isInteger(cell)) ?? null;
}
