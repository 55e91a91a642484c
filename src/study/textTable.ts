import { alignedLines } from './formatStudyTable';

/** A table whose cells are texts that stand as they are. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said below it, a line each. */
  readonly notes: readonly string[];
}

/** The table as plain text: its title, aligned columns, its notes. */
export function formatTextTable({ title, columns, rows, notes }: TextTable): string {
  return [title, ...alignedLines([columns, ...rows]), ...notes].join('\n');
}
