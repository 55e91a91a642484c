import { removedWeights } from '../network/applyMask';
import type { Mask } from '../network/mask';
import type { TrainingRun } from '../network/train';

/** What is kept of one training. */
export interface RunOutcome {
  /** Weights removed, in ascending order; their number alone where there are more than 1000. */
  readonly removed: readonly number[] | number;
  /** Weights left. */
  readonly weights: number;
  /** Epochs trained until the benchmark was reached; null where it was not. The paper prints one less. */
  readonly epochs: number | null;
  /** Of the test part, by the procedure's rule, after the last epoch. */
  readonly accuracy: number;
  /** Macro F1 on the test part. */
  readonly f1: number;
}

export function outcomeOf({ final, stopped, epochCount, testAccuracy, testF1 }: TrainingRun): RunOutcome {
  return {
    removed: final.mask === null ? [] : listOrCount(final.mask),
    weights: final.weights.reduce((sum, matrix) => sum + matrix.length, 0),
    epochs: stopped ? epochCount : null,
    accuracy: testAccuracy,
    f1: testF1,
  };
}

/** Longer lists of removed weights are not kept. */
const LISTED = 1000;

/** The removed weights of a mask; of many their number alone. */
export function listOrCount(mask: Mask): readonly number[] | number {
  return mask.removed > LISTED ? mask.removed : [...removedWeights(mask)];
}
