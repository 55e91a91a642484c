import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { LayersModel } from '@tensorflow/tfjs-node';
import { checkOptions } from '../core/options';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import { captureModel, isLayersModel } from './captureModel';
import type { Engine } from './engine';
import { fused32Engine } from './fused32Engine';
import { fusedEngine } from './fusedEngine';
import type { Model } from './model';
import { modelEngine } from './modelEngine';
import { type ModelTrainOptions, modelSettings, modelTrainOptionNames } from './modelSettings';
import type { Network } from './network';
import { withParameters } from './parameters';
import type { EpochMetrics } from './recording';
import { tfjsEngine } from './tfjsEngine';
import type { SettingsOf, Trainable } from './trainable';
import { type LoopOptions, trainingLoop } from './trainingLoop';
import {
  type TrainingSettings,
  type TrainOptions,
  trainingSettings,
  trainOptionNames,
} from './trainingSettings';

export type { TrainOptions } from './trainingSettings';

/** One training of one network. Accuracies are fractions, measured after the last update. */
export interface TrainingRun<T extends Trainable = Network> {
  readonly kind: 'training-run';
  /** How the network was trained and on what, defaults filled in. */
  readonly settings: SettingsOf<T>;
  /** The network before training. */
  readonly initial: T;
  /** The network after training. */
  readonly final: T;
  /** One entry for each epoch trained. */
  readonly epochs: readonly EpochMetrics[];
  /** Number of epochs trained; the study prints one less, the 0-based index of the last. */
  readonly epochCount: number;
  /** Updates in one epoch. */
  readonly iterationsPerEpoch: number;
  /** Whether the stop rule ended the run (and not the limit of epochs). */
  readonly stopped: boolean;
  /** Whether a weight or bias of `final` is not finite; every number of the run is then worthless. */
  readonly diverged: boolean;
  /** On the training part, by `settings.accuracyRule`. */
  readonly trainAccuracy: number;
  /** On the test part, by `settings.accuracyRule`. */
  readonly testAccuracy: number;
  /** Test accuracy by the `argmax` rule, whatever `settings.accuracyRule` says. */
  readonly testArgmaxAccuracy: number;
  /** Macro F1 on the test part, classes by the `argmax` rule. */
  readonly testF1: number;
  /** Null where the data set has no validation part. */
  readonly validationAccuracy: number | null;
}

/**
 * Trains a network by stochastic gradient descent on the training part of a data set. The given network is left as it was;
 * weights under its mask stay 0. Defaults are the study's: one row an update, in fixed order, squared error, no momentum.
 *
 * A compiled TensorFlow.js model (or one that was captured, see `captureModel`) is trained by the loss and optimiser it was
 * compiled with, in float32, and is itself left as it was: `toLayersModel(run.final)` is the trained one. The
 * rows of the data set take the shape of the model's input. Its loss over the training part is given without penalties.
 *
 * @throws TypeError when the shapes of network and data differ, a needed number is missing, or an option does not exist
 * @throws RangeError when an option lies outside its range
 * @throws the signal's reason when aborted
 * @example
 * import { createNetwork, loadDataset, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const run = await train(network, iris, { epochs: 250, learningRate: 0.05, stop: { part: 'train', accuracy: 0.95 } });
 * run.epochCount; // 116
 * run.testAccuracy; // 0.9667
 */
export async function train(network: Network, dataset: Dataset, options: TrainOptions): Promise<TrainingRun>;
export async function train(
  model: LayersModel | Model,
  dataset: Dataset,
  options: ModelTrainOptions,
): Promise<TrainingRun<Model>>;
export async function train(
  network: Network | LayersModel | Model,
  dataset: Dataset,
  options: TrainOptions | ModelTrainOptions,
): Promise<TrainingRun<Trainable>> {
  const plan = trainingPlan(network, dataset, options, 'train');
  return trainWith(await plan.createEngine(), plan.network, dataset, plan.settings, options);
}

/** What is to be trained, how, and by which engine. */
export interface TrainingPlan<T extends Trainable = Trainable> {
  readonly network: T;
  readonly settings: SettingsOf<T>;
  /**
   * An engine that holds the parameters of the network, or of another of the same shape.
   *
   * @param usualThreads where the options say nothing
   */
  readonly createEngine: (start?: T, usualThreads?: number) => Promise<Engine>;
}

/**
 * Checks what is to be trained and fills in the defaults; a model is captured.
 *
 * @param more options besides those of `train`
 * @throws as `train`
 */
export function trainingPlan(
  network: Trainable | LayersModel,
  dataset: Dataset,
  options: TrainOptions | ModelTrainOptions,
  task: string,
  more: Readonly<Record<string, true>> = {},
): TrainingPlan {
  if (isLayersModel(network) || network?.kind === 'model') {
    checkOptions(options, { ...modelTrainOptionNames, ...more }, `${task} of a compiled model`);
    const model = isLayersModel(network) ? captureModel(network) : network;
    return {
      network: model,
      settings: modelSettings(model, dataset, options),
      createEngine: (start = model) => modelEngine(start as Model, dataset.train),
    };
  }
  checkOptions(options, { ...trainOptionNames, ...more }, task);
  const settings = trainingSettings(network, dataset, options as TrainOptions);
  return {
    network,
    settings,
    createEngine: (start = network, usualThreads) => {
      const { threads = usualThreads } = options as TrainOptions;
      return createEngine(start as Network, dataset, settings, threads);
    },
  };
}

/** The engine that the settings ask for, holding the network's parameters. */
export async function createEngine(
  network: Network,
  dataset: Dataset,
  settings: TrainingSettings,
  threads: number = usualThreads(network, settings),
): Promise<Engine> {
  if (settings.engine === 'tfjs') return tfjsEngine(network, dataset.train, settings);
  if (settings.engine === 'fused32') return fused32Engine(network, dataset.train, settings, threads);
  return fusedEngine(network, dataset.train, settings);
}

/** Of products of a row's numbers and weights in an update, from which on a second thread is worth while. */
const MANY = 1e6;

/** See `TrainOptions.threads`; other threads than the main one are there to share the processors already. */
function usualThreads(network: Network, { batch }: TrainingSettings): number {
  return isMainThread && availableParallelism() > 1 && batch * weightCount(network.layers) >= MANY ? 2 : 1;
}

/** As `train`, with checked settings and an engine that holds the network's parameters; disposes of the engine. */
export async function trainWith<T extends Trainable>(
  engine: Engine,
  network: T,
  dataset: Dataset,
  settings: SettingsOf<T>,
  options: LoopOptions,
): Promise<TrainingRun<T>> {
  try {
    const { epochs, stopped } = await trainingLoop(engine, dataset, settings, options);
    const parameters = engine.parameters();
    const { trainAccuracy, testAccuracy, testArgmaxAccuracy, testF1, validationAccuracy } =
      epochs[epochs.length - 1];
    return result<TrainingRun<T>>({
      kind: 'training-run',
      settings,
      initial: network,
      final: withParameters(network, parameters),
      epochs,
      epochCount: epochs.length,
      iterationsPerEpoch: iterationsPerEpoch(dataset, settings),
      stopped,
      diverged: !parameters.every(Number.isFinite),
      trainAccuracy,
      testAccuracy,
      testArgmaxAccuracy,
      testF1,
      validationAccuracy,
    });
  } finally {
    engine.dispose();
  }
}

/** Updates in one epoch; the last batch may be smaller. */
export function iterationsPerEpoch(dataset: Dataset, { batch }: Pick<TrainingSettings, 'batch'>): number {
  return Math.ceil(dataset.train.rows / batch);
}
