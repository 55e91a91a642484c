import { parse } from 'papaparse';
import type { OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import type { Cell, Table } from './table';

/** How a CSV file is laid out. */
export interface CsvOptions {
  /** True (default) when the first line names the columns, or the names of the columns of a file without such a line. */
  readonly header?: boolean | readonly string[];
  /** Sign between cells. Default: the one of comma, semicolon, tab and bar that cuts all lines alike. */
  readonly separator?: ',' | ';' | '\t' | '|';
  /** Sign before the fraction of a number. Default `.`; with `,` the comma separates no cells unless named. */
  readonly decimal?: '.' | ',';
  /** Cells that mean a missing value. Default: empty, `?`, `NA`, `N/A`, `NaN`, `nan` and `null`. */
  readonly missingMarks?: readonly string[];
}

export const csvOptionNames: OptionNames<CsvOptions> = {
  header: true,
  separator: true,
  decimal: true,
  missingMarks: true,
};

type Separator = NonNullable<CsvOptions['separator']>;

const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MISSING: readonly string[] = ['', '?', 'NA', 'N/A', 'NaN', 'nan', 'null'];

/** Lines by which the separator is found. */
const LINES_TO_GUESS = 200;

/**
 * The table in a CSV file: comma, semicolon, tab or bar between cells, UTF-8, quotes as in RFC 4180. A column is numbers when
 * all its cells are that are not missing; else it stays text. Blank lines are skipped, and so are spaces around cells; with
 * `header: false` columns are called 'column 1', 'column 2', ….
 *
 * @param source the file's content
 * @param name what messages call it
 * @throws RangeError for a separator or decimal sign that is none of those above; Error when it is not UTF-8 text, has no rows,
 *   rows of different length, an open quote, unnamed or repeated columns, a first line of numbers where names are expected, or
 *   two separators that cut all lines alike
 */
export function readCsv(source: Uint8Array | string, name: string, options: CsvOptions = {}): Table {
  const { header = true, decimal = '.', missingMarks = MISSING } = options;
  requireOneOf(decimal, ['.', ','], 'decimal', `read ${name}`);
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decode(source, name);
  const separator = options.separator ?? guessSeparator(text, decimal, name);
  requireOneOf(separator, SEPARATORS, 'separator', `read ${name}`);
  const { data, errors } = parse<string[]>(text, { skipEmptyLines: 'greedy', delimiter: separator });
  const [problem] = errors;
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
        `Cannot read ${name}: row ${i + 1} has ${line.length} cells, there are ${columns.length} columns` +
          (options.separator === undefined ? `; cells were taken to be separated by '${separator}'` : ''),
      );
    }
  }

  const missing = new Set(missingMarks);
  const plain = (cell: string): string => (decimal === ',' ? withPoint(cell) : cell);
  const isNumber = columns.map((_, c) =>
    lines.every(line => missing.has(line[c]) || NUMBER.test(plain(line[c]))),
  );
  const toCell = (cell: string, isNumeric: boolean): Cell =>
    missing.has(cell) ? null : isNumeric ? Number(plain(cell)) : cell;
  return { name, columns, rows: lines.map(line => line.map((cell, c) => toCell(cell, isNumber[c]))) };
}

/** Whether a text would be a number with a decimal point. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether a text would be a number with a decimal comma. */
export function isCommaNumber(text: string): boolean {
  return text.includes(',') && NUMBER.test(withPoint(text));
}

/** '1,5' as '1.5'; a text with a point, as 1.234,5 has, is no number then. */
function withPoint(cell: string): string {
  return cell.includes('.') ? `(${cell})` : cell.replace(',', '.');
}

/**
 * The separator that cuts all lines into the same number of cells, at least two; a comma for a file of one column. Where none
 * does, the one that cuts the first line most, so that the error names the odd row.
 *
 * @throws Error when two would do
 */
function guessSeparator(text: string, decimal: string, name: string): Separator {
  const cuts = SEPARATORS.filter(separator => separator !== decimal).map(separator => {
    const { data } = parse<string[]>(text, {
      skipEmptyLines: 'greedy',
      delimiter: separator,
      preview: LINES_TO_GUESS,
    });
    const width = data[0]?.length ?? 1;
    return { separator, width, isEven: data.every(line => line.length === width) };
  });
  const fit = cuts.filter(({ isEven, width }) => isEven && width > 1);
  if (fit.length > 1) {
    const which = fit.map(({ separator, width }) => `'${separator}' (${width} columns)`).join(' and ');
    throw new Error(`Cannot read ${name}: ${which} both cut all lines alike; pass separator`);
  }
  const [widest] = cuts.filter(({ width }) => width > 1).sort((a, b) => b.width - a.width);
  return fit[0]?.separator ?? widest?.separator ?? SEPARATORS.find(separator => separator !== decimal)!;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`Cannot read ${name}: it is not UTF-8 text; save it as UTF-8`, { cause: error });
  }
}

function checkColumns(columns: readonly string[], fromFirstLine: boolean, name: string): void {
  if (fromFirstLine && columns.every(isNumberText)) {
    throw new Error(
      `Cannot read ${name}: its first line holds numbers, not names; pass header: false or the names`,
    );
  }
  const unnamed = columns.indexOf('');
  if (unnamed >= 0) throw new Error(`Cannot read ${name}: column ${unnamed + 1} has no name`);
  const repeated = columns.find((column, i) => columns.indexOf(column) !== i);
  if (repeated !== undefined) {
    throw new Error(
      `Cannot read ${name}: two columns are called '${repeated}'; rename one of them in the file`,
    );
  }
}
