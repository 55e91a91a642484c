import type { OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';

/**
 * How the lag order that decides comes about:
 * - `fixed`: there is one
 * - `smallest-p`: of several the one of the smallest p-value, the study's rule; what is smallest of many is no p-value
 * - `aic`, `bic`: the one of the smallest Akaike or Bayesian criterion of the full model, compared on the rows that the
 *   largest lag leaves, then tested on its own rows
 */
export type LagRule = 'fixed' | 'smallest-p' | 'aic' | 'bic';

/** Which lags are tried, and how one of them is chosen. */
export interface LagOptions {
  /** Lag order, or several to try. Each is a model of its own with all lags up to it. Default 1. */
  readonly lag?: number | readonly number[];
  /** Short for lag 1, 2, …, maxLag. */
  readonly maxLag?: number;
  /** Which of several lags decides. Default `fixed` if there is one, else `smallest-p`. */
  readonly lagRule?: LagRule;
}

export const lagOptionNames: OptionNames<LagOptions> = { lag: true, maxLag: true, lagRule: true };

/** Options with their defaults filled in. */
export interface LagSettings {
  readonly lags: readonly number[];
  readonly lagRule: LagRule;
}

/**
 * @throws TypeError when both lag and maxLag are given, or a rule to choose by and one lag only; RangeError unless all lags
 *   are whole numbers from 1 up, or for several under `fixed`
 */
export function readLags(options: LagOptions, task: string): LagSettings {
  const lags = listLags(options, task);
  const { lagRule = lags.length === 1 ? 'fixed' : 'smallest-p' } = options;
  requireOneOf(lagRule, ['fixed', 'smallest-p', 'aic', 'bic'], 'lagRule', task);
  if (lagRule === 'fixed' && lags.length > 1) {
    throw new RangeError(`Cannot ${task}: lagRule 'fixed' requires one lag, ${lags.length} came`);
  }
  const isOne = options.maxLag === undefined && typeof options.lag !== 'object';
  if (isOne && lagRule !== 'fixed') {
    throw new TypeError(
      `Cannot ${task}: lagRule '${lagRule}' requires maxLag or a list of lags, one lag came`,
    );
  }
  return { lags, lagRule };
}

function listLags({ lag, maxLag }: LagOptions, task: string): readonly number[] {
  if (lag !== undefined && maxLag !== undefined) {
    throw new TypeError(`Cannot ${task}: lag or maxLag is required, both came`);
  }
  if (maxLag !== undefined) {
    requireWhole(maxLag, 1, 'maxLag', task);
    return Array.from({ length: maxLag }, (_, i) => i + 1);
  }
  const lags = typeof lag === 'object' ? [...lag] : [lag ?? 1];
  for (const order of lags) requireWhole(order, 1, 'lag', task);
  if (lags.length === 0) throw new RangeError(`Cannot ${task}: at least one lag is required, none came`);
  return lags;
}

/**
 * Samples to leave out at the start so that each lag's regression has the rows of the largest lag that T samples carry
 * (T > 3 lag + 1); 0 for lags that they do not carry.
 */
export function samplesLeftOut(samples: number, lags: readonly number[]): readonly number[] {
  const largest = Math.max(0, ...lags.filter(lag => isCarried(samples, lag)));
  return lags.map(lag => Math.max(0, largest - lag));
}

/** More rows than columns: T - lag > 2 lag + 1. */
export function isCarried(samples: number, lag: number): boolean {
  return lag <= largestLag(samples);
}

/** The largest lag that is carried; below 1 where none is. */
export function largestLag(samples: number): number {
  return Math.floor((samples - 2) / 3);
}
