import { shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';
import type { CellValue } from './table';
import { dataMime, tableData } from './tableBundle';

/** Columns of named values as a table. */
export const factColumns: readonly string[] = ['quantity', 'value'];

/** A title over named values. */
export function facts(title: string, rows: ReadonlyArray<readonly [string, CellValue]>): DisplayBundle {
  const shown = rows.map(([name, value]) => [
    name,
    typeof value === 'number' ? shortNumber(value, 4) : String(value),
  ]);
  const width = shown.reduce((most, [name]) => Math.max(most, name.length), 0);
  const html = shown
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left">${escapeHtml(name)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
    )
    .join('\n');
  return {
    'text/html': `<div class="legcnet-table"><p><strong>${escapeHtml(title)}</strong></p><table><tbody>\n${html}\n</tbody></table></div>`,
    'text/plain': [title, ...shown.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n'),
    [dataMime]: tableData({
      columns: factColumns,
      rows,
      totalRows: rows.length,
      caption: title,
      note: '',
    }),
  };
}

/** How many entries carry each status but the first, in words. */
export function statusCounts(status: Uint8Array, names: readonly string[]): string {
  const counts = names.map((_, code) => status.reduce((sum, each) => sum + (each === code ? 1 : 0), 0));
  const told = names.flatMap((name, code) =>
    code > 0 && counts[code] > 0 ? [`${counts[code]} ${name}`] : [],
  );
  return told.length === 0 ? 'none' : told.join(', ');
}
