import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { IterateSource } from './iterateSink';
import { withParameters } from './parameters';
import type { Perturbation } from './perturb';
import type { Recording } from './recording';
import type { TrainingRun } from './train';
import type { Trainable } from './trainable';

/** What a recording says of its run. */
export type RecordedRun<T extends Trainable> = Pick<
  TrainingRun<T>,
  'initial' | 'final' | 'iterationsPerEpoch' | 'epochs' | 'stopped' | 'diverged' | 'settings'
>;

/** A recording of a run whose iterates are to be had somewhere. */
export function recordingFrom<T extends Trainable>(
  run: RecordedRun<T>,
  { iterates, series, parameters, store }: IterateSource,
  perturbation?: Perturbation,
): Recording<T> {
  const weights = weightCount(run.initial.layers);
  const { initial, final, iterationsPerEpoch, epochs, stopped, diverged, settings } = run;
  return result<Recording<T>>({
    kind: 'recording',
    content: perturbation === undefined ? 'weights' : 'difference',
    initial,
    final,
    weights,
    iterates,
    iterationsPerEpoch,
    epochs,
    stopped,
    diverged,
    settings,
    ...(perturbation && { perturbation }),
    ...(store && { store }),
    async readWindow(start, length, into) {
      const fits = Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 1;
      if (!fits || start + length > iterates) {
        throw new RangeError(
          `Cannot read ${length} iterates from ${start} on: the recording has ${iterates}`,
        );
      }
      const size = length * weights;
      const out = into?.length === size ? into : new Float64Array(size); // weights x length
      await series(start, length, out);
      return { start, length, series: out };
    },
    async networkAt(iterate) {
      if (!Number.isInteger(iterate) || iterate < 0 || iterate >= iterates) {
        throw new RangeError(`Cannot read iterate ${iterate}: the recording has 0 to ${iterates - 1}`);
      }
      return withParameters(initial, await parameters(iterate));
    },
  });
}
