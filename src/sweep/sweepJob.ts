import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import type { TrainOptions } from '../network/train';
import type { SearchSettings } from '../study/causalSearch';
import type { PlainValue } from './canonicalText';

/** Where a job of the study starts. */
export interface StartOfJob {
  /** Data set of the study. */
  readonly dataset: StudyName;
  /** Published initial weights, 1-based. Default 1, unless a seed is given. */
  readonly init?: number;
  /** Initial weights drawn from this seed as the study drew its own; instead of `init`. */
  readonly seed?: number;
  /** Default `sound`. */
  readonly procedure?: Procedure;
}

/** LEGCNet from one start: the dense network, the search for weights, and the network trained without them. */
export interface LegcnetJob extends StartOfJob {
  /** One LEGCNet run. */
  readonly work: 'legcnet';
  /** Default `FT`. */
  readonly variant?: LegcnetVariant;
  /** Where the search differs from the procedure's. Each field replaces the procedure's as a whole. */
  readonly search?: Partial<SearchSettings>;
  /** Where the training differs from the procedure's; `epochs` is the most that are trained. */
  readonly training?: Partial<Pick<TrainOptions, 'epochs' | 'learningRate' | 'batch' | 'momentum' | 'loss'>>;
}

/** Every network of Tables 1 to 3 from one start, under masks that are made then and there. */
export interface TablesJob extends StartOfJob {
  /** The networks of Tables 1 to 3. */
  readonly work: 'tables';
}

/** LEGCNet's choice of weights and every rival from one start, as `choiceStudy` compares them. */
export interface ChoiceJob extends StartOfJob {
  /** One comparison with every rival. */
  readonly work: 'choice';
  /** Default `FT`. */
  readonly variant?: LegcnetVariant;
}

/**
 * Work of your own: a function that a JavaScript module exports. It is called with `arguments` and returns, or resolves to, a row
 * or a list of rows (`SweepRow`). It runs on a thread of its own, or on another machine, so that it sees nothing but its
 * arguments, and it must depend on nothing else: no clock, no `Math.random`. Its `.js` or `.cjs` file may `require('legcnet')`
 * wherever it lies; an `.mjs` file finds what is installed above it.
 */
export interface ModuleJob {
  /** A function of your own. */
  readonly work: 'module';
  /** Path of a `.js`, `.cjs` or `.mjs` file, from the folder of modules (see `SweepOptions.modules`). */
  readonly module: string;
  /** Default `run`. */
  readonly export?: string;
  /** Plain values. Default: none, `{}`. */
  readonly arguments?: { readonly [name: string]: PlainValue };
}

/** One piece of work of a sweep: a configuration, nothing else. */
export type SweepJob = LegcnetJob | TablesJob | ChoiceJob | ModuleJob;

/** What a cell of a row may hold. */
export type SweepCell = number | string | boolean | null | readonly number[];

/** A row of results: named cells. */
export interface SweepRow {
  readonly [column: string]: SweepCell;
}
