/** The study's data sets; `iris3f` is Iris without sepal width. */
export type StudyName = 'cancer' | 'titanic' | 'banknote' | 'iris' | 'iris3f' | 'vowel' | 'mnist';

/** How the study trained and recorded one data set. */
export interface StudySettings {
  /** Layer widths of its network. */
  readonly layers: readonly number[];
  /** Activation of the hidden layers and of the output layer. */
  readonly activation: 'sigmoid';
  /** Activation of the output layer. */
  readonly output: 'sigmoid' | 'softmax';
  /** Step size of stochastic gradient descent. */
  readonly learningRate: number;
  /** Rows per update. */
  readonly batch: number;
  /** Whether rows are put in a new order each epoch. */
  readonly reshuffled: boolean;
  /** Training ends after the first epoch whose training accuracy, taken after the epoch, is at least this. */
  readonly benchmark: number;
  /** Epochs recorded for LEGCNet-FT; a run that misses the benchmark is given up 50 epochs later. */
  readonly recordedEpochs: number;
  /** Epochs recorded for LEGCNet-PT, 7 to 22 % of the run (the text says 10 %). */
  readonly partialEpochs: number;
  /** Iterates per Lyapunov window (the text says 200 throughout); neighbouring windows share 10 %. */
  readonly window: number;
  /** Published initialisation (1-based) behind the paper's row; null where that is not known. */
  readonly initialisation: number | null;
  /** Number of published initialisations. */
  readonly initialisations: number;
}

/**
 * Epochs past `recordedEpochs` after which the study gives a run up.
 *
 * @example
 * import { extraEpochs, studySettings } from 'legcnet';
 * studySettings.iris.recordedEpochs + extraEpochs; // 250, the most epochs that a run on Iris takes
 */
export const extraEpochs = 50;

/**
 * The settings of the published runs (procedure `published`). Squared error throughout: with m outputs the error signal is
 * dz = -2 (y - a) a (1 - a) / m, and MNIST takes the mean squared error on softmax outputs.
 *
 * Source: the code of Sahu, Chadha, Mathur, Nagaraj and Saha, Chaos Theory and Applications 7(2) (2025) 154-165
 * (github.com/RAJAN13-blip/chaotic-pruning, commit 25a1d8e), checked for the five smallest by repeating all their dense
 * runs epoch for epoch. Vowel: that code cannot train its own labels, so its row is settings only.
 *
 * @example
 * import { studySettings } from 'legcnet';
 * studySettings.iris.layers; // [4, 6, 3]
 * studySettings.mnist.batch; // 128
 */
export const studySettings: Readonly<Record<StudyName, StudySettings>> = {
  cancer: small([9, 6, 1], 0.01, 0.9, 50, 12, 200, 2),
  titanic: small([6, 8, 1], 0.1, 0.74, 50, 3, 250, 1),
  banknote: small([4, 8, 1], 0.5, 0.91, 100, 2, 250, 4),
  iris: small([4, 6, 3], 0.05, 0.95, 200, 20, 160, 5),
  iris3f: small([3, 6, 3], 0.05, 0.95, 200, 20, 160, 2),
  vowel: small([3, 4, 6], 0.5, 0.8, 50, 5, 200, null),
  mnist: {
    layers: [784, 50, 30, 10],
    activation: 'sigmoid',
    output: 'softmax',
    learningRate: 0.5,
    batch: 128,
    reshuffled: true,
    benchmark: 0.92,
    recordedEpochs: 50,
    partialEpochs: 5,
    window: 50,
    initialisation: 3,
    initialisations: 5,
  },
};

/**
 * Names of the study's data sets, in the order of its tables.
 *
 * @example
 * import { datasetNames } from 'legcnet';
 * datasetNames; // ['cancer', 'titanic', 'banknote', 'iris', 'iris3f', 'vowel', 'mnist']
 */
export const datasetNames: readonly StudyName[] = Object.keys(studySettings) as StudyName[];

/** One hidden layer, batch 1, rows in fixed order, ten published initialisations. */
function small(
  layers: readonly number[],
  learningRate: number,
  benchmark: number,
  recordedEpochs: number,
  partialEpochs: number,
  window: number,
  initialisation: number | null,
): StudySettings {
  return {
    layers,
    activation: 'sigmoid',
    output: 'sigmoid',
    learningRate,
    batch: 1,
    reshuffled: false,
    benchmark,
    recordedEpochs,
    partialEpochs,
    window,
    initialisation,
    initialisations: 10,
  };
}
