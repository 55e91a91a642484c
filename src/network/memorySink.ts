import { weightCount } from '../core/weightLayers';
import type { IterateSink, SinkPlan } from './iterateSink';
import { IterateStore } from './iterateStore';
import { flattenParameters } from './parameters';
import type { RecordingRoom } from './recordingOptions';

/**
 * Keeps all iterates in memory.
 *
 * @throws RangeError when the whole run would take more bytes than the limit
 */
export function memorySink(
  { network, settings, iterationsPerEpoch, difference: pair }: SinkPlan,
  { memoryLimit, storage, bytes: each }: RecordingRoom,
): IterateSink {
  const count = flattenParameters(network).length;
  const weights = weightCount(network.layers);
  const width = count + (pair === null ? 0 : weights);
  const iterates = settings.epochs * iterationsPerEpoch + 1;
  const bytes = each * width * iterates;
  if (bytes > memoryLimit) {
    throw new RangeError(
      `Cannot record ${iterates} iterates of ${width} numbers in memory: that takes ${bytes} bytes, the limit is ` +
        `${memoryLimit}; train fewer epochs${storage === 'float64' ? ", take storage 'float32', which needs half," : ''} or ` +
        'raise memoryLimit; with a folder as store it goes to disk, exponentsWhileTraining holds one window at a time',
    );
  }
  const parameters = new IterateStore(count, storage, iterates);
  const difference = pair === null ? null : new IterateStore(weights, storage, iterates);
  return {
    append(numbers, iterate) {
      parameters.append(numbers);
      if (iterate !== undefined) difference?.append(iterate.difference);
    },
    onEpoch() {},
    async finish() {
      return {
        iterates: parameters.length,
        async series(start, length, out) {
          (difference ?? parameters).transposed(start, length, weights, out);
        },
        parameters: async iterate => parameters.row(iterate),
      };
    },
    async abandon() {},
  };
}
