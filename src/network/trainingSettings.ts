import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { describeValue, requireKind, requireNumber, requireOneOf, requireWhole } from '../core/require';
import { describeLayers } from '../core/weightLayers';
import type { Dataset, Procedure } from '../data/dataset';
import { checkPartFits } from './checkPartFits';
import { type AccuracyRule, accuracyRules } from './metrics';
import type { Network } from './network';
import { portsOf, requireTrainable, type Trainable } from './trainable';

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
 * - `fused32`: our own step, float32: parameters, rows, sums, activations and updates, four numbers at a time in WebAssembly; the loss of
 *   an epoch is summed in float64 from float32 outputs. For large networks: faster, and a recording takes half the memory
 * - `tfjs`: TensorFlow through tfjs-node, float32; any of its optimisers
 *
 * On the small networks all agree within 1e-6 after one epoch; float32 rounding then grows with training (about 3e-6 after
 * 50 epochs of Iris). For perturbed pairs take `fused`.
 */
export type EngineName = 'fused' | 'fused32' | 'tfjs';

export const engineNames: readonly EngineName[] = ['fused', 'fused32', 'tfjs'];

/** Update rule. All but `sgd` need the `tfjs` engine and keep TensorFlow.js's default constants. */
export type OptimizerName = 'sgd' | 'adam' | 'adamax' | 'adagrad' | 'adadelta' | 'rmsprop';

/** Ends training after the first epoch whose accuracy, taken after its last update, is at least this. */
export interface StopRule {
  /** Rows whose accuracy is looked at. */
  readonly part: 'train' | 'validation';
  /** Above 0, at most 1. */
  readonly accuracy: number;
}

/** How a network was trained and on what, defaults filled in. */
export interface TrainingSettings {
  /** Name of the data set. */
  readonly dataset: string;
  /** How its rows were split and scaled; this and the next three are of the data set. */
  readonly procedure: Procedure;
  /** Seed of the split. */
  readonly splitSeed: number;
  /** How rows were split, in sentences. */
  readonly split: string;
  /** How inputs were scaled, in sentences. */
  readonly scaling: string;
  /** Largest number of epochs. */
  readonly epochs: number;
  /** Step length. */
  readonly learningRate: number;
  /** 0 for none. */
  readonly momentum: number;
  /** Rows per update. */
  readonly batch: number;
  /** What training made small. */
  readonly loss: Loss;
  /** Order of the rows. */
  readonly shuffle: Shuffle;
  /** Seed of the row order; null when nothing was drawn. */
  readonly seed: number | null;
  /** Null when only the number of epochs ends the run. */
  readonly stop: StopRule | null;
  /** When a row counted as correct. */
  readonly accuracyRule: AccuracyRule;
  /** What did the arithmetic. */
  readonly engine: EngineName;
  /** The update rule. */
  readonly optimizer: OptimizerName;
}

/** Called before each update and once after the last: iterate t holds the parameters after t updates. */
export type Recorder = (
  iterate: number,
  /** All weights, then all biases (`flattenParameters`). Reused by the next update: copy what you keep. */
  parameters: Float64Array,
) => void | Promise<void>;

/** How any training goes over the rows and when it ends. */
export interface LoopTrainOptions extends LongRunOptions {
  /** Largest number of epochs, at least 1. */
  readonly epochs: number;
  /** Rows per update; the last batch of an epoch may be smaller. Default 1, the study's. */
  readonly batch?: number;
  /** Default `never`, the study's; careful practice is `each-epoch`. */
  readonly shuffle?: Shuffle;
  /** Seed of the row order; required by `each-epoch`, unused otherwise. */
  readonly seed?: number;
  /** Default: none, all epochs are trained. */
  readonly stop?: StopRule;
  /** For every accuracy of the run, the stop rule's too. Default `argmax`; the study's is `all-outputs`. */
  readonly accuracyRule?: AccuracyRule;
  /** Called with the parameters at every iterate. Default: none. */
  readonly recorders?: readonly Recorder[];
}

export const loopTrainOptionNames: OptionNames<LoopTrainOptions> = {
  epochs: true,
  batch: true,
  shuffle: true,
  seed: true,
  stop: true,
  accuracyRule: true,
  recorders: true,
  ...longRunOptionNames,
};

/** How a network is trained. Where nothing else is said, as the study trained. */
export interface TrainOptions extends LoopTrainOptions {
  /** Step length, positive. */
  readonly learningRate: number;
  /** v <- momentum v + gradient, w <- w - learningRate v; 0 (default) up to, not including, 1. */
  readonly momentum?: number;
  /** Default `squared-error`. */
  readonly loss?: Loss;
  /** Default `fused`. */
  readonly engine?: EngineName;
  /** Default `sgd`. Any other needs the `tfjs` engine and no momentum. */
  readonly optimizer?: OptimizerName;
  /**
   * Threads that share each update and the measuring of each epoch, this one included; the results are the same, bit for bit. More
   * than one need the `fused32` engine, and idle processors: they wait for one another in a loop, so never more are started than
   * the machine has processors. Default: 2 with that engine, on the main thread of a machine of several processors, where an update
   * multiplies a million numbers or more (rows x weights); else 1.
   */
  readonly threads?: number;
}

export const trainOptionNames: OptionNames<TrainOptions> = {
  ...loopTrainOptionNames,
  learningRate: true,
  momentum: true,
  loss: true,
  engine: true,
  optimizer: true,
  threads: true,
};

const TASK = 'train';

/**
 * Checks that a network can be trained on a data set as asked, and fills in the defaults.
 *
 * @throws TypeError when the shapes of network and data differ, or a needed number is missing
 * @throws RangeError when an option lies outside its range, or a label is no class
 */
export function trainingSettings(
  network: Network,
  dataset: Dataset,
  options: TrainOptions,
): TrainingSettings {
  requireKind(network, 'network', TASK);
  const { stop, accuracyRule, seed, shuffle, batch, ...data } = loopSettings(network, dataset, options);
  const { learningRate, momentum, loss, engine, optimizer } = stepSettings(network.output, options);
  const rule = { stop, accuracyRule };
  return { ...data, learningRate, momentum, batch, loss, shuffle, seed, ...rule, engine, optimizer };
}

/**
 * Checks what can be checked of options before there is a network or data.
 *
 * @param output of the network
 * @param rows at most so many are trained on
 * @throws as `trainingSettings`
 */
export function checkTrainOptions(options: TrainOptions, output: Network['output'], rows: number): void {
  checkOptions(options, trainOptionNames, TASK);
  loopOptions(options, rows);
  stepSettings(output, options);
}

type StepSettings = Pick<TrainingSettings, 'learningRate' | 'momentum' | 'loss' | 'engine' | 'optimizer'>;

function stepSettings(output: Network['output'], options: TrainOptions): StepSettings {
  const { learningRate, momentum = 0, loss = 'squared-error', engine = 'fused', optimizer = 'sgd' } = options;
  const { threads = 1 } = options;
  const isStep = learningRate > 0 && learningRate < Number.POSITIVE_INFINITY;
  requireNumber(learningRate, isStep, 'positive and finite', 'learningRate', TASK);
  requireNumber(momentum, momentum >= 0 && momentum < 1, 'at least 0 and below 1', 'momentum', TASK);
  requireOneOf(loss, ['squared-error', 'cross-entropy'], 'loss', TASK);
  requireOneOf(engine, engineNames, 'engine', TASK);
  requireOneOf(optimizer, ['sgd', 'adam', 'adamax', 'adagrad', 'adadelta', 'rmsprop'], 'optimizer', TASK);
  if (optimizer !== 'sgd' && (engine !== 'tfjs' || momentum !== 0)) {
    throw new RangeError(
      `Cannot train: optimizer ${optimizer} needs engine 'tfjs' and momentum 0, got '${engine}' and ${momentum}`,
    );
  }
  requireWhole(threads, 1, 'threads', TASK);
  if (threads > 1 && engine !== 'fused32') {
    throw new RangeError(`Cannot train in ${threads} threads: engine 'fused32' is required, got '${engine}'`);
  }
  if (loss === 'cross-entropy' && output !== 'sigmoid' && output !== 'softmax') {
    throw new RangeError(`Cannot train: cross-entropy needs sigmoid or softmax outputs, got ${output}`);
  }
  return { learningRate, momentum, loss, engine, optimizer };
}

/** The settings that every training has. */
export type LoopSettings = Omit<TrainingSettings, keyof StepSettings>;

/**
 * Checks that a network or model fits a data set and how it is to go over the rows; fills in the defaults.
 *
 * @throws TypeError, RangeError as `trainingSettings`
 */
export function loopSettings(network: Trainable, dataset: Dataset, options: LoopTrainOptions): LoopSettings {
  checkShapes(network, dataset);
  const own = loopOptions(options, dataset.train.rows);
  if (own.stop?.part === 'validation' && dataset.validation === null) {
    throw new RangeError(
      `Cannot stop on validation accuracy: ${dataset.name} (${dataset.procedure}) has no such part`,
    );
  }
  return {
    dataset: dataset.name,
    procedure: dataset.procedure,
    splitSeed: dataset.seed,
    split: dataset.split,
    scaling: dataset.scaling,
    ...own,
  };
}

type DatalessSettings = Pick<LoopSettings, 'epochs' | 'batch' | 'shuffle' | 'seed' | 'stop' | 'accuracyRule'>;

/** What of them does not depend on the data, but for the number of rows. */
function loopOptions(options: LoopTrainOptions, rows: number): DatalessSettings {
  const {
    epochs,
    batch = 1,
    shuffle = 'never',
    seed,
    stop = null,
    accuracyRule = 'argmax',
    recorders = [],
  } = options;
  requireWhole(epochs, 1, 'epochs', TASK);
  requireWhole(batch, 1, 'batch', TASK, rows);
  requireOneOf(shuffle, ['never', 'each-epoch'], 'shuffle', TASK);
  requireOneOf(accuracyRule, accuracyRules, 'accuracyRule', TASK);
  checkRecorders(recorders);
  if (shuffle === 'each-epoch' && typeof seed !== 'number') {
    throw new TypeError(`Cannot train: shuffle 'each-epoch' needs a seed, a number; got ${typeof seed}`);
  }
  if (stop !== null) checkStop(stop);
  return { epochs, batch, shuffle, seed: shuffle === 'each-epoch' ? seed! : null, stop, accuracyRule };
}

function checkShapes(network: Trainable, dataset: Dataset): void {
  requireTrainable(network, TASK);
  requireKind(dataset, 'dataset', TASK);
  const { inputs, outputs } = portsOf(network);
  if (inputs !== dataset.features.length || outputs !== dataset.outputs) {
    const own = network.kind === 'network' ? '' : `, this one has ${inputs} and ${outputs}`;
    const why =
      dataset.outputs === 1 && outputs === 2 ? ' (two classes are one output, as of a sigmoid unit)' : '';
    throw new TypeError(
      `Cannot train a ${describeLayers(network.layers)} on ${dataset.name}: it needs ${dataset.features.length} inputs and ` +
        `${dataset.outputs} outputs${own}${why}`,
    );
  }
  const { name, train, validation, test } = dataset;
  checkPartFits(network, train, TASK, `the training part of ${name}`);
  if (validation !== null) checkPartFits(network, validation, TASK, `the validation part of ${name}`);
  checkPartFits(network, test, TASK, `the test part of ${name}`);
  const bad = firstNotFinite(dataset.train.inputs);
  if (bad >= 0) {
    const feature = dataset.features[bad % inputs];
    throw new RangeError(
      `Cannot train on ${dataset.name}: training row ${Math.floor(bad / inputs)} has ${feature} = ` +
        `${dataset.train.inputs[bad]}, not finite`,
    );
  }
}

/** Its index, or -1; a callback a number would take longer than some trainings, and so would a question a number. */
function firstNotFinite(values: Float64Array): number {
  const { length } = values;
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    // 0 times a finite number is 0, else NaN, which stays in the sum.
    a += 0 * values[i];
    b += 0 * values[i + 1];
    c += 0 * values[i + 2];
    d += 0 * values[i + 3];
  }
  for (; i < length; i++) a += 0 * values[i];
  return a + b + c + d === 0 ? -1 : values.findIndex(value => !Number.isFinite(value));
}

function checkRecorders(recorders: readonly Recorder[]): void {
  if (!Array.isArray(recorders) || recorders.some(recorder => typeof recorder !== 'function')) {
    throw new TypeError(
      `Cannot train: recorders must be an array of functions, ${describeValue(recorders)} came`,
    );
  }
}

function checkStop(stop: StopRule): void {
  checkOptions(stop, { part: true, accuracy: true }, 'stop training');
  requireOneOf(stop.part, ['train', 'validation'], 'stop.part', TASK);
  const { accuracy } = stop;
  requireNumber(accuracy, accuracy > 0 && accuracy <= 1, 'above 0 and at most 1', 'stop.accuracy', TASK);
}
