import { publishedChains } from '../chaos/publishedEstimator';
import type { LegcnetVariant } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import type { TrainOptions } from '../network/train';
import type { SearchSettings } from './causalSearch';

/** One way to understand the paper where its text says two things, or none. */
export interface Reading {
  /** A few words. */
  readonly name: string;
  /** Section of the paper, or `code`, and what it says there, in our words. */
  readonly says: string;
  /** The settings that the reading means. */
  readonly how: ReadingHow;
}

/** What a reading changes in LEGCNet under `published`, or what stands in place of its mask. */
export type ReadingHow =
  | {
      /** Weights chosen as LEGCNet does, from the whole run or its first part. */
      readonly mask: LegcnetVariant;
      /** What the reading changes in the search. Default: nothing. */
      readonly search?: (search: SearchSettings, name: StudyName) => SearchSettings;
      /** What it changes in the training. Default: nothing. */
      readonly training?: Partial<TrainOptions>;
      /** Loaded otherwise: `pooled`: one shuffle, 80:20; `by-feature`: scaled as under `described`. */
      readonly data?: 'pooled' | 'by-feature';
    }
  /** 40 % of the weights by chance. */
  | {
      /** Weights drawn by chance. */
      readonly mask: 'random';
      /** Seed of the draw. */
      readonly seed: number;
    }
  /** The trained network without this share of its smallest weights. */
  | {
      /** Weights of smallest magnitude. */
      readonly mask: 'magnitude';
      /** Share of the weights that go. */
      readonly share: number;
    };

/** A question that the paper's text answers in two ways, or not at all. */
export interface OpenQuestion {
  /** Short name, as commands take it. */
  readonly id: string;
  /** The question. */
  readonly question: string;
  /** Data sets where the readings differ. */
  readonly datasets: readonly StudyName[];
  /** The first is what the study's numbers come out of; the others are compared with it. */
  readonly readings: readonly Reading[];
}

const five: readonly StudyName[] = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f'];

/** FT under `published` with another search. */
function ft(search: (search: SearchSettings, name: StudyName) => SearchSettings): ReadingHow {
  return { mask: 'FT', search };
}

const asPublished: ReadingHow = { mask: 'FT' };

/**
 * Questions that a run can answer, in the order of the method.
 *
 * @example
 * import { openQuestions } from 'legcnet';
 * openQuestions[0].question; // 'Which weights go?'
 */
export const openQuestions: readonly OpenQuestion[] = [
  {
    id: 'rule',
    question: 'Which weights go?',
    datasets: five,
    readings: [
      {
        name: 'non-causal',
        says: 'Methodology Overview, Table 1: those whose exponents show no causal link.',
        how: asPublished,
      },
      {
        name: 'causal',
        says: 'Windowed Weight Updates, Experimental Setup, Conclusion: those whose exponents cause the errors.',
        how: ft(search => ({ ...search, rule: { ...search.rule, remove: 'causal' } })),
      },
    ],
  },
  {
    id: 'series',
    question: 'Exponents of which series?',
    datasets: five,
    readings: [
      { name: 'weights', says: 'Experimental Setup: the recorded weights themselves.', how: asPublished },
      {
        name: 'difference of a pair',
        says: 'Windowed Weight Updates, first half of the Methodology Overview: the difference to a run that starts 0.0001 beside it.',
        how: ft(search => ({
          ...search,
          perturbation: { weight: 0, delta: 1e-4 },
          exponents: {
            estimator: 'rosenstein',
            preset: 'tisean',
            window: search.exponents.window ?? 200,
            overlap: 0.1,
            first: 1,
          },
        })),
      },
    ],
  },
  {
    id: 'target',
    question: 'What are exponents to cause?',
    datasets: five,
    readings: [
      {
        name: 'test misclassification',
        says: 'Experimental Setup: the misclassification rate. Accuracy, as in Chaos and Causality, is one minus that and gives the same tests.',
        how: asPublished,
      },
      {
        name: 'training misclassification',
        says: 'Experimental Setup: training and test accuracy are both taken, which one is tested is not said.',
        how: ft(search => ({ ...search, target: { ...search.target, part: 'train' } })),
      },
      {
        name: 'test loss',
        says: 'Windowed Weight Updates: the loss.',
        how: ft(search => ({ ...search, target: { ...search.target, measure: 'loss' } })),
      },
    ],
  },
  {
    id: 'windows',
    question: 'How do windows follow one another?',
    datasets: five,
    readings: [
      { name: '10 % overlap', says: 'Code.', how: asPublished },
      {
        name: 'disjoint',
        says: 'Windowed Weight Updates: the series is divided into parts.',
        how: ft(search => windowed(search, { overlap: 0 })),
      },
      {
        name: 'sliding by half',
        says: 'Methodology Overview: a sliding window, its step is not said.',
        how: ft(search => windowed(search, { overlap: 0.5 })),
      },
    ],
  },
  {
    id: 'length',
    question: 'How long is a window?',
    datasets: ['titanic', 'banknote', 'iris', 'iris3f'],
    readings: [
      { name: '160 or 250', says: 'Code.', how: asPublished },
      {
        name: '200 throughout',
        says: 'Experimental Setup: 200 iterates.',
        how: ft(search => windowed(search, { window: 200 })),
      },
    ],
  },
  {
    id: 'test',
    question: 'Which test, at which lag?',
    datasets: five,
    readings: [
      { name: 'smallest p of 20 lags, chi-square', says: 'Code.', how: asPublished },
      {
        name: 'F, one lag',
        says: 'Granger causality as a tool, eq. 4: an F statistic; the number of lags is not said.',
        how: ft(search => ({ ...search, scan: { test: 'f', lag: 1 } })),
      },
    ],
  },
  {
    id: 'stationary',
    question: 'Are the series made stationary?',
    datasets: five,
    readings: [
      {
        name: 'as they come',
        says: 'Code: tests and differences are there, switched off.',
        how: asPublished,
      },
      {
        name: 'where tests ask for it',
        says: 'Windowed Weight Updates: stationarity was confirmed first.',
        how: ft(search => ({ ...search, stationary: { rule: 'by-tests' } })),
      },
    ],
  },
  {
    id: 'ties',
    question: 'Which of two equally near neighbours?',
    datasets: five,
    readings: [
      { name: 'the last', says: 'The published masks; neither text nor code says it.', how: asPublished },
      {
        name: 'the first',
        says: 'As good an answer.',
        how: ft(search => ({
          ...search,
          exponents: {
            ...search.exponents,
            estimator: 'rosenstein',
            preset: 'published',
            chain: { ...publishedChains.FT, ties: 'first' },
          },
        })),
      },
    ],
  },
  {
    id: 'recorded',
    question: 'How much of the run does FT look at?',
    datasets: five,
    readings: [
      { name: '50 or 200 epochs', says: 'Code.', how: asPublished },
      {
        name: 'up to the stop',
        says: 'Two approaches: the network is trained until convergence.',
        how: ft(search => ({ ...unlimited(search), length: { share: 1 } })),
      },
    ],
  },
  {
    id: 'partial',
    question: 'How much of the run does PT look at?',
    datasets: five,
    readings: [
      {
        name: 'as the masks show',
        says: 'The published masks: 12, 7, 2, 20, 20 epochs.',
        how: { mask: 'PT' },
      },
      {
        name: 'as Table 2 prints',
        says: 'Table 2: 12, 3, 2, 20, 20 epochs.',
        how: {
          mask: 'PT',
          search: (search, name) => ({ ...search, length: { epochs: studySettings[name].partialEpochs } }),
        },
      },
      {
        name: 'a tenth',
        says: 'Two approaches: 10 % of the iterates.',
        how: { mask: 'PT', search: search => ({ ...search, length: { share: 0.1 } }) },
      },
    ],
  },
  {
    id: 'outputs',
    question: 'When is a row right?',
    datasets: ['iris', 'iris3f', 'vowel'],
    readings: [
      { name: 'all outputs right', says: 'Code: every output, rounded.', how: asPublished },
      {
        name: 'largest output right',
        says: 'Code of the F1 score; the text speaks of accuracy only.',
        how: { mask: 'FT', training: { accuracyRule: 'argmax' } },
      },
    ],
  },
  {
    id: 'split',
    question: 'How are the rows split?',
    datasets: ['titanic', 'vowel'],
    readings: [
      {
        name: 'as coded',
        says: 'Code: Titanic 891 and 418 (Kaggle’s two files), vowels 741 and 130.',
        how: asPublished,
      },
      {
        name: '80:20',
        says: 'Results and Discussion: 80:20 for all.',
        how: { mask: 'FT', data: 'pooled' },
      },
    ],
  },
  {
    id: 'scaling',
    question: 'How are features scaled?',
    datasets: ['cancer', 'banknote', 'iris', 'iris3f'],
    readings: [
      { name: 'as coded', says: 'Code: row by row, or each part by itself.', how: asPublished },
      {
        name: 'by feature',
        says: 'The text says nothing; each feature by the training part.',
        how: { mask: 'FT', data: 'by-feature' },
      },
    ],
  },
  {
    id: 'magnitude',
    question: 'How much does magnitude pruning remove?',
    datasets: five,
    readings: [
      { name: '10 %', says: 'The numbers of Table 3.', how: { mask: 'magnitude', share: 0.1 } },
      {
        name: '25 %',
        says: 'Results and Discussion, and the panels of the appendix.',
        how: { mask: 'magnitude', share: 0.25 },
      },
    ],
  },
  {
    id: 'seed',
    question: 'Which random mask?',
    datasets: five,
    readings: [
      {
        name: 'seed 1',
        says: 'Ours: Table 3 does not say how its mask was drawn.',
        how: { mask: 'random', seed: 1 },
      },
      { name: 'seed 2', says: 'Another draw.', how: { mask: 'random', seed: 2 } },
      { name: 'seed 3', says: 'Another draw.', how: { mask: 'random', seed: 3 } },
    ],
  },
];

/** How a reading wants its rows. */
export type ReadingData = NonNullable<Extract<ReadingHow, { data?: unknown }>['data']> | 'published';

function windowed(
  search: SearchSettings,
  change: { readonly window?: number; readonly overlap?: number },
): SearchSettings {
  const open = unlimited(search);
  return { ...open, exponents: { ...open.exponents, ...change } };
}

/** Without the number of windows that Banknote's masks came out of: all that fit. */
function unlimited(search: SearchSettings): SearchSettings {
  const { windows: _, ...exponents } = search.exponents;
  return { ...search, exponents };
}
