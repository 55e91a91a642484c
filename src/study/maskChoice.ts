import type { GrangerTestName } from '../causality/grangerScan';
import { type PublishedChain, publishedChainNames, publishedChains } from '../chaos/publishedEstimator';
import type { OptionNames } from '../core/options';
import type { LegcnetVariant } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import type { SearchSettings } from './causalSearch';
import type { SmallDataset } from './smallDatasets';

/** Everything between a recorded training run and the weights it removes that the study could have done one way or another. */
export interface MaskChoice extends PublishedChain {
  /** Epochs whose iterates are used, from the start. */
  readonly epochs: number;
  /** Iterates per window. */
  readonly window: number;
  /** Share of a window that the next one repeats. */
  readonly overlap: number;
  /** First iterate of the first window. */
  readonly first: number;
  /** At most so many windows; null for all that fit. */
  readonly windows: number | null;
  /** Rows whose misclassification is the target. */
  readonly part: 'test' | 'train';
  /** The target is measured so many iterates after a window's last. */
  readonly targetShift: number;
  /** First differences of exponents and target. */
  readonly differenced: boolean;
  /** `exponents`: do they help to predict the target? `target`: the other way round. */
  readonly cause: 'exponents' | 'target';
  /** The Granger test whose p-values count. */
  readonly test: GrangerTestName;
  /** The smallest p-value of lags 1 to `maxLag` counts. */
  readonly maxLag: number;
  /** Weights with p >= alpha go. */
  readonly alpha: number;
}

export const maskChoiceNames: OptionNames<MaskChoice> = {
  ...publishedChainNames,
  epochs: true,
  window: true,
  overlap: true,
  first: true,
  windows: true,
  part: true,
  targetShift: true,
  differenced: true,
  cause: true,
  test: true,
  maxLag: true,
  alpha: true,
};

const common = {
  overlap: 0.1,
  first: 0,
  windows: null,
  part: 'test',
  targetShift: 0,
  differenced: false,
  cause: 'exponents',
  test: 'chi2',
  alpha: 0.05,
} as const;
const full = { ...common, ...publishedChains.FT, maxLag: 20 } as const;
const partial = { ...common, ...publishedChains.PT } as const;

/**
 * The choices that give every published mask of the five small networks, all 402 weights and no other, and put them in the
 * order of the notebook's lists, which is that of the p-values. How each was found: `legcnet masks`.
 *
 * (a) FT: `-s20` and lags up to 20, as the older program of the repository has them, and no rule for still windows. The program
 *     published last has `-s3` and the rule, its notebook lags up to 14; those belong to PT.
 * (b) Banknote's FT masks come from 50 epochs, not 100, and from 242 of the 243 windows that fit.
 * (c) PT: windows of 150 (Cancer, Titanic) and 50, lags up to 7, 7, 5, 14, 14.
 * (d) Titanic's PT masks come from 7 epochs; the paper's table says 3.
 * (e) Vowel's and MNIST's are not shown by any mask: they are what the others suggest, with as many lags as PT's windows
 *     carry, and MNIST's windows of 50.
 *
 * @example
 * import { publishedChoices } from 'legcnet';
 * publishedChoices.iris.FT.window; // 160
 */
export const publishedChoices: Readonly<Record<StudyName, Readonly<Record<LegcnetVariant, MaskChoice>>>> = {
  cancer: {
    FT: { ...full, epochs: 50, window: 200 },
    PT: { ...partial, epochs: 12, window: 150, maxLag: 7 },
  },
  titanic: {
    FT: { ...full, epochs: 50, window: 250 },
    PT: { ...partial, epochs: 7, window: 150, maxLag: 7 },
  },
  banknote: {
    FT: { ...full, epochs: 50, window: 250, windows: 242 },
    PT: { ...partial, epochs: 2, window: 50, maxLag: 5 },
  },
  iris: {
    FT: { ...full, epochs: 200, window: 160 },
    PT: { ...partial, epochs: 20, window: 50, maxLag: 14 },
  },
  iris3f: {
    FT: { ...full, epochs: 200, window: 160 },
    PT: { ...partial, epochs: 20, window: 50, maxLag: 14 },
  },
  vowel: {
    FT: { ...full, epochs: 50, window: 200 },
    PT: { ...partial, epochs: 5, window: 50, maxLag: 14 },
  },
  mnist: {
    FT: { ...full, epochs: 50, window: 50 },
    PT: { ...partial, epochs: 5, window: 50, maxLag: 7 },
  },
};

/** The choices that the repository's last state and the paper suggest: where the search started. */
export function statedChoice(name: SmallDataset, variant: LegcnetVariant): MaskChoice {
  const { recordedEpochs, partialEpochs, window } = studySettings[name];
  const chain = { ...publishedChains.PT, digits: null, distances: 'double', ties: 'first' } as const;
  if (variant === 'FT') return { ...common, ...chain, epochs: recordedEpochs, window, maxLag: 14 };
  // statsmodels refuses lags beyond (windows - 2) / 3.
  const windows = { cancer: 36, titanic: 11, banknote: 9, iris: 16, iris3f: 16 }[name];
  const maxLag = Math.min(14, Math.floor((windows - 2) / 3));
  return { ...common, ...chain, epochs: partialEpochs, window, maxLag };
}

/**
 * A choice as settings of a search.
 *
 * @example
 * import { publishedChoices, searchOf } from 'legcnet';
 * searchOf(publishedChoices.iris.FT).rule.remove; // 'non-causal'
 */
export function searchOf(choice: MaskChoice): SearchSettings {
  const { epochs, window, overlap, first, windows, part, targetShift, differenced, cause } = choice;
  const { steps, ties, distances, decimals, digits, zeroRule, test, maxLag, alpha } = choice;
  return {
    length: { epochs },
    perturbation: null,
    exponents: {
      estimator: 'rosenstein',
      preset: 'published',
      chain: { steps, ties, distances, decimals, digits, zeroRule },
      window,
      overlap,
      first,
      ...(windows === null ? {} : { windows }),
    },
    target: { part, shift: targetShift },
    stationary: { rule: differenced ? 'difference' : 'none' },
    cause,
    scan: { preset: 'published', test, maxLag },
    rule: { remove: 'non-causal', alpha },
  };
}
