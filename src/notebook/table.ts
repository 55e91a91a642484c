import { result } from '../core/result';
import { shortNumber } from '../figures/theme';
import { escapeHtml } from './html';
import { sortScript } from './sortScript';

/** What a cell of a table may hold. */
export type CellValue = string | number | boolean | null | undefined;

/** Rows under named columns, ready to show. */
export interface Table {
  readonly kind: 'table';
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** One list of cells a row. */
  readonly rows: ReadonlyArray<readonly CellValue[]>;
  /** Rows of the source; more than `rows` holds when it was cut. */
  readonly totalRows: number;
  /** Above the table; empty for none. */
  readonly caption: string;
  /** A line below the caption. */
  readonly note: string;
}

/** What a danfo data frame or series offers; any object like it will do. */
export interface FrameLike {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Rows of cells. */
  readonly values: unknown;
  /** Names of the rows; shown as a first column unless they are only the rows' numbers. */
  readonly index?: ReadonlyArray<string | number>;
}

/** How many rows are shown, and what stands above them. */
export interface TableOptions {
  /** Rows to show. Default 10. */
  readonly limit?: number;
  /** Default: none. */
  readonly caption?: string;
  /** A line below the caption. Default: none. */
  readonly note?: string;
}

/**
 * A table of records or of a data frame; as the last expression of a cell it shows itself.
 *
 * @throws TypeError when `source` is neither
 * @example
 * import { table } from 'legcnet';
 * const flowers = table([{ kind: 'setosa', length: 1.4 }, { kind: 'virginica', length: 5.5 }]);
 * flowers.columns; // ['kind', 'length']
 */
export function table(
  source: ReadonlyArray<Readonly<Record<string, CellValue>>> | FrameLike,
  options: TableOptions = {},
): Table {
  const { limit = 10, caption = '', note = '' } = options;
  if (Array.isArray(source)) {
    const columns = [...new Set(source.flatMap(row => Object.keys(row)))];
    const rows = source.slice(0, limit).map(row => columns.map(column => row[column] as CellValue));
    return result({ kind: 'table', columns, rows, totalRows: source.length, caption, note });
  }
  const { columns: names, values, index } = source as FrameLike;
  if (!Array.isArray(names) || !Array.isArray(values)) {
    throw new TypeError('table needs an array of records or a data frame with columns and values');
  }
  const rows = (values as CellValue[] | CellValue[][])
    .slice(0, limit)
    .map(row => (Array.isArray(row) ? row : [row]));
  const columns = names.map(String);
  const totalRows = values.length;
  if (!isNamed(index)) return result({ kind: 'table', columns, rows, totalRows, caption, note });
  const named = rows.map((row, r) => [String(index[r]), ...row]);
  return result({ kind: 'table', columns: ['', ...columns], rows: named, totalRows, caption, note });
}

/** A table of measured times, which differ from run to run: whoever compares two runs of a notebook leaves this kind out. */
export interface Timings extends Omit<Table, 'kind'> {
  readonly kind: 'timings';
}

/**
 * As `table`, for wall-clock times: the output says by its kind that its numbers are those of the day's machine.
 *
 * @throws TypeError when `source` is neither records nor a data frame
 * @example
 * import { timings } from 'legcnet';
 * timings([{ step: 'train', seconds: 0.12 }]).kind; // 'timings'
 */
export function timings(
  source: ReadonlyArray<Readonly<Record<string, CellValue>>> | FrameLike,
  options: TableOptions = {},
): Timings {
  return result({ ...table(source, options), kind: 'timings' });
}

/** Whether an index says more than 0, 1, 2, … */
function isNamed(index: FrameLike['index']): index is ReadonlyArray<string | number> {
  return Array.isArray(index) && index.some((name, r) => name !== r);
}

/** The table as HTML; colours are left to the frontend, so that it fits light and dark themes. A click on a head sorts. */
export function tableHtml(table: Omit<Table, 'kind'>): string {
  const { columns, rows, totalRows, caption, note } = table;
  const { isNumeric, cells } = cellTexts(table, FIGURE_SPACE, POINT_SPACE);
  const side = (c: number): string =>
    `style="text-align:${isNumeric[c] ? 'right;font-variant-numeric:tabular-nums' : 'left'}"`;
  const head = columns.map((column, c) => `<th scope="col" ${side(c)}>${escapeHtml(column)}</th>`).join('');
  const body = cells
    .map(row => `<tr>${row.map((text, c) => `<td ${side(c)}>${escapeHtml(text)}</td>`).join('')}</tr>`)
    .join('\n');
  const title =
    (caption === '' ? '' : `<p><strong>${escapeHtml(caption)}</strong></p>`) +
    (note === '' ? '' : `<p>${escapeHtml(note)}</p>`);
  return `<div class="legcnet-table">${title}<table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table>${rows.length < totalRows ? `<p>${cutNote(rows.length, totalRows)}</p>` : ''}${sortScript}</div>`;
}

/** The table as text in aligned columns. */
export function tableText(table: Omit<Table, 'kind'>): string {
  const { columns, rows, totalRows, caption, note } = table;
  const { isNumeric, cells } = cellTexts(table, ' ', ' ');
  const widths = columns.map((column, c) =>
    cells.reduce((width, row) => Math.max(width, row[c].length), column.length),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, c) => (isNumeric[c] ? text.padStart(widths[c]) : text.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  const lines = [line(columns), widths.map(width => '-'.repeat(width)).join('  '), ...cells.map(line)];
  lines.unshift(...[caption, note].filter(text => text !== ''));
  if (rows.length < totalRows) lines.push(cutNote(rows.length, totalRows));
  return lines.join('\n');
}

/** Spaces as wide as a digit and as a decimal point. */
const FIGURE_SPACE = '\u2007';
const POINT_SPACE = '\u2008';

/** Cells as text. Numbers of a column get room on their right, so that their decimal points stand below each other. */
function cellTexts(
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  digitSpace: string,
  pointSpace: string,
): { readonly isNumeric: readonly boolean[]; readonly cells: readonly (readonly string[])[] } {
  const isNumeric = columns.map((_, c) => rows.some(row => typeof row[c] === 'number'));
  const texts = rows.map(row => columns.map((_, c) => cellText(row[c])));
  const after = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
  const decimals = columns.map((_, c) =>
    texts.reduce(
      (most, row, r) => (typeof rows[r][c] === 'number' ? Math.max(most, after(row[c])) : most),
      0,
    ),
  );
  const room = (text: string, c: number): string => {
    const point = decimals[c] > 0 && !text.includes('.') ? pointSpace : '';
    return text + point + digitSpace.repeat(decimals[c] - after(text));
  };
  const cells = texts.map((row, r) =>
    row.map((text, c) => (typeof rows[r][c] === 'number' ? room(text, c) : text)),
  );
  return { isNumeric, cells };
}

function cellText(cell: CellValue): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? shortNumber(cell, 4) : String(cell);
}

function cutNote(shown: number, total: number): string {
  return `first ${shown} of ${shortNumber(total)} rows`;
}
