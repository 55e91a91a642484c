import { cellStanding, countCells, type StudyCell, type StudyRow, type StudyTable } from './studyTable';

/**
 * The table as plain text: our value, then `=` where it agrees with the paper, `≠ paper` where it does not, nothing where
 * the paper prints no value, and `–` where we have none. Several runs are mean ± standard deviation, then `≈ paper` where the
 * paper's value could be one of them. Reasons follow as numbered notes.
 */
export function formatStudyTable(table: StudyTable): string {
  const notes: string[] = [];
  const header = ['data set', 'start', ...Object.keys(table.columns)];
  const body = table.rows.map(row => [
    row.dataset,
    startsText(row),
    ...Object.entries(row.cells).map(([name, cell]) => cellText(cell, table.columns[name], notes)),
  ]);
  return [
    `${table.title} (procedure ${table.procedure}, masks ${table.masks})`,
    ...alignedLines([header, ...body]),
    ...notes.map((note, n) => `[${n + 1}] ${note}`),
    countsText(table.rows),
    ...maskLines(table),
  ].join('\n');
}

/** Cells right-aligned in columns. */
export function alignedLines(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0].map((_, c) => Math.max(...lines.map(cells => cells[c].length)));
  return lines.map(cells => cells.map((cell, c) => cell.padStart(widths[c])).join('  '));
}

function maskLines({ rows }: StudyTable): string[] {
  const body = rows.flatMap(({ dataset, init, masks = {} }) =>
    Object.entries(masks).map(([variant, mask]) => [
      dataset,
      String(init),
      variant,
      ...[mask.published, mask.recomputed, mask.shared].map(String),
      mask.jaccard.toFixed(2),
      mask.chance.toFixed(2),
    ]),
  );
  if (body.length === 0) return [];
  const header = ['data set', 'init', 'mask', 'published', 'recomputed', 'shared', 'Jaccard', 'by chance'];
  return ['', 'Removed weights, recomputed beside published:', ...alignedLines([header, ...body])];
}

/** `2` for initialisation 2, `20 runs` for a row of so many starts. */
export function startsText({ init, starts }: StudyRow): string {
  return init === null ? `${starts} starts` : String(init);
}

/** How the cells compare with the paper, in words. */
export function countsText(rows: readonly StudyRow[]): string {
  const { exact, inside, explained, unexplained } = countCells(rows);
  const compared = exact + inside + explained + unexplained;
  return (
    `Of ${compared} compared cells ${exact} agree with the paper at its printed precision, ${inside} are distributions that ` +
    `hold its value, ${explained} differ for a known reason, ${unexplained} for none.`
  );
}

/** Our value: of several runs mean ± standard deviation; a dash for none. */
export function oursText({ ours, distribution }: StudyCell, decimals: number): string {
  if (ours === null) return '–';
  const sd = distribution?.sd;
  return sd === undefined || sd === null
    ? ours.toFixed(decimals)
    : `${ours.toFixed(decimals)}±${sd.toFixed(decimals)}`;
}

function cellText(cell: StudyCell, decimals: number, notes: string[]): string {
  const { published, reason } = cell;
  const standing = cellStanding(cell);
  const mark = reason === undefined ? '' : ` [${noteNumber(reason, notes)}]`;
  const value = oursText(cell, decimals);
  if (standing === null) return value + mark;
  if (standing === 'exact') return `${value} =`;
  return `${value} ${standing === 'inside' ? '≈' : '≠'} ${published?.toFixed(decimals)}${mark}`;
}

function noteNumber(reason: string, notes: string[]): number {
  if (!notes.includes(reason)) notes.push(reason);
  return notes.indexOf(reason) + 1;
}
