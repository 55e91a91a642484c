import { formatTextTable, type TextTable } from '../study/textTable';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';
import { sortScript } from './sortScript';
import { dataMime } from './tableBundle';

/** Tables of texts below one another, as HTML and as text; of one alone also what is behind it, for tools. */
export function viewTextTables(tables: readonly TextTable[]): DisplayBundle {
  const texts = {
    'text/html': tables.map(html).join('\n'),
    'text/plain': tables.map(formatTextTable).join('\n\n'),
  };
  if (tables.length !== 1) return texts;
  const [{ title, columns, rows, notes }] = tables;
  return {
    ...texts,
    [dataMime]: { columns, rows, totalRows: rows.length, caption: title, note: notes.join(' ') },
  };
}

function html({ title, columns, rows, notes }: TextTable): string {
  const note = notes.map(line => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<div class="legcnet-table"><p><strong>${escapeHtml(title)}</strong></p>${denseRows(columns, rows)}${note}${sortScript}</div>`;
}

/** The rows of a table whose cells keep their lines, to be narrow; columns of numbers stand right. */
export function denseRows(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const style = columns.map((_, c) => {
    const side = isNumeric(rows, c) ? 'right;font-variant-numeric:tabular-nums' : 'left';
    return `style="text-align:${side};white-space:nowrap;padding-right:8px"`;
  });
  const head = columns.map((column, c) => `<th scope="col" ${style[c]}>${escapeHtml(column)}</th>`).join('');
  const cell = (text: string, c: number): string =>
    `<td ${style[c]}>${escapeHtml(text).replace('\n', '<br>')}</td>`;
  const body = rows.map(row => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<table style="font-size:13px"><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

/** Whether a column holds plain numbers, with or without a mark before them, and gaps. */
function isNumeric(rows: readonly (readonly string[])[], c: number): boolean {
  return rows.some(row => row[c] !== '') && rows.every(row => /^([=≈≠] )?[-−+]?[\d.]*$|^–$/.test(row[c]));
}
