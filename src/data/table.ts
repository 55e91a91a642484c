import type { DataFrame } from 'danfojs-node';
import { setupCommand } from '../core/installation';
import { setTensorFlowDefaults } from '../core/tensorflowSettings';

/** One entry of a table; null where it is missing. */
export type Cell = string | number | boolean | null;

/** A table as read, before anything is chosen, encoded or scaled. */
export interface Table {
  /** What messages call it: a file name, an address or 'the DataFrame'. */
  readonly name: string;
  readonly columns: readonly string[];
  /** One array of cells a row. */
  readonly rows: readonly (readonly Cell[])[];
}

/** One column of a table. */
export function columnOf(table: Table, column: string): Cell[] {
  const at = table.columns.indexOf(column);
  if (at < 0) {
    throw new RangeError(`${table.name} has no column '${column}'; it has ${table.columns.join(', ')}`);
  }
  return table.rows.map(row => row[at]);
}

/**
 * One column of numbers.
 *
 * @throws TypeError when it holds text, RangeError when a number is missing or not finite; both say in which rows (counted
 *   from 1, without the header)
 */
export function numbersOf(table: Table, column: string): Float64Array {
  const cells = columnOf(table, column);
  if (cells.some(cell => cell !== null && typeof cell !== 'number')) {
    const odd = cells.findIndex(cell => typeof cell === 'boolean' || Number.isNaN(Number(cell)));
    const row = Math.max(odd, 0);
    throw new TypeError(
      `Column '${column}' of ${table.name} must hold numbers, row ${row + 1} is '${cells[row]}'`,
    );
  }
  checkRows(cells, cell => cell === null, `Column '${column}' of ${table.name} is empty`);
  checkRows(cells, cell => !Number.isFinite(cell), `Column '${column}' of ${table.name} is not finite`);
  return Float64Array.from(cells as number[]);
}

/**
 * Several columns of numbers, rows x columns, row-major.
 *
 * @throws as `numbersOf`
 */
export function matrixOf(table: Table, columns: readonly string[]): Float64Array {
  const rows = table.rows.length;
  const matrix = new Float64Array(rows * columns.length);
  for (const [c, column] of columns.entries()) {
    const values = numbersOf(table, column);
    for (let r = 0; r < rows; r++) matrix[r * columns.length + c] = values[r];
  }
  return matrix;
}

/** @throws RangeError naming the rows whose cells are bad, if any */
export function checkRows(
  cells: readonly Cell[],
  isBad: (cell: Cell) => boolean,
  complaint: string,
  cure = 'drop these rows or fill them in before loading',
): void {
  const rows = cells.flatMap((cell, i) => (isBad(cell) ? [i + 1] : []));
  if (rows.length === 0) return;
  const more = rows.length > 10 ? ` and ${rows.length - 10} more` : '';
  throw new RangeError(`${complaint} in row ${rows.slice(0, 10).join(', ')}${more}; ${cure}`);
}

/**
 * The table as a danfo DataFrame; missing cells become NaN. Loads danfo, which takes about two seconds the first time.
 *
 * @throws Error when danfo cannot be loaded, for instance because TensorFlow's native part is not built
 */
export function toDataFrame({ columns, rows }: Table): DataFrame {
  const { DataFrame: Frame } = loadDanfo();
  const data = rows.map(row => row.map(cell => cell ?? Number.NaN));
  return new Frame(data, { columns: [...columns] });
}

function loadDanfo(): typeof import('danfojs-node') {
  // It loads TensorFlow.
  setTensorFlowDefaults();
  try {
    return require('danfojs-node');
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Error(
      `Cannot make a DataFrame, because danfo does not load; it needs TensorFlow's native binding, which \`${setupCommand}\` makes: ${reason}`,
      { cause: error },
    );
  }
}

/** A danfo DataFrame as a table; null, undefined and NaN count as missing. */
export function fromDataFrame(frame: DataFrame): Table {
  const rows = frame.values as unknown[][];
  return {
    name: 'the DataFrame',
    columns: frame.columns.map(String),
    rows: rows.map(row => row.map(cell => (isMissing(cell) ? null : toCell(cell)))),
  };
}

function isMissing(cell: unknown): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

function toCell(cell: unknown): Cell {
  return typeof cell === 'number' || typeof cell === 'boolean' ? cell : String(cell);
}
