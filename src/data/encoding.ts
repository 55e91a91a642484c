import type { OptionNames } from '../core/options';
import { describeValue, requireOneOf } from '../core/require';
import { isCommaNumber, isNumberText } from './csv';
import { columnMedians, columnModes, fillMissing } from './scaling';
import { type Cell, checkRows, columnOf, type Table } from './table';

/** How the columns of a table of one's own become numbers. What is learned for it is learned on the training part. */
export interface EncodingOptions {
  /**
   * What happens to missing cells of the inputs:
   * - `refuse` (default): an error that lists them, because every cure changes what the network sees
   * - `drop`: rows with a missing input or target are left out before the split
   * - `median`: numbers become the median of the training part, text its most frequent value
   * - `mode`: numbers and text become the most frequent value of the training part, of several the first in order
   */
  readonly missing?: 'refuse' | 'drop' | 'median' | 'mode';
  /**
   * What happens to columns of text:
   * - `one-hot` (default): one 0/1 column, called 'colour=red', for each value of the training part, of which there may be at
   *   most 20; a value that the training part does not have is 0 in all of them
   * - `refuse`: an error that names the first
   */
  readonly text?: 'one-hot' | 'refuse';
  /** Columns of text whose values have an order, lowest first: `{ size: ['small', 'large'] }` makes one column of 0 and 1. */
  readonly ordered?: Readonly<Record<string, readonly string[]>>;
}

export const encodingOptionNames: OptionNames<EncodingOptions> = { missing: true, text: true, ordered: true };

/** Inputs of all rows as numbers. */
export interface Encoded {
  readonly features: readonly string[];
  /** rows x features, row-major. */
  readonly inputs: Float64Array | Uint8Array;
  /** What was done, one sentence each; empty when the columns were numbers already. */
  readonly says: readonly string[];
}

/** One column of a table as it will be encoded. */
interface Column {
  readonly name: string;
  readonly cells: readonly Cell[];
  /** Values in order, for a column of text; null for numbers. */
  readonly order: 'by training part' | readonly string[] | null;
}

const MOST_VALUES = 20;
const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/;

/** @throws TypeError, RangeError for an option of another kind */
export function checkEncoding({ missing, text, ordered }: EncodingOptions, task: string): void {
  if (missing !== undefined) requireOneOf(missing, ['refuse', 'drop', 'median', 'mode'], 'missing', task);
  if (text !== undefined) requireOneOf(text, ['one-hot', 'refuse'], 'text', task);
  if (ordered === undefined) return;
  const isRecord = typeof ordered === 'object' && ordered !== null && !Array.isArray(ordered);
  const lists = isRecord ? Object.values(ordered) : [null];
  if (!lists.every(list => Array.isArray(list) && list.every(value => typeof value === 'string'))) {
    throw new TypeError(
      `Cannot ${task}: ordered must be an object with a list of texts for each column, ${describeValue(ordered)} came`,
    );
  }
}

/**
 * Prepares the encoding of some columns: what can be said without knowing the split is checked now, the rest is learned when
 * the rows of the training part are given.
 *
 * @throws TypeError for text that `text` does not allow, RangeError for a missing cell under `refuse`, a number that is not finite,
 *   an empty column, or text with more than 20 values; all name the column
 */
export function encoder(
  table: Table,
  names: readonly string[],
  options: EncodingOptions,
): (train: Int32Array) => Encoded {
  const { missing = 'refuse', text = 'one-hot', ordered = {} } = options;
  const orders = new Map(Object.entries(ordered)); // A column may be called __proto__.
  const stray = Object.keys(ordered).find(name => !names.includes(name));
  if (stray !== undefined) throw new RangeError(`Column '${stray}' in \`ordered\` is none of the features`);
  const columns = names.map((name): Column => {
    const cells = columnOf(table, name);
    if (cells.every(cell => cell === null)) {
      throw new RangeError(
        `Column '${name}' of ${table.name} is empty in every row; leave it out of \`features\``,
      );
    }
    if (missing === 'refuse') {
      checkRows(cells, cell => cell === null, `Column '${name}' of ${table.name} is empty`, CURES);
    }
    const order = orders.get(name);
    const isNumeric = cells.every(cell => cell === null || typeof cell === 'number');
    if (isNumeric) {
      if (order !== undefined)
        throw new TypeError(`Column '${name}' of ${table.name} holds numbers, \`ordered\` is for text`);
      checkRows(
        cells,
        cell => cell !== null && !Number.isFinite(cell),
        `Column '${name}' of ${table.name} is not finite`,
      );
      return { name, cells, order: null };
    }
    const texts = cells.map(cell => (cell === null ? null : String(cell)));
    if (order !== undefined) {
      checkOrdered(texts, order, name, table.name);
      return { name, cells: texts, order };
    }
    checkText(texts, cells, name, table.name, text);
    return { name, cells: texts, order: 'by training part' };
  });
  return train => encode(columns, train, table.rows.length, missing === 'mode' ? 'mode' : 'median');
}

const CURES =
  "pass missing: 'drop', 'median' or 'mode', leave the column out of `features`, or fill the cells before loading";

/** @throws TypeError or RangeError unless the texts are the values of a category */
function checkText(
  texts: readonly (string | null)[],
  cells: readonly Cell[],
  name: string,
  table: string,
  text: 'one-hot' | 'refuse',
): void {
  const present = texts.filter(cell => cell !== null);
  const row = cells.findIndex(
    cell => cell !== null && (typeof cell === 'boolean' || !isNumberText(String(cell))),
  );
  const what = `Column '${name}' of ${table}`;
  const example = `row ${row + 1} is '${texts[row]}'`;
  if (text === 'refuse') {
    throw new TypeError(
      `${what} must hold numbers, ${example}; pass text: 'one-hot' or leave it out of \`features\``,
    );
  }
  if (present.every(cell => isNumberText(cell) || isCommaNumber(cell)) && present.some(isCommaNumber)) {
    throw new TypeError(`${what} looks like numbers with a decimal comma, ${example}; pass decimal: ','`);
  }
  if (2 * present.filter(isNumberText).length > present.length) {
    throw new TypeError(
      `${what} holds numbers except that ${example}; correct the cell, or list it in missingMarks if it means missing`,
    );
  }
  if (present.every(cell => DATE.test(cell))) {
    throw new TypeError(
      `${what} looks like dates, ${example}; turn them into numbers first, such as days, or leave the column out of \`features\``,
    );
  }
  const values = new Set(present).size;
  if (values > MOST_VALUES) {
    throw new RangeError(
      `${what} holds ${values} different texts, one-hot encoding takes at most ${MOST_VALUES}, ${example}; leave it out of ` +
        '`features` (is it a name or a number of the row?) or join its values',
    );
  }
}

function checkOrdered(
  texts: readonly (string | null)[],
  values: readonly string[],
  name: string,
  table: string,
): void {
  const row = texts.findIndex(cell => cell !== null && !values.includes(cell));
  if (row >= 0 || new Set(values).size !== values.length) {
    const came = row >= 0 ? `row ${row + 1} is '${texts[row]}'` : 'a value is listed twice';
    throw new RangeError(
      `Column '${name}' of ${table} must hold the values that \`ordered\` lists (${values.join(', ')}); ${came}`,
    );
  }
}

function encode(
  columns: readonly Column[],
  train: Int32Array,
  rows: number,
  fill: 'median' | 'mode',
): Encoded {
  const encoded: { name: string; values: Float64Array }[] = [];
  const filled: string[] = [];
  const hot: string[] = [];
  const ranked: string[] = [];
  const unseen: string[] = [];
  for (const { name, cells, order } of columns) {
    const gaps = cells.filter(cell => cell === null).length;
    const values = order === 'by training part' ? valuesIn(cells, train) : order;
    const codes = Float64Array.from(cells, cell =>
      cell === null ? Number.NaN : values === null ? (cell as number) : values.indexOf(cell as string),
    );
    if (gaps > 0) {
      const known = train.filter(row => cells[row] !== null);
      if (known.length === 0) {
        throw new RangeError(`Column '${name}' has no value in the training part to fill ${gaps} gaps with`);
      }
      const seen = Float64Array.from(known, row => codes[row]);
      // The middle of two categories is none, so that text always takes the mode.
      const isMode = fill === 'mode' || order === 'by training part';
      const replacement = isMode ? columnModes(seen, 1) : columnMedians(seen, 1);
      fillMissing(codes, replacement);
      filled.push(`${name} (${gaps} by ${values?.[replacement[0]] ?? +replacement[0].toPrecision(6)})`);
    }
    if (order !== 'by training part') {
      encoded.push({ name, values: codes });
      if (values !== null) ranked.push(`${name} (${values.join(' < ')})`);
      continue;
    }
    for (const [v, value] of values!.entries()) {
      encoded.push({ name: `${name}=${value}`, values: codes.map(code => (code === v ? 1 : 0)) });
    }
    hot.push(`${name} (${values!.join(', ')})`);
    const strange = codes.filter(code => code < 0).length;
    if (strange > 0) unseen.push(`${name} (${strange} ${strange === 1 ? 'row' : 'rows'})`);
  }
  const twice = encoded.find(({ name }, i) => encoded.findIndex(other => other.name === name) !== i);
  if (twice !== undefined) {
    throw new RangeError(
      `Two inputs would be called '${twice.name}', a column and a value of one; rename the column`,
    );
  }
  const constant = encoded.filter(({ values }) => train.every(row => values[row] === values[train[0]]));
  const width = encoded.length;
  const inputs = new Float64Array(rows * width); // rows x features
  for (const [c, { values }] of encoded.entries()) {
    for (let r = 0; r < rows; r++) inputs[r * width + c] = values[r];
  }
  const rule = fill === 'mode' ? 'most frequent value' : 'median (text: most frequent value)';
  return {
    features: encoded.map(({ name }) => name),
    inputs,
    says: [
      ...sentence(filled, `Missing cells were filled with the ${rule} of the training part`),
      ...sentence(hot, 'Text became one 0/1 column for each value of the training part'),
      ...sentence(unseen, 'Values that the training part does not have are 0 in all columns'),
      ...sentence(ranked, 'Ordered text became 0, 1, 2, …'),
      ...sentence(
        constant.map(({ name }) => name),
        'Constant over the training part, so nothing can be learned from it',
      ),
    ],
  };
}

function sentence(about: readonly string[], says: string): string[] {
  return about.length === 0 ? [] : [`${says}: ${about.join(', ')}.`];
}

/** The different values of some rows, by character code. */
function valuesIn(cells: readonly Cell[], rows: Int32Array): string[] {
  const seen = new Set<string>();
  for (const row of rows) if (cells[row] !== null) seen.add(String(cells[row]));
  return [...seen].sort((a, b) => (a < b ? -1 : 1));
}
