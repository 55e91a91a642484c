import { requireWhole } from '../chaos/series';

export interface LagOptions {
  /** Lag order, or several to try. Each is a model of its own with all lags up to it. Default 1. */
  readonly lag?: number | readonly number[];
  /** Short for lag 1, 2, …, maxLag. */
  readonly maxLag?: number;
}

/** @throws TypeError when both options are given, RangeError unless all lags are whole numbers from 1 up */
export function readLags({ lag, maxLag }: LagOptions, task: string): readonly number[] {
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
