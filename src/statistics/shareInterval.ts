import { checkOptions } from '../core/options';
import { requireNumber, requireWhole } from '../core/require';
import { result } from '../core/result';
import { normalQuantile } from './quantiles';

/** Level of `shareInterval`. */
export interface ShareIntervalOptions {
  /** Probability that the interval is meant to hold the true share with. Default 0.95. */
  readonly level?: number;
}

/** A share of cases with its interval. */
export interface ShareInterval {
  readonly kind: 'share-interval';
  /** Cases that count. */
  readonly count: number;
  /** All cases. */
  readonly of: number;
  /** count / of; NaN of none. */
  readonly share: number;
  /** Ends of the interval, 0 to 1; of no cases all of it. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
  /** Share of intervals that should hold the true share. */
  readonly level: number;
}

/**
 * A share with Wilson's interval, which holds what it says for few cases and shares near 0 or 1 too: 0 of 10 still leaves up to
 * 28 %. The ends are the shares q with |count / of - q| = z sqrt(q (1 - q) / of).
 *
 * Wilson 1927, J. American Statistical Association 22, 209.
 *
 * @param count cases that count, 0 to `of`
 * @param of all cases
 * @throws TypeError when a number is not one, RangeError when they are not whole or the level is out of range
 * @example
 * import { shareInterval } from 'legcnet';
 * const { share, low, high } = shareInterval(7, 25);
 * [share, low, high]; // [0.28, 0.143, 0.476]
 */
export function shareInterval(count: number, of: number, options: ShareIntervalOptions = {}): ShareInterval {
  const task = 'make the interval of a share';
  checkOptions(options, { level: true }, task);
  const { level = 0.95 } = options;
  requireWhole(of, 0, 'of', task);
  requireWhole(count, 0, 'count', task, of);
  requireNumber(level, level > 0 && level < 1, 'between 0 and 1', 'level', task);
  const z2 = normalQuantile((1 - level) / 2) ** 2;
  const centre = (count + z2 / 2) / (of + z2);
  const half = Math.sqrt(z2 * ((count * (of - count)) / Math.max(of, 1) + z2 / 4)) / (of + z2);
  return result({
    kind: 'share-interval',
    count,
    of,
    share: count / of,
    low: count === 0 ? 0 : centre - half,
    high: count === of ? 1 : centre + half,
    level,
  });
}
