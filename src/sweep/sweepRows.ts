import { describeValue, isList } from '../core/require';
import { isPlainObject } from './canonicalText';
import type { SweepCell, SweepRow } from './sweepJob';

/** Stands in JSON for the numbers that JSON lacks. */
interface OddNumber {
  readonly number: (typeof oddNumbers)[number];
}

const oddNumbers = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

/**
 * Rows as JSON in one line; `rowsOf` gives every number back bit for bit, NaN, infinities and -0 included.
 *
 * @param value a row or a list of rows; typed arrays in cells become lists
 * @throws TypeError naming the cell that no row can hold
 */
export function rowsText(value: unknown): string {
  const rows = Array.isArray(value) ? value : [value];
  return JSON.stringify(rows.map(plainRow));
}

export function rowsOf(text: string): readonly SweepRow[] {
  const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(text);
  return rows.map(row =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        (Array.isArray(cell) ? cell.map(revived) : revived(cell)) as SweepCell,
      ]),
    ),
  );
}

/** Whether a text is one that `rowsText` may have made. */
export function isRowsText(text: string): boolean {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return false;
  }
  return Array.isArray(rows) && rows.every(row => isPlainObject(row) && Object.values(row).every(isStored));
}

function isStored(cell: unknown): boolean {
  if (Array.isArray(cell)) return cell.every(item => typeof item === 'number' || isOddNumber(item));
  return cell === null || ['number', 'string', 'boolean'].includes(typeof cell) || isOddNumber(cell);
}

function isOddNumber(cell: unknown): cell is OddNumber {
  return isPlainObject(cell) && oddNumbers.includes(cell.number as OddNumber['number']);
}

function plainRow(row: unknown, r: number): Record<string, unknown> {
  if (!isPlainObject(row)) {
    throw new TypeError(`A job must return rows, objects of named cells; row ${r} is ${describeValue(row)}`);
  }
  const cells = Object.entries(row).filter(([, cell]) => cell !== undefined);
  return Object.fromEntries(
    cells.map(([column, cell]) => {
      if (!isCell(cell)) {
        throw new TypeError(
          `A cell must be a number, a word, a truth value, null or a list of numbers; ${column} of row ${r} is ${describeValue(cell)}`,
        );
      }
      return [column, isList(cell) && typeof cell !== 'string' ? Array.from(cell, plain) : plain(cell)];
    }),
  );
}

function isCell(cell: unknown): cell is SweepCell {
  if (cell === null || ['number', 'string', 'boolean'].includes(typeof cell)) return true;
  return isList(cell) && Array.from(cell).every(item => typeof item === 'number');
}

function plain(cell: unknown): unknown {
  if (typeof cell !== 'number' || (Number.isFinite(cell) && !Object.is(cell, -0))) return cell;
  return { number: Object.is(cell, -0) ? '-0' : String(cell) };
}

/** No cell is an object, so that one can only stand for a number. */
function revived(cell: unknown): unknown {
  return typeof cell === 'object' && cell !== null ? Number((cell as OddNumber).number) : cell;
}
