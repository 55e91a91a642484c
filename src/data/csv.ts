import { parse } from 'papaparse';
import type { Cell, Table } from './table';

/** How a CSV file is laid out. */
export interface CsvOptions {
  /** True (default) when the first line names the columns, or the names of the columns of a file without such a line. */
  readonly header?: boolean | readonly string[];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MISSING: ReadonlySet<string> = new Set(['', '?', 'NA', 'N/A', 'NaN', 'nan', 'null']);

/**
 * The table in a CSV file: comma, semicolon, tab or bar between cells, UTF-8, quotes as in RFC 4180. Empty cells, `?`, `NA`,
 * `N/A`, `NaN`, `nan` and `null` are missing. A column is numbers when all its other cells are; else it stays text.
 * Blank lines are skipped; with `header: false` columns are called 'column 1', 'column 2', ….
 *
 * @param source the file's content
 * @param name what messages call it
 * @throws Error when it is not UTF-8 text, has no rows, rows of different length, an open quote, unnamed or repeated columns,
 *   or a first line of numbers where names are expected
 */
export function readCsv(
  source: Uint8Array | string,
  name: string,
  { header = true }: CsvOptions = {},
): Table {
  const text = typeof source === 'string' ? source : decode(source, name);
  const { data, errors } = parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  // A file of one column has no delimiter to detect, and a comma serves.
  const problem = errors.find(({ code }) => code !== 'UndetectableDelimiter');
  if (problem !== undefined) {
    throw new Error(`Cannot read ${name}: ${problem.message} (line ${(problem.row ?? 0) + 1})`);
  }
  const lines = data.map(line => line.map(cell => cell.trim()));
  const first = header === true ? lines.shift() : undefined;
  if (lines.length === 0) throw new Error(`Cannot read ${name}: it has no rows`);

  const columns =
    first ?? (header === false ? lines[0].map((_, i) => `column ${i + 1}`) : [...(header as string[])]);
  checkColumns(columns, first !== undefined, name);
  for (const [i, line] of lines.entries()) {
    if (line.length !== columns.length) {
      throw new Error(
        `Cannot read ${name}: row ${i + 1} has ${line.length} cells, there are ${columns.length} columns`,
      );
    }
  }

  const isNumber = columns.map((_, c) => lines.every(line => MISSING.has(line[c]) || NUMBER.test(line[c])));
  const rows = lines.map(line => line.map((cell, c) => toCell(cell, isNumber[c])));
  return { name, columns, rows };
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`Cannot read ${name}: it is not UTF-8 text`, { cause: error });
  }
}

function checkColumns(columns: readonly string[], fromFirstLine: boolean, name: string): void {
  if (fromFirstLine && columns.every(column => NUMBER.test(column))) {
    throw new Error(
      `Cannot read ${name}: its first line holds numbers, not names; pass header: false or the names`,
    );
  }
  const unnamed = columns.indexOf('');
  if (unnamed >= 0) throw new Error(`Cannot read ${name}: column ${unnamed + 1} has no name`);
  const repeated = columns.find((column, i) => columns.indexOf(column) !== i);
  if (repeated !== undefined) throw new Error(`Cannot read ${name}: two columns are called '${repeated}'`);
}

function toCell(text: string, isNumber: boolean): Cell {
  if (MISSING.has(text)) return null;
  return isNumber ? Number(text) : text;
}
