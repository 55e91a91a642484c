import type { OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { type LyapunovOptions, readsStudyChain } from './lyapunov';
import { windowStarts } from './windowStarts';

/** How a recording is cut into windows. */
export interface WindowOptions {
  /** Iterates per window. Default 200. */
  readonly window?: number;
  /** Share of a window that the next one repeats. Default 0; preset `published` 0.1. */
  readonly overlap?: number;
  /**
   * First iterate of the first window. Default 0 for weights and preset `published`; 1 for a difference, because at
   * iterate 0 every weight but the perturbed one has difference 0.
   */
  readonly first?: number;
  /** Last iterate that a window may hold. Default: the last recorded. */
  readonly last?: number;
  /** At most so many windows, the first ones. Default: all that fit. */
  readonly windows?: number;
}

export const windowOptionNames: OptionNames<WindowOptions> = {
  window: true,
  overlap: true,
  first: true,
  last: true,
  windows: true,
};

/** Windows of a run. */
export interface PlacedWindows {
  readonly window: number;
  readonly overlap: number;
  readonly first: number;
  /** First iterate of each window. */
  readonly starts: Int32Array;
}

/** Length, overlap and start of windows, defaults filled in. */
export function windowDefaults(
  options: LyapunovOptions & WindowOptions,
  isDifference: boolean,
): Omit<PlacedWindows, 'starts'> {
  const isPublished = readsStudyChain(options);
  const {
    window = 200,
    overlap = isPublished ? 0.1 : 0,
    first = isDifference && !isPublished ? 1 : 0,
  } = options;
  return { window, overlap, first };
}

/**
 * The windows that options ask for in a run of so many iterates.
 *
 * @throws RangeError when no window fits or an option is out of range
 */
export function placeWindows(
  iterates: number,
  options: LyapunovOptions & WindowOptions,
  isDifference: boolean,
  task: string,
): PlacedWindows {
  const placed = windowDefaults(options, isDifference);
  const { window, first } = placed;
  const { last = iterates - 1, windows } = options;
  requireWhole(last, 0, 'last', task, iterates - 1);
  if (windows !== undefined) requireWhole(windows, 1, 'windows', task);
  const starts = windowStarts(last + 1, placed).slice(0, windows);
  if (starts.length === 0) {
    throw new RangeError(
      `Cannot ${task}: a window of ${window} iterates from iterate ${first} needs ${first + window} iterates, there are ` +
        `${last + 1}`,
    );
  }
  return { ...placed, starts };
}
