import type { LayersModel } from '@tensorflow/tfjs-node';
import type { OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { recordInto } from './iterateSink';
import type { Model } from './model';
import type { ModelTrainOptions } from './modelSettings';
import type { Network } from './network';
import { openSink } from './openSink';
import type { Recording } from './recording';
import { recordingFrom } from './recordingFrom';
import { type MemoryOptions, memoryOptionNames } from './recordingOptions';
import { iterationsPerEpoch, trainingPlan, trainWith } from './train';
import type { Trainable } from './trainable';
import { type TrainOptions, trainOptionNames } from './trainingSettings';

/** How `recordTraining` trains, and where the recording goes. */
export interface RecordOptions extends TrainOptions, MemoryOptions {}

/** For a compiled TensorFlow.js model, which brings its own loss and optimiser. */
export interface ModelRecordOptions extends ModelTrainOptions, MemoryOptions {}

export const recordOptionNames: OptionNames<RecordOptions> = { ...trainOptionNames, ...memoryOptionNames };

/**
 * Trains a network or a compiled TensorFlow.js model as `train` does and keeps every weight and bias at every iterate, in float64
 * (a model and the `fused32` engine: float32). Iterate 0 is the initial network, iterate t the network after t updates.
 *
 * They are kept in memory or, with `store`, on disk: `openRecording` reads them again, from a run that was killed too, as far as
 * it had come. All that takes a recording works on either and gets the same bits.
 *
 * Of a model the series are its trained kernels, in the order of `Model.layers`. `recording.initial` is the model as captured;
 * the model that was passed keeps its numbers.
 *
 * @throws TypeError, RangeError as `train`; RangeError also when the run would take more than `memoryLimit` bytes; Error when the
 *   store is not empty or cannot be written, with what is readable of it
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
  const sink = await openSink(
    {
      network: plan.network,
      settings,
      iterationsPerEpoch: iterationsPerEpoch(dataset, settings),
      difference: null,
      run: options,
    },
    options,
  );
  const { run, source } = await recordInto(sink, async () => {
    const engine = await plan.createEngine();
    return trainWith(engine, plan.network, dataset, settings, {
      ...options,
      keep: () => sink.append(engine.float32?.() ?? engine.parameters()),
      onEpoch: metrics => sink.onEpoch(metrics),
    });
  });
  return recordingFrom(run, source);
}
