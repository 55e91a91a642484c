import { requireWhole } from '../core/require';

/** Length, overlap and first iterate of the windows of `windowStarts`. */
export interface WindowStartsOptions {
  /** Iterates per window. */
  readonly window: number;
  /** Share of a window that the next one repeats, 0 up to but not 1. Default 0: disjoint windows. */
  readonly overlap?: number;
  /** First iterate of the first window. Default 0. */
  readonly first?: number;
}

/**
 * First iterate of every window that lies wholly inside iterates 0..iterates-1: first, first + step, first + 2 step, …
 * with step = floor(window (1 - overlap)), at least 1. Empty when not even one window fits.
 *
 * With 10 % overlap the step is int(0.9 w), as in the study; the lengths w behind its masks are in `publishedChoices`.
 *
 * @param iterates number of recorded iterates, updates + 1
 * @throws RangeError for an option out of range
 * @example
 * import { windowStarts } from 'legcnet';
 * windowStarts(1001, { window: 200 }); // [0, 200, 400, 600, 800]
 */
export function windowStarts(iterates: number, options: WindowStartsOptions): Int32Array {
  const { window, overlap = 0, first = 0 } = options;
  const task = 'place windows';
  requireWhole(iterates, 0, 'iterates', task);
  requireWhole(window, 1, 'window', task);
  requireWhole(first, 0, 'first', task);
  if (!(overlap >= 0 && overlap < 1)) {
    throw new RangeError(`Cannot ${task}: overlap must be from 0 up to but not 1, ${overlap} came`);
  }
  // 100 (1 - 0.9) is 9.999…: the small excess lets it count as 10.
  const step = Math.max(1, Math.floor(window * (1 - overlap) + 1e-9));
  const count = Math.max(0, Math.floor((iterates - first - window) / step) + 1);
  return Int32Array.from({ length: count }, (_, i) => first + i * step);
}
