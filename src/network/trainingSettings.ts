import type { LongRunOptions } from '../core/longRun';
import type { Dataset } from '../data/dataset';
import type { AccuracyRule } from './metrics';
import type { Network } from './network';

/**
 * What training makes small; the mean over the rows of a batch, with y the target, a the output, m the number of outputs.
 *
 * - `squared-error`: (1/m) sum (y - a)^2, the study's
 * - `cross-entropy`: on sigmoid outputs -(1/m) sum [y ln a + (1 - y) ln(1 - a)], on softmax outputs -sum y ln a
 */
export type Loss = 'squared-error' | 'cross-entropy';

/**
 * Order of the rows.
 *
 * - `never`: as they stand in the training part, the same in every epoch
 * - `each-epoch`: reordered before every epoch, from the stream `batch-order` of `seed`
 */
export type Shuffle = 'never' | 'each-epoch';

/**
 * What does the arithmetic.
 *
 * - `fused`: our own step, float64
 * - `tfjs`: TensorFlow through tfjs-node, float32; any of its optimisers
 *
 * On the small networks both agree within 1e-6 after one epoch; float32 rounding then grows with training (about 3e-6 after
 * 50 epochs of Iris). For perturbed pairs take `fused`.
 */
export type EngineName = 'fused' | 'tfjs';

/** Update rule. All but `sgd` need the `tfjs` engine and keep TensorFlow.js's default constants. */
export type OptimizerName = 'sgd' | 'adam' | 'adamax' | 'adagrad' | 'adadelta' | 'rmsprop';

/** Ends training after the first epoch whose accuracy, taken after its last update, is at least this. */
export interface StopRule {
  readonly part: 'train' | 'validation';
  /** Above 0, at most 1. */
  readonly accuracy: number;
}

/** How a network was trained, defaults filled in. */
export interface TrainingSettings {
  /** Name of the data set. */
  readonly dataset: string;
  /** Largest number of epochs. */
  readonly epochs: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly batch: number;
  readonly loss: Loss;
  readonly shuffle: Shuffle;
  /** Null when nothing was drawn. */
  readonly seed: number | null;
  /** Null when only the number of epochs ends the run. */
  readonly stop: StopRule | null;
  readonly accuracyRule: AccuracyRule;
  readonly engine: EngineName;
  readonly optimizer: OptimizerName;
}

/** Called before each update and once after the last: iterate t holds the parameters after t updates. */
export type Recorder = (
  iterate: number,
  /** All weights, then all biases (`flattenParameters`). Reused by the next update: copy what you keep. */
  parameters: Float64Array,
) => void | Promise<void>;

export interface TrainOptions extends LongRunOptions {
  /** Largest number of epochs, at least 1. */
  readonly epochs: number;
  /** Step length, positive. */
  readonly learningRate: number;
  /** v <- momentum v + gradient, w <- w - learningRate v; 0 (default) up to, not including, 1. */
  readonly momentum?: number;
  /** Rows per update; the last batch of an epoch may be smaller. Default 1, the study's. */
  readonly batch?: number;
  /** Default `squared-error`. */
  readonly loss?: Loss;
  /** Default `never`, the study's; careful practice is `each-epoch`. */
  readonly shuffle?: Shuffle;
  /** Seed of the row order; required by `each-epoch`, unused otherwise. */
  readonly seed?: number;
  /** Default: none, all epochs are trained. */
  readonly stop?: StopRule;
  /** For every accuracy of the run, the stop rule's too. Default `argmax`; the study's is `all-outputs`. */
  readonly accuracyRule?: AccuracyRule;
  /** Default `fused`. */
  readonly engine?: EngineName;
  /** Default `sgd`. Any other needs the `tfjs` engine and no momentum. */
  readonly optimizer?: OptimizerName;
  /** Called with the parameters at every iterate. Default: none. */
  readonly recorders?: readonly Recorder[];
}

/**
 * Checks that a network can be trained on a data set as asked, and fills in the defaults.
 *
 * @throws TypeError when the shapes of network and data differ, or a needed number is missing
 * @throws RangeError when an option lies outside its range
 */
export function trainingSettings(
  network: Network,
  dataset: Dataset,
  options: TrainOptions,
): TrainingSettings {
  const {
    epochs,
    learningRate,
    momentum = 0,
    batch = 1,
    loss = 'squared-error',
    shuffle = 'never',
    seed,
    stop = null,
    accuracyRule = 'argmax',
    engine = 'fused',
    optimizer = 'sgd',
  } = options;
  checkShapes(network, dataset);
  checkNumber('epochs', epochs, Number.isInteger(epochs) && epochs >= 1, 'an integer of at least 1');
  checkNumber(
    'learningRate',
    learningRate,
    learningRate > 0 && learningRate < Infinity,
    'positive and finite',
  );
  checkNumber('momentum', momentum, momentum >= 0 && momentum < 1, 'at least 0 and below 1');
  const rows = dataset.train.rows;
  checkNumber(
    'batch',
    batch,
    Number.isInteger(batch) && batch >= 1 && batch <= rows,
    `an integer from 1 to ${rows}`,
  );
  checkName('loss', loss, ['squared-error', 'cross-entropy']);
  checkName('shuffle', shuffle, ['never', 'each-epoch']);
  checkName('accuracyRule', accuracyRule, ['argmax', 'all-outputs']);
  checkName('engine', engine, ['fused', 'tfjs']);
  checkName('optimizer', optimizer, ['sgd', 'adam', 'adamax', 'adagrad', 'adadelta', 'rmsprop']);
  if (optimizer !== 'sgd' && (engine !== 'tfjs' || momentum !== 0)) {
    throw new RangeError(
      `Cannot train: optimizer ${optimizer} needs engine 'tfjs' and momentum 0, got '${engine}' and ${momentum}`,
    );
  }
  if (loss === 'cross-entropy' && network.output !== 'sigmoid' && network.output !== 'softmax') {
    throw new RangeError(
      `Cannot train: cross-entropy needs sigmoid or softmax outputs, got ${network.output}`,
    );
  }
  if (shuffle === 'each-epoch' && typeof seed !== 'number') {
    throw new TypeError(`Cannot train: shuffle 'each-epoch' needs a seed, a number; got ${typeof seed}`);
  }
  if (stop !== null) checkStop(stop, dataset);
  return {
    dataset: dataset.name,
    epochs,
    learningRate,
    momentum,
    batch,
    loss,
    shuffle,
    seed: shuffle === 'each-epoch' ? seed! : null,
    stop,
    accuracyRule,
    engine,
    optimizer,
  };
}

function checkShapes(network: Network, dataset: Dataset): void {
  const shape = network.layers.join('-');
  const [inputs, outputs] = [network.layers[0], network.layers[network.layers.length - 1]];
  if (inputs !== dataset.features.length || outputs !== dataset.outputs) {
    throw new TypeError(
      `Cannot train a ${shape} network on ${dataset.name}: it needs ${dataset.features.length} inputs and ` +
        `${dataset.outputs} outputs`,
    );
  }
  const bad = dataset.train.inputs.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) {
    const feature = dataset.features[bad % inputs];
    throw new RangeError(
      `Cannot train on ${dataset.name}: training row ${Math.floor(bad / inputs)} has ${feature} = ` +
        `${dataset.train.inputs[bad]}, not finite`,
    );
  }
}

function checkNumber(name: string, value: number, holds: boolean, required: string): void {
  if (typeof value !== 'number')
    throw new TypeError(`Cannot train: ${name} is a number, got ${typeof value}`);
  if (!holds) throw new RangeError(`Cannot train: ${name} must be ${required}, got ${value}`);
}

function checkName(option: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) {
    throw new RangeError(`Cannot train: ${option} is one of ${allowed.join(', ')}, got ${value}`);
  }
}

function checkStop(stop: StopRule, dataset: Dataset): void {
  checkName('stop.part', stop.part, ['train', 'validation']);
  checkNumber(
    'stop.accuracy',
    stop.accuracy,
    stop.accuracy > 0 && stop.accuracy <= 1,
    'above 0 and at most 1',
  );
  if (stop.part === 'validation' && dataset.validation === null) {
    throw new RangeError(
      `Cannot stop on validation accuracy: ${dataset.name} (${dataset.procedure}) has no such part`,
    );
  }
}
