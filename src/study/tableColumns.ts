import { type StudyName, studySettings } from '../data/studySettings';
import type { RunOutcome } from './runOutcome';
import type { RunValue } from './studyCell';
import type { StudyArm } from './studyRecord';

/** What a cell takes from a run. */
type Quantity = 'flops' | 'removed' | 'epochs' | 'accuracy' | 'f1' | 'prunedPercent';

/** One column of a table of the paper: a quantity of an arm, or a setting of the study. */
export type TableColumn = { readonly arm: StudyArm; readonly quantity: Quantity } | 'setting';

/** The paper's tables, column by column, in its order. */
export const tableColumns: Readonly<Record<1 | 2 | 3, Readonly<Record<string, TableColumn>>>> = {
  1: {
    flopsDense: { arm: 'dense', quantity: 'flops' },
    flopsFT: { arm: 'FT', quantity: 'flops' },
    nonCausal: { arm: 'FT', quantity: 'removed' },
    epochsDense: { arm: 'dense', quantity: 'epochs' },
    epochsFT: { arm: 'FT', quantity: 'epochs' },
    accDense: { arm: 'dense', quantity: 'accuracy' },
    accFT: { arm: 'FT', quantity: 'accuracy' },
    f1Dense: { arm: 'dense', quantity: 'f1' },
    f1FT: { arm: 'FT', quantity: 'f1' },
    prunedPercentFT: { arm: 'FT', quantity: 'prunedPercent' },
  },
  2: {
    epochsUsed: 'setting',
    flopsFT: { arm: 'FT', quantity: 'flops' },
    flopsPT: { arm: 'PT', quantity: 'flops' },
    epochsFT: { arm: 'FT', quantity: 'epochs' },
    epochsPT: { arm: 'PT', quantity: 'epochs' },
    accFT: { arm: 'FT', quantity: 'accuracy' },
    accPT: { arm: 'PT', quantity: 'accuracy' },
    f1FT: { arm: 'FT', quantity: 'f1' },
    f1PT: { arm: 'PT', quantity: 'f1' },
    prunedPercentPT: { arm: 'PT', quantity: 'prunedPercent' },
  },
  3: {
    epochsRandom: { arm: 'random', quantity: 'epochs' },
    accRandom: { arm: 'random', quantity: 'accuracy' },
    accMagnitude: { arm: 'magnitude', quantity: 'accuracy' },
    f1Random: { arm: 'random', quantity: 'f1' },
    f1Magnitude: { arm: 'magnitude', quantity: 'f1' },
  },
};

/** Decimals that the paper prints. */
export const printedDecimals: Readonly<Record<Quantity | 'setting', number>> = {
  flops: 0,
  removed: 0,
  epochs: 0,
  accuracy: 4,
  f1: 4,
  prunedPercent: 2,
  setting: 0,
};

/** A run's value; epochs as the paper prints them, the 0-based index of the last. */
export function runValue(outcome: RunOutcome, quantity: Quantity, name: StudyName): RunValue {
  const { weights, epochs, accuracy, f1 } = outcome;
  const removed = typeof outcome.removed === 'number' ? outcome.removed : outcome.removed.length;
  switch (quantity) {
    case 'flops':
      return weights - removed;
    case 'removed':
      return removed;
    case 'epochs':
      return epochs === null
        ? { missing: `The run did not reach the benchmark of ${studySettings[name].benchmark}.` }
        : epochs - 1;
    case 'accuracy':
      return accuracy;
    case 'f1':
      return f1;
    case 'prunedPercent':
      return (100 * removed) / weights;
  }
}
