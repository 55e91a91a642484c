import type { OptionNames } from '../core/options';
import { requireNumber, requireOneOf } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import { bytesPerNumber, IterateStore, type Storage } from './iterateStore';
import { flattenParameters, withParameters } from './parameters';
import type { Perturbation } from './perturb';
import type { Recording } from './recording';
import type { TrainingRun } from './train';
import type { Trainable } from './trainable';

/** Recordings in memory may take this many bytes unless told otherwise: 2 GB. */
const DEFAULT_MEMORY_LIMIT = 2e9;

/** How much memory a recording may take. */
export interface MemoryOptions {
  /** Bytes the recording may take; checked before training for the largest number of epochs. Default 2e9. */
  readonly memoryLimit?: number;
  /**
   * How numbers are kept in the recording. Default: `float64`; captured models compute in float32 and are kept so, which loses
   * nothing but the last bits of a difference.
   */
  readonly storage?: Storage;
}

export const memoryOptionNames: OptionNames<MemoryOptions> = { memoryLimit: true, storage: true };

/** Iterates held in memory while a run goes on. */
export interface MemoryStores {
  /** iterates x parameters: all weights, then all biases. */
  readonly parameters: IterateStore;
  /** iterates x weights: perturbed run minus base run; null when one run is recorded. */
  readonly difference: IterateStore | null;
}

/**
 * Empty stores for a run of at most `iterates` iterates.
 *
 * @throws RangeError when the whole run would take more bytes than the limit
 */
export function memoryStores(
  network: Trainable,
  iterates: number,
  options: MemoryOptions,
  withDifference: boolean,
): MemoryStores {
  const { memoryLimit = DEFAULT_MEMORY_LIMIT, storage = network.kind === 'model' ? 'float32' : 'float64' } =
    options;
  requireNumber(memoryLimit, memoryLimit > 0, 'above 0', 'memoryLimit', 'record');
  requireOneOf(storage, ['float64', 'float32'], 'storage', 'record');
  const parameters = flattenParameters(network).length;
  const weights = weightCount(network.layers);
  const width = parameters + (withDifference ? weights : 0);
  const bytes = bytesPerNumber[storage] * width * iterates;
  if (bytes > memoryLimit) {
    throw new RangeError(
      `Cannot record ${iterates} iterates of ${width} numbers in memory: that takes ${bytes} bytes, the limit is ` +
        `${memoryLimit}; train fewer epochs${storage === 'float64' ? ", take storage 'float32', which needs half," : ''} or raise ` +
        'memoryLimit; exponentsWhileTraining holds one window at a time',
    );
  }
  return {
    parameters: new IterateStore(parameters, storage),
    difference: withDifference ? new IterateStore(weights, storage) : null,
  };
}

/** A recording read from filled stores. */
export function memoryRecording<T extends Trainable>(
  run: TrainingRun<T>,
  { parameters, difference }: MemoryStores,
  perturbation?: Perturbation,
): Recording<T> {
  const { initial, final, epochs, stopped, diverged, settings } = run;
  const weights = weightCount(initial.layers);
  const iterates = parameters.length;
  return result<Recording<T>>({
    kind: 'recording',
    content: difference === null ? 'weights' : 'difference',
    initial,
    final,
    weights,
    iterates,
    iterationsPerEpoch: run.iterationsPerEpoch,
    epochs,
    stopped,
    diverged,
    settings,
    ...(perturbation && { perturbation }),
    async readWindow(start, length) {
      const fits = Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 1;
      if (!fits || start + length > iterates) {
        throw new RangeError(
          `Cannot read ${length} iterates from ${start} on: the recording has ${iterates}`,
        );
      }
      return { start, length, series: (difference ?? parameters).transposed(start, length, weights) };
    },
    async networkAt(iterate) {
      if (!Number.isInteger(iterate) || iterate < 0 || iterate >= iterates) {
        throw new RangeError(`Cannot read iterate ${iterate}: the recording has 0 to ${iterates - 1}`);
      }
      return withParameters(initial, parameters.row(iterate));
    },
  });
}
