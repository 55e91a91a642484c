import { checkOptions } from '../core/options';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import type { Engine } from './engine';
import { fusedEngine } from './fusedEngine';
import type { Network } from './network';
import { withParameters } from './parameters';
import type { EpochMetrics } from './recording';
import { tfjsEngine } from './tfjsEngine';
import { type LoopOptions, trainingLoop } from './trainingLoop';
import {
  type TrainingSettings,
  type TrainOptions,
  trainingSettings,
  trainOptionNames,
} from './trainingSettings';

export type { TrainOptions } from './trainingSettings';

/** One training of one network. Accuracies are fractions, measured after the last update. */
export interface TrainingRun {
  readonly kind: 'training-run';
  readonly settings: TrainingSettings;
  readonly initial: Network;
  readonly final: Network;
  /** One entry for each epoch trained. */
  readonly epochs: readonly EpochMetrics[];
  /** Number of epochs trained; the study prints one less, the 0-based index of the last. */
  readonly epochCount: number;
  readonly iterationsPerEpoch: number;
  /** Whether the stop rule ended the run (and not the limit of epochs). */
  readonly stopped: boolean;
  /** Whether a weight or bias of `final` is not finite; every number of the run is then worthless. */
  readonly diverged: boolean;
  readonly trainAccuracy: number;
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
 * @throws TypeError when the shapes of network and data differ, a needed number is missing, or an option does not exist
 * @throws RangeError when an option lies outside its range
 * @throws the signal's reason when aborted
 */
export async function train(network: Network, dataset: Dataset, options: TrainOptions): Promise<TrainingRun> {
  checkOptions(options, trainOptionNames, 'train');
  const settings = trainingSettings(network, dataset, options);
  return trainWith(await createEngine(network, dataset, settings), network, dataset, settings, options);
}

/** The engine that the settings ask for, holding the network's parameters. */
export async function createEngine(
  network: Network,
  dataset: Dataset,
  settings: TrainingSettings,
): Promise<Engine> {
  return settings.engine === 'tfjs'
    ? tfjsEngine(network, dataset.train, settings)
    : fusedEngine(network, dataset.train, settings);
}

/** As `train`, with checked settings and an engine that holds the network's parameters; disposes of the engine. */
export async function trainWith(
  engine: Engine,
  network: Network,
  dataset: Dataset,
  settings: TrainingSettings,
  options: LoopOptions,
): Promise<TrainingRun> {
  try {
    const { epochs, stopped } = await trainingLoop(engine, network, dataset, settings, options);
    const parameters = engine.parameters();
    const { trainAccuracy, testAccuracy, testArgmaxAccuracy, testF1, validationAccuracy } =
      epochs[epochs.length - 1];
    return result({
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
