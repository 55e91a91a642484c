import type { TableParts } from '../notebook/tableBundle';
import { csvText } from './csvText';
import type { ExportDraft } from './exportDraft';
import { jsonText } from './jsonText';
import { latexTable } from './latexTable';

/** More rows go on no page. */
const LONGEST_TEX = 500;

/** Writes a table as CSV, JSON and LaTeX. */
export async function writeTable(
  draft: ExportDraft,
  result: string,
  name: string,
  table: TableParts,
  about = 'table',
): Promise<void> {
  const { caption, note, columns, rows, totalRows } = table;
  await draft.write(`tables/${name}.csv`, csvText(table), { result, about });
  const json = jsonText({ caption, note, columns, rows, totalRows });
  await draft.write(`tables/${name}.json`, json, { result, about });
  if (rows.length <= LONGEST_TEX) {
    await draft.write(`tables/${name}.tex`, latexTable(table, name), { result, about });
  } else draft.leave(result, `${about} as LaTeX`, `${rows.length} rows fit on no page`);
  if (rows.length < totalRows) {
    const what = `rows ${rows.length + 1} to ${totalRows}`;
    draft.leave(result, what, 'the table holds its first rows only; give the whole one a higher limit');
  }
}
