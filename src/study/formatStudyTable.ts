import { countMatches, type StudyCell, type StudyTable } from './studyTable';

/**
 * The table as plain text: our value, then `=` where it agrees with the paper, `≠ paper` where it does not, nothing where
 * the paper prints no value, and `–` where we have none. Reasons follow as numbered notes.
 */
export function formatStudyTable(table: StudyTable): string {
  const notes: string[] = [];
  const header = ['data set', 'init', ...Object.keys(table.columns)];
  const body = table.rows.map(row => [
    row.dataset,
    String(row.init),
    ...Object.entries(row.cells).map(([name, cell]) => cellText(cell, table.columns[name], notes)),
  ]);
  const widths = header.map((title, c) => Math.max(title.length, ...body.map(cells => cells[c].length)));
  const line = (cells: string[]): string => cells.map((cell, c) => cell.padStart(widths[c])).join('  ');
  const { matches, compared } = countMatches(table);
  return [
    `${table.title} (procedure ${table.procedure}, masks ${table.masks})`,
    line(header),
    ...body.map(line),
    ...notes.map((note, n) => `[${n + 1}] ${note}`),
    `${matches} of ${compared} compared cells agree with the paper at its printed precision.`,
  ].join('\n');
}

function cellText({ published, ours, match, reason }: StudyCell, decimals: number, notes: string[]): string {
  const mark = reason === undefined ? '' : ` [${noteNumber(reason, notes)}]`;
  if (ours === null) return match === false ? `– ≠ ${published?.toFixed(decimals)}${mark}` : `–${mark}`;
  const value = ours.toFixed(decimals);
  if (match === null) return value + mark;
  return match ? `${value} =` : `${value} ≠ ${published?.toFixed(decimals)}${mark}`;
}

function noteNumber(reason: string, notes: string[]): number {
  if (!notes.includes(reason)) notes.push(reason);
  return notes.indexOf(reason) + 1;
}
