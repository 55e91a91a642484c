import type { DisplayBundle } from './display';
import { type CellValue, type Table, tableHtml, tableText } from './table';

/** MIME type of the numbers behind a table, for tools that read the notebook; no frontend draws it. */
export const dataMime = 'application/vnd.legcnet.v1+json';

export type TableParts = Omit<Table, 'kind'>;

/** A table as text, as HTML, and as the numbers behind both. */
export function tableBundle(table: TableParts): DisplayBundle {
  return { 'text/html': tableHtml(table), 'text/plain': tableText(table), [dataMime]: tableData(table) };
}

/** What stands under `dataMime`: the table at full precision; what JSON lacks (NaN, infinities, undefined) is null. */
export function tableData({ columns, rows, totalRows, caption, note }: TableParts): TableParts {
  return { columns, rows: rows.map(row => row.map(plainCell)), totalRows, caption, note };
}

function plainCell(cell: CellValue): CellValue {
  return cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell)) ? null : cell;
}
