import type { LayersModel } from '@tensorflow/tfjs-node';
import type { OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type MemoryOptions, memoryOptionNames, memoryRecording, memoryStores } from './memoryRecording';
import type { Model } from './model';
import type { ModelTrainOptions } from './modelSettings';
import type { Network } from './network';
import type { Recording } from './recording';
import { iterationsPerEpoch, trainingPlan, trainWith } from './train';
import type { Trainable } from './trainable';
import { type TrainOptions, trainOptionNames } from './trainingSettings';

/** How `recordTraining` trains, and how much memory the recording may take. */
export interface RecordOptions extends TrainOptions, MemoryOptions {}

/** For a compiled TensorFlow.js model, which brings its own loss and optimiser. */
export interface ModelRecordOptions extends ModelTrainOptions, MemoryOptions {}

export const recordOptionNames: OptionNames<RecordOptions> = { ...trainOptionNames, ...memoryOptionNames };

/**
 * Trains a network or a compiled TensorFlow.js model as `train` does and keeps every weight and bias at every iterate in memory,
 * in float64 (a model: float32). Iterate 0 is the initial network, iterate t the network after t updates.
 *
 * Of a model the series are its trained kernels, in the order of `Model.layers`. `recording.initial` is the model as captured;
 * the model that was passed keeps its numbers.
 *
 * @throws TypeError, RangeError as `train`; RangeError also when the run would take more than `memoryLimit` bytes
 * @example
 * import { createNetwork, loadDataset, recordTraining } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTraining(network, iris, { epochs: 20, learningRate: 0.05 });
 * recording.iterates; // 2401, the start and 20 x 120 updates
 * (await recording.readWindow(0, 200)).series.length; // 8400, that is 42 weights x 200 iterates
 */
export async function recordTraining(
  network: Network,
  dataset: Dataset,
  options: RecordOptions,
): Promise<Recording>;
export async function recordTraining(
  model: LayersModel | Model,
  dataset: Dataset,
  options: ModelRecordOptions,
): Promise<Recording<Model>>;
export async function recordTraining(
  network: Network | LayersModel | Model,
  dataset: Dataset,
  options: RecordOptions | ModelRecordOptions,
): Promise<Recording<Trainable>> {
  const plan = trainingPlan(network, dataset, options, 'record training', memoryOptionNames);
  const { settings } = plan;
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(plan.network, iterates, options, false);
  const { recorders = [] } = options;
  const keep = (_: number, parameters: Float64Array): void => stores.parameters.append(parameters);
  const run = await trainWith(await plan.createEngine(), plan.network, dataset, settings, {
    ...options,
    recorders: [...recorders, keep],
  });
  return memoryRecording(run, stores);
}
