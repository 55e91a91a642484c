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
  const { matches, compared } = countMatches(table);
  return [
    `${table.title} (procedure ${table.procedure}, masks ${table.masks})`,
    ...alignedLines([header, ...body]),
    ...notes.map((note, n) => `[${n + 1}] ${note}`),
    `${matches} of ${compared} compared cells agree with the paper at its printed precision.`,
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
