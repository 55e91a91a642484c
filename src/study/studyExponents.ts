import type { WindowedExponents } from '../chaos/windowedExponents';
import { windowedLyapunov } from '../chaos/windowedLyapunov';
import type { LongRunOptions } from '../core/longRun';
import type { Recording } from '../network/recording';
import type { MaskChoice } from './maskChoice';

/**
 * The exponents of every weight in every window as a choice has them, by `windowedLyapunov` with preset `published`.
 *
 * @throws RangeError when no window fits
 */
export function studyExponents(
  recording: Recording,
  choice: MaskChoice,
  longRun: LongRunOptions = {},
): Promise<WindowedExponents> {
  const { epochs, window, overlap, first, windows } = choice;
  const { steps, ties, distances, decimals, digits, zeroRule } = choice;
  return windowedLyapunov(recording, {
    ...longRun,
    estimator: 'rosenstein',
    preset: 'published',
    chain: { steps, ties, distances, decimals, digits, zeroRule },
    window,
    overlap,
    first,
    last: Math.min(recording.iterates - 1, epochs * recording.iterationsPerEpoch),
    ...(windows === null ? {} : { windows }),
    workers: 0,
  });
}
