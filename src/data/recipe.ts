import { NumpyRandom } from '../statistics/numpyRandom';
import { randomStream } from '../statistics/random';
import type { Preparation } from './preparation';
import type { Samples } from './samples';
import {
  columnModes,
  columnMoments,
  fillMissing,
  standardizeColumns,
  standardizeRows,
  stretchColumns,
} from './scaling';
import { type Split, shuffledSplit, stratifiedSplit } from './split';
import { titanicTrainRows } from './studySamples';

/** A part on its way: its rows and their inputs, not yet scaled. */
export interface Draft {
  readonly rows: Int32Array;
  /** rows x features */
  readonly inputs: Float64Array;
}

/** Parts to scale in place; `fitted` is the training part. */
export interface Drafts {
  readonly train: Draft;
  readonly validation: Draft | null;
  readonly test: Draft;
}

/** How one data set is split and scaled under one procedure: what to do, and the sentence that says so. */
export interface Recipe {
  readonly split: () => Split;
  readonly splitSays: string;
  readonly scale: (drafts: Drafts, features: number) => void;
  readonly scalingSays: string;
}

/** The recipe for some rows under a procedure. */
export function recipeOf(samples: Samples, preparation: Preparation): Recipe {
  if (preparation.procedure === 'published') return publishedRecipe(samples, preparation);
  const { procedure, seed, testShare, validationShare, scaled } = preparation;
  const { labels, classes, study } = samples;
  const percent = (share: number): string => `${+(100 * share).toFixed(1)} %`;
  const scaling = !scaled
    ? unscaled
    : study === 'mnist'
      ? { scale: divideBy255, scalingSays: 'Grey values were divided by 255.' }
      : {
          scale: standardizeByTraining,
          scalingSays:
            'Each feature was standardised by its mean and population standard deviation over the training part' +
            (study === 'titanic'
              ? ', after filling missing values with the mode of the training part.'
              : '.'),
        };
  // Of MNIST the study used 42 000 images; the same ones serve here, so that only split and scaling differ.
  const drawn = study === 'mnist' ? drawnImages(samples.rows, seed) : samples.used;
  const of =
    study === 'mnist'
      ? '42 000 of 70 000 images, drawn by seed, were'
      : `${leftOut(samples)}${drawn.length} rows were`;
  if (procedure === 'described') {
    return {
      split: () => picked(shuffledSplit(drawn.length, testShare, seed), drawn),
      splitSays: `${of} shuffled (NumPy seed ${seed}), the first ${percent(1 - testShare)} for training, the rest for testing.`,
      ...scaling,
    };
  }
  const shares = [1 - testShare - validationShare, validationShare, testShare].map(percent).join(', ');
  const drawnLabels = drawn.map(row => labels[row]);
  return {
    split: () =>
      picked(
        stratifiedSplit(drawnLabels, classes, testShare, validationShare, randomStream(seed, 'data split')),
        drawn,
      ),
    splitSays: `${of} dealt at random (seed ${seed}) into training, validation and test parts of ${shares}, class by class.`,
    ...scaling,
  };
}

/** What the study's code did; tables of one's own are treated as Cancer and Banknote were. */
function publishedRecipe(samples: Samples, { seed, testShare, scaled, pooled = false }: Preparation): Recipe {
  const { name, study, rows, used } = samples;
  const share = `int(${+(1 - testShare).toFixed(4)} n)`;
  const byRow = {
    scale: (drafts: Drafts, columns: number) => {
      if (columns < 2) {
        throw new RangeError(
          `Procedure 'published' scales each row over its own features and needs at least 2, '${name}' has 1`,
        );
      }
      standardizeEachRow(drafts, columns);
    },
    scalingSays:
      'Each row was standardised over its own features (population standard deviation, 0 replaced by 1).',
  };
  const byShuffle = {
    split: () => picked(shuffledSplit(used.length, testShare, seed), used),
    splitSays: `${leftOut(samples)}Rows were shuffled (NumPy seed ${seed}), the first ${share} for training, the rest for testing.`,
  };
  switch (study) {
    case 'titanic':
      return {
        split: () => ({
          train: new NumpyRandom(seed).permutation(titanicTrainRows),
          validation: null,
          test: Int32Array.from({ length: rows - titanicTrainRows }, (_, i) => titanicTrainRows + i),
        }),
        splitSays: `Kaggle's 891 training rows in shuffled order (NumPy seed ${seed}), its 418 test rows as they stand.`,
        ...(pooled ? byShuffle : {}),
        scale: (drafts, columns) => {
          for (const { inputs } of partsOf(drafts)) fillMissing(inputs, columnModes(inputs, columns));
          standardizeEachRow(drafts, columns);
        },
        scalingSays: `Missing values were filled with the mode of their own part. ${byRow.scalingSays}`,
      };
    case 'iris':
    case 'iris3f':
      return {
        ...byShuffle,
        scale: (drafts, columns) => {
          for (const { inputs } of partsOf(drafts))
            standardizeColumns(inputs, columnMoments(inputs, columns));
        },
        scalingSays:
          'Each feature was standardised in training and test part separately (population standard deviation).',
      };
    case 'vowel':
      return {
        split: () => {
          const order = new NumpyRandom(seed).permutation(rows);
          const cut = rows - Math.trunc(0.15 * rows); // 741 of 871
          return { train: order.slice(0, cut), validation: null, test: order.slice(cut) };
        },
        splitSays: `Rows were shuffled (NumPy seed ${seed}), the first 741 for training, the last 130 for testing.`,
        ...(pooled ? byShuffle : {}),
        scale: (drafts, columns) => {
          for (const { inputs } of partsOf(drafts)) stretchColumns(inputs, columns);
        },
        scalingSays:
          'Each feature was stretched to its own range of 0 to 1 in training and test part separately.',
      };
    case 'mnist':
      return {
        split: () => {
          const drawn = drawnImages(rows, seed);
          const cut = Math.trunc(0.7 * drawn.length); // 29 399: 0.7 * 42 000 is just below 29 400 in doubles
          return { train: drawn.slice(0, cut), validation: null, test: drawn.slice(cut) };
        },
        splitSays: `42 000 of 70 000 images drawn by NumPy seed ${seed} in place of the study's own 42 000; the first 29 399 for training.`,
        scale: () => {},
        scalingSays: 'Grey values from 0 to 255 were left as they are.',
      };
    default:
      return { ...byShuffle, ...(scaled ? byRow : unscaled) };
  }
}

const unscaled: Pick<Recipe, 'scale' | 'scalingSays'> = {
  scale: () => {},
  scalingSays: 'Inputs were left as they came.',
};

/** A sentence on rows that take no part, or nothing. */
function leftOut({ rows, used }: Samples): string {
  if (used.length === rows) return '';
  const kept = new Set(used);
  const missing = Array.from({ length: rows }, (_, row) => row + 1).filter(row => !kept.has(row - 1));
  const more = missing.length > 10 ? ` and ${missing.length - 10} more` : '';
  return `${missing.length} of ${rows} rows were left out for missing cells (row ${missing.slice(0, 10).join(', ')}${more}). `;
}

function drawnImages(rows: number, seed: number): Int32Array {
  return new NumpyRandom(seed).permutation(rows).slice(0, 42_000);
}

/** A split of positions in `rows`, as row numbers. */
function picked({ train, validation, test }: Split, rows: Int32Array): Split {
  const pick = (part: Int32Array): Int32Array => part.map(at => rows[at]);
  return { train: pick(train), validation: validation && pick(validation), test: pick(test) };
}

function partsOf({ train, validation, test }: Drafts): readonly Draft[] {
  return validation === null ? [train, test] : [train, validation, test];
}

function standardizeEachRow(drafts: Drafts, columns: number): void {
  for (const { inputs } of partsOf(drafts)) standardizeRows(inputs, columns);
}

function standardizeByTraining(drafts: Drafts, columns: number): void {
  const modes = columnModes(drafts.train.inputs, columns);
  for (const { inputs } of partsOf(drafts)) fillMissing(inputs, modes);
  const moments = columnMoments(drafts.train.inputs, columns);
  for (const { inputs } of partsOf(drafts)) standardizeColumns(inputs, moments);
}

function divideBy255(drafts: Drafts): void {
  for (const { inputs } of partsOf(drafts)) {
    for (let i = 0; i < inputs.length; i++) inputs[i] /= 255;
  }
}
