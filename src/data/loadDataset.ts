import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataFrame } from 'danfojs-node';
import { checkOptions, type OptionNames } from '../core/options';
import { describeValue } from '../core/require';
import { type CsvOptions, csvOptionNames, readCsv } from './csv';
import type { Dataset } from './dataset';
import { downloadUnchecked } from './download';
import { checkEncoding, type EncodingOptions, encodingOptionNames } from './encoding';
import { type FetchOptions, fetchOptionNames } from './fetchFile';
import { type Preparation, readPreparation, type SplitOptions, splitOptionNames } from './preparation';
import { prepare } from './prepare';
import { type Samples, samplesOf } from './samples';
import { studySamples } from './studySamples';
import { datasetNames, type StudyName } from './studySettings';
import { fromDataFrame } from './table';

/** Largest file of one's own that is read. */
const MAX_BYTES = 2 ** 28;

const TASK = 'load a data set';

/** How a data set is read, split and scaled. */
export interface LoadOptions extends SplitOptions, FetchOptions, CsvOptions, EncodingOptions {
  /** Column to predict; required for a table of your own, not allowed for the study's data sets. */
  readonly target?: string;
  /** Columns used as inputs; by default all but the target. Not allowed for the study's data sets. */
  readonly features?: readonly string[];
}

export const loadOptionNames: OptionNames<LoadOptions> = {
  target: true,
  features: true,
  ...splitOptionNames,
  ...csvOptionNames,
  ...encodingOptionNames,
  ...fetchOptionNames,
};

/**
 * A data set as typed arrays, split and scaled: one of the study's seven by name, a CSV file by path or address (http, https,
 * file), or a danfo DataFrame. Two classes make one output (0 or 1), more make one-hot outputs. The study's data sets are
 * split and scaled as in the study unless told otherwise, a table of one's own as a careful analyst would.
 *
 * - `published`: what the study's code does. Cancer and Banknote: NumPy's legacy shuffle of all rows, the first int(0.8 n) for
 *   training, every row standardised over its own features. Titanic: Kaggle's 891 and 418 rows, the former shuffled, missing
 *   Embarked and Fare filled with the mode of their part, then as above. Iris: shuffled as above, each feature standardised in
 *   training and test part separately. Vowel: 741 and 130 rows, each feature stretched to 0..1 in each part. MNIST: 42 000 of
 *   the 70 000 drawn by the seed, 29 399 for training, grey values 0 to 255. A table of one's own is treated as Cancer.
 * - `described`: 80 : 20 by the same shuffle (Titanic's and the vowels' rows pooled); the paper gives no scaling, so each
 *   feature is standardised by the training part.
 * - `sound`: 64 : 16 : 20 for training, validation and testing, class by class, from a random stream of the seed; each feature
 *   standardised by the training part.
 *
 * A table of one's own may hold text and gaps. Text becomes one 0/1 column a value; missing cells are refused unless `missing`
 * says what to do. What is learned for that (values, medians) is learned on the training part, and `split` and `scaling` of the
 * data set say what was done. Refused in words: dates, text of more than 20 values, numbers with a stray text among them, and a
 * target that is a measurement.
 *
 * Under `described` and `sound` MNIST's 42 000 images are divided by 255, and Titanic's gaps are filled with the mode of the
 * training part. A constant feature becomes zeros wherever features are scaled.
 *
 * Iris needs no network: Fisher's values with rows 35 and 38 as in the study's file (4.9, 3.1, 1.5, 0.1). The other files come
 * from cache, mirror or their public address, see `fetchFile`. `table` holds the rows as read (for MNIST label and mean grey
 * value) and is made when first asked for, because that loads danfo, which takes about two seconds.
 *
 * @throws TypeError for a source or option of another kind, an option that does not exist, no target or text that cannot be
 *   encoded; RangeError for an unknown option value, missing cells or infinite numbers, or data that cannot be split; Error when a
 *   file cannot be read or had; the signal's reason when stopped
 *
 * @example
 * import { loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * iris.train.rows; // 120
 */
export async function loadDataset(source: string | DataFrame, options: LoadOptions = {}): Promise<Dataset> {
  checkOptions(options, loadOptionNames, TASK);
  const preparation = preparationOf(source, options);
  checkReading(source, options);
  options.signal?.throwIfAborted();
  const samples = await samplesFrom(source, options);
  options.signal?.throwIfAborted();
  return prepare(samples, preparation);
}

/** Settings of split and scaling, defaults filled in. */
export function preparationOf(source: unknown, options: LoadOptions): Preparation {
  const isStudy = isStudyName(source);
  const { procedure = isStudy ? 'published' : 'sound', testShare } = options;
  if (isStudy && procedure === 'published' && testShare !== undefined) {
    throw new RangeError(
      `The published split of '${source}' is fixed; give testShare with 'described' or 'sound'`,
    );
  }
  return readPreparation(options, procedure, TASK);
}

export function isStudyName(source: unknown): source is StudyName {
  return (datasetNames as readonly unknown[]).includes(source);
}

export async function samplesFrom(source: string | DataFrame, options: LoadOptions): Promise<Samples> {
  const {
    procedure,
    seed,
    testShare,
    validationShare,
    target,
    features,
    header,
    separator,
    decimal,
    missingMarks,
    missing,
    text,
    ordered,
    ...fetching
  } = options;
  if (isStudyName(source)) return studySamples(source, fetching);
  if (typeof source !== 'string') {
    return samplesOf(fromDataFrame(source), 'DataFrame', options, () => source);
  }
  const table = readCsv(await readSource(source, fetching), source, options);
  return samplesOf(table, basename(source, extname(source)), options);
}

async function readSource(source: string, options: FetchOptions): Promise<Uint8Array> {
  if (/^https?:/i.test(source)) return downloadUnchecked(source, MAX_BYTES, options);
  try {
    const bytes = await readFile(/^file:/i.test(source) ? fileURLToPath(source) : source);
    if (bytes.length > MAX_BYTES)
      throw new RangeError(`it has ${bytes.length} bytes, at most ${MAX_BYTES} are read`);
    return bytes;
  } catch (error) {
    throw new Error(
      `Cannot read data set '${source}': ${(error as Error).message}; a data set is one of ${datasetNames.join(', ')}, ` +
        'or the path or address of a CSV file',
      { cause: error },
    );
  }
}

function isDataFrame(source: unknown): source is DataFrame {
  const frame = source as Partial<DataFrame> | null;
  return (
    typeof frame === 'object' && frame !== null && Array.isArray(frame.columns) && Array.isArray(frame.values)
  );
}

/** Checks what is to be read and the options that say how. */
export function checkReading(source: unknown, options: LoadOptions): void {
  const { target, features, header, missingMarks } = options;
  if (isStudyName(source)) {
    if (target !== undefined || features !== undefined) {
      throw new RangeError(
        `Target and features of '${source}' are fixed; load its table as a DataFrame to choose others`,
      );
    }
  } else if (typeof source !== 'string' && !isDataFrame(source)) {
    throw new TypeError(
      `A data set is loaded by name, path, address or from a danfo DataFrame, got ${describeValue(source)}`,
    );
  }
  if (header !== undefined && (isStudyName(source) || typeof source !== 'string')) {
    throw new RangeError('header is for CSV files of your own; here the columns have their names');
  }
  const layout = (['separator', 'decimal', 'missingMarks'] as const).find(
    name => options[name] !== undefined,
  );
  if (layout !== undefined && (isStudyName(source) || typeof source !== 'string')) {
    throw new RangeError(`${layout} is for CSV files of your own; here the cells are read already`);
  }
  const encoding = (['missing', 'text', 'ordered'] as const).find(name => options[name] !== undefined);
  if (encoding !== undefined && isStudyName(source)) {
    throw new RangeError(`${encoding} is for tables of your own; '${source}' is encoded as in the study`);
  }
  checkEncoding(options, TASK);
  if (missingMarks !== undefined) requireNames(missingMarks, 'missingMarks');
  if (target !== undefined && typeof target !== 'string') {
    throw new TypeError(`Cannot ${TASK}: target must be the name of a column, ${describeValue(target)} came`);
  }
  if (features !== undefined) requireNames(features, 'features');
  if (header !== undefined && typeof header !== 'boolean') requireNames(header, 'header');
}

/** @throws TypeError unless the value is an array of texts */
function requireNames(value: readonly string[], name: string): void {
  if (!Array.isArray(value) || value.some(each => typeof each !== 'string')) {
    const came = Array.isArray(value) ? 'an array with something else in it' : describeValue(value);
    const also = name === 'header' ? 'true, false or ' : '';
    const what = name === 'missingMarks' ? 'texts' : 'column names';
    throw new TypeError(`Cannot ${TASK}: ${name} must be ${also}an array of ${what}, ${came} came`);
  }
}
