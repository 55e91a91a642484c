import { checkOptions, type OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type MemoryOptions, memoryRecording, memoryStores } from './memoryRecording';
import type { Network } from './network';
import type { Recording } from './recording';
import { createEngine, iterationsPerEpoch, trainWith } from './train';
import { type TrainOptions, trainingSettings, trainOptionNames } from './trainingSettings';

/** How `recordTraining` trains, and how much memory the recording may take. */
export interface RecordOptions extends TrainOptions, MemoryOptions {}

export const recordOptionNames: OptionNames<RecordOptions> = { ...trainOptionNames, memoryLimit: true };

/**
 * Trains a network as `train` does and keeps every weight and bias at every iterate in memory, in float64. Iterate 0 is
 * the initial network, iterate t the network after t updates.
 *
 * @throws TypeError, RangeError as `train`; RangeError also when the run would take more than `memoryLimit` bytes
 */
export async function recordTraining(
  network: Network,
  dataset: Dataset,
  options: RecordOptions,
): Promise<Recording> {
  checkOptions(options, recordOptionNames, 'record training');
  const settings = trainingSettings(network, dataset, options);
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(network, iterates, options, false);
  const { recorders = [] } = options;
  const keep = (_: number, parameters: Float64Array): void => stores.parameters.append(parameters);
  const engine = await createEngine(network, dataset, settings);
  const run = await trainWith(engine, network, dataset, settings, {
    ...options,
    recorders: [...recorders, keep],
  });
  return memoryRecording(run, stores);
}
