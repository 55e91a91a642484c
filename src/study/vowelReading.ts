import type { LongRunOptions } from '../core/longRun';
import type { Dataset, Part } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { columnMoments, standardizeColumns, stretchColumns } from '../data/scaling';
import { studySamples } from '../data/studySamples';
import type { AccuracyRule } from '../network/metrics';
import { NumpyRandom } from '../statistics/numpyRandom';

/** What the study leaves open about its vowel run. */
export interface VowelReading {
  /**
   * All 871 rows are shuffled by NumPy's seed 42, then
   * - `head`: the first 741 train and the last 130 test, as the code slices
   * - `tail`: the first 130 test and the rest trains, as scikit-learn's `train_test_split` does
   */
  readonly split: 'head' | 'tail';
  /**
   * - `own range`: each part stretched to its own range of 0 to 1, as the code does
   * - `whole range`: by the range of all rows
   * - `own moments`: each part standardised by its own mean and sd
   * - `training moments`: by those of the training part
   */
  readonly scaling: 'own range' | 'whole range' | 'own moments' | 'training moments';
  /** Squared error: dz = -2 (y - a) a (1 - a) / divisor; cross entropy: dz = (a - y) / divisor. Labels are one-hot. */
  readonly loss: 'squared-error' | 'cross-entropy';
  /** What the error signal is divided by. */
  readonly divisor: 1 | 3 | 6;
  /** When a row counts as right, for the benchmark too; the code's own is `all-outputs`. */
  readonly rule: AccuracyRule;
}

const scalings = ['own range', 'whole range', 'own moments', 'training moments'] as const;
const losses = [
  ['squared-error', 1],
  ['squared-error', 3],
  ['squared-error', 6],
  ['cross-entropy', 1],
  ['cross-entropy', 6],
] as const;

/**
 * Every combination that `data/vowelReadings.json` covers, 80 of them; first the one that the code suggests.
 *
 * @example
 * import { allVowelReadings } from 'legcnet';
 * allVowelReadings.length; // 80
 */
export const allVowelReadings: readonly VowelReading[] = (['head', 'tail'] as const).flatMap(split =>
  scalings.flatMap(scaling =>
    losses.flatMap(([loss, divisor]) =>
      (['all-outputs', 'argmax'] as const).map(rule => ({ split, scaling, loss, divisor, rule })),
    ),
  ),
);

const TEST_ROWS = 130;

/** The vowel data as one reading splits and scales them. */
export async function vowelDataset(reading: VowelReading, longRun: LongRunOptions = {}): Promise<Dataset> {
  const dataset = await loadDataset('vowel', { procedure: 'published', ...longRun });
  const { encode, labels, rows, used, classes } = await studySamples('vowel', longRun);
  const { inputs: raw, features } = encode(used);
  const columns = features.length;
  const inputs = Float64Array.from(raw); // rows x features
  if (reading.scaling === 'whole range') stretchColumns(inputs, columns);
  const order = new NumpyRandom(dataset.seed).permutation(rows);
  const cut = reading.split === 'head' ? rows - TEST_ROWS : TEST_ROWS;
  const parts = [order.slice(0, cut), order.slice(cut)].map(part);
  const [train, test] = reading.split === 'head' ? parts : parts.reverse();
  if (reading.scaling === 'own range') for (const each of parts) stretchColumns(each.inputs, columns);
  if (reading.scaling === 'own moments' || reading.scaling === 'training moments') {
    const ofTraining = columnMoments(train.inputs, columns);
    const own = columnMoments(test.inputs, columns);
    standardizeColumns(train.inputs, ofTraining);
    standardizeColumns(test.inputs, reading.scaling === 'own moments' ? own : ofTraining);
  }
  return { ...dataset, train, test };

  function part(sourceRows: Int32Array): Part {
    const chosen = new Float64Array(sourceRows.length * columns);
    const targets = new Float64Array(sourceRows.length * classes.length); // one-hot
    sourceRows.forEach((row, r) => {
      chosen.set(inputs.subarray(row * columns, (row + 1) * columns), r * columns);
      targets[r * classes.length + labels[row]] = 1;
    });
    const own = sourceRows.map(row => labels[row]);
    return { rows: sourceRows.length, inputs: chosen, targets, labels: own, sourceRows };
  }
}
