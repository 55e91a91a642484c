import type { OptionNames } from '../core/options';
import { requireNumber, requireOneOf, requireWhole } from '../core/require';
import type { Procedure } from './dataset';

/** How rows are split and, with the procedure, scaled. */
export interface SplitOptions {
  /** `published`, `described` or `sound`; by default `published` for the study's data sets, `sound` for data of your own. */
  readonly procedure?: Procedure;
  /** Seed of the split, a whole number from 0 to 2^32 - 1; 42 by default, as in the study. */
  readonly seed?: number;
  /** Share of rows for testing, 0.2 by default; the published split of the study's data sets is fixed. */
  readonly testShare?: number;
  /** Share of rows for validation, 0.16 by default; `sound` only. */
  readonly validationShare?: number;
}

export const splitOptionNames: OptionNames<SplitOptions> = {
  procedure: true,
  seed: true,
  testShare: true,
  validationShare: true,
};

/** Settings of split and scaling, all filled in. */
export interface Preparation {
  readonly procedure: Procedure;
  readonly seed: number;
  readonly testShare: number;
  readonly validationShare: number;
  /** False for inputs that stay as they came. */
  readonly scaled: boolean;
  /** Under `published`: Titanic's and the vowels' rows in one shuffle, 80:20 like the others. Default false. */
  readonly pooled?: boolean;
}

const PROCEDURES: readonly Procedure[] = ['published', 'described', 'sound'];

/**
 * Settings of split and scaling, defaults filled in.
 *
 * @throws TypeError, RangeError for an option of another kind or outside its range
 */
export function readPreparation(
  options: SplitOptions,
  defaultProcedure: Procedure,
  task: string,
  scaled = true,
): Preparation {
  const { procedure = defaultProcedure, seed = 42, testShare = 0.2, validationShare = 0.16 } = options;
  requireOneOf(procedure, PROCEDURES, 'procedure', task);
  requireWhole(seed, 0, 'seed', task, 2 ** 32 - 1);
  for (const [name, share] of Object.entries({ testShare, validationShare })) {
    requireNumber(share, share > 0 && share < 1, 'between 0 and 1', name, task);
  }
  if (procedure !== 'sound') {
    if (options.validationShare !== undefined) {
      throw new RangeError(
        `Procedure '${procedure}' has no validation part; validationShare goes with 'sound'`,
      );
    }
    return { procedure, seed, testShare, validationShare: 0, scaled };
  }
  if (testShare + validationShare >= 1) {
    throw new RangeError(
      'testShare and validationShare must leave rows for training: their sum must be below 1',
    );
  }
  return { procedure, seed, testShare, validationShare, scaled };
}
