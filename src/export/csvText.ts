import { unparse } from 'papaparse';
import type { CellValue } from '../notebook/table';
import type { TableParts } from '../notebook/tableBundle';

/**
 * The table as CSV (RFC 4180, but lines end with LF): names of the columns first, every number at full precision, NaN and
 * infinities by their names, a missing cell empty, an empty text as `""`,
 * as is a missing cell of an only column.
 */
export function csvText({ columns, rows }: Pick<TableParts, 'columns' | 'rows'>): string {
  // A line of one missing cell would be an empty line, which readers skip.
  const missing = columns.length === 1 ? '' : null;
  const lines = [columns, ...rows].map(row => row.map(cell => csvCell(cell) ?? missing));
  return `${unparse(lines, { newline: '\n', quotes: value => value === '' })}\n`;
}

/** Null stays null, which is written without quotes. */
function csvCell(cell: CellValue): string | null {
  if (cell === null || cell === undefined) return null;
  return Object.is(cell, -0) ? '-0' : String(cell);
}
