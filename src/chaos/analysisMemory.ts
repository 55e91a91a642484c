import type { LayersModel } from '@tensorflow/tfjs-node';
import { checkOptions, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import { bytesPerIterate } from '../network/folderLayout';
import { storeRows } from '../network/folderSink';
import type { Model } from '../network/model';
import { buildModel, ROWS_AT_ONCE } from '../network/modelEngine';
import type { ModelTrainOptions } from '../network/modelSettings';
import type { Network } from '../network/network';
import { type MemoryOptions, memoryOptionNames, recordingRoom } from '../network/recordingOptions';
import { loadTensorFlow } from '../network/tensorflow';
import { iterationsPerEpoch, trainingPlan } from '../network/train';
import type { TrainOptions } from '../network/trainingSettings';
import { placeWindows, type WindowOptions, windowOptionNames } from './placeWindows';

/** What is recorded and analysed: as for `recordTwin` and `windowedLyapunov`. */
export interface AnalysisMemoryOptions extends MemoryOptions, WindowOptions {
  /** Whether a perturbed twin is trained too. Default true. */
  readonly twin?: boolean;
  /** Threads of `grangerScan`, which copies the exponents for them. Default 0. */
  readonly workers?: number;
}

const optionNames: OptionNames<AnalysisMemoryOptions> = {
  ...memoryOptionNames,
  ...windowOptionNames,
  twin: true,
  workers: true,
};

/** Bytes that recording a training, its exponents and the Granger tests of all weights take. */
export interface AnalysisMemory {
  readonly kind: 'analysis-memory';
  /** Weights of the network, that is series. */
  readonly weights: number;
  /** Weights, biases and everything else. */
  readonly parameters: number;
  /** Iterates of a run that no stop rule ends early. */
  readonly iterates: number;
  /** Windows that fit into them. */
  readonly windows: number;
  /** Networks, engines, gradients, and the activations of a batch or of the rows that are measured. */
  readonly training: number;
  /** All iterates; with a store those that wait to be written. */
  readonly recording: number;
  /** Exponents with their statuses, and one window of all series. */
  readonly exponents: number;
  /** What `grangerScan` returns; with workers their copy of the exponents too. */
  readonly tests: number;
  /** All of these and 96 MB for what the programs themselves take. */
  readonly peak: number;
}

/** TensorFlow's kernels and threads, the compressor, the heap of JavaScript. */
const PROGRAMS = 96e6;
/** Copies of a parameter that an optimiser keeps: none for SGD, at most so many for others (Adam has 2). */
const SLOTS = 3;

/**
 * An upper estimate of the memory that `recordTwin` (or `recordTraining`), `windowedLyapunov`, `misclassification` and
 * `grangerScan` take one after another, beyond what the process has when they begin. With W weights, P parameters, r = 2 runs (1
 * without a twin), b = 8 bytes a number (4 for float32), n iterates, windows k of l iterates:
 *
 *     recording  (b (P + W) + 16) n, alone b P n            with a store at most memoryLimit instead
 *     training   8 P (2 r + 5)                          a network: parameters and velocities, gradient, difference, ends
 *                8 P (r + 5) + 4 P r (1 + s) + 8 P + A  a model: the same, TensorFlow's copies, s slots of its optimiser (0 SGD,
 *                                                       else 3), A = 16 x activations x rows at once
 *     exponents  9 W k + 8 W l
 *     tests      29 W, with workers 8 W k more
 *
 * @throws TypeError, RangeError as `recordTraining` and `windowedLyapunov`
 * @example
 * import { analysisMemory, createNetwork, loadDataset } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const training = { epochs: 20, learningRate: 0.05 };
 * const memory = await analysisMemory(network, await loadDataset('iris'), training, { window: 100 });
 * memory.recording; // 1824760, that is (8 x (51 + 42) + 16) x 2401 bytes
 */
export async function analysisMemory(
  source: Network | LayersModel | Model,
  dataset: Dataset,
  training: TrainOptions | ModelTrainOptions,
  options: AnalysisMemoryOptions = {},
): Promise<AnalysisMemory> {
  const task = 'predict the memory of an analysis';
  checkOptions(options, optionNames, task);
  const { twin = true, workers = 0 } = options;
  requireWhole(workers, 0, 'workers', task);
  const { network, settings } = trainingPlan(source, dataset, training, task);
  const weights = weightCount(network.layers);
  const parameters =
    network.kind === 'model'
      ? network.parameters.length
      : weights + network.layers.slice(1).reduce((sum, width) => sum + width, 0);
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const { window, starts } = placeWindows(iterates, options, twin, task);
  const room = recordingRoom(network, options, settings.engine);
  const shape = {
    weights,
    others: parameters - weights,
    storage: room.storage,
    isPair: twin,
    isMasked: network.mask !== null,
  };
  const each = bytesPerIterate(shape);
  const rows = room.store === null ? iterates : storeRows(each, room.memoryLimit, iterates);
  const recording = each * rows;
  const runs = twin ? 2 : 1;
  const inTraining =
    network.kind === 'model'
      ? 8 * parameters * (runs + 6) + 4 * parameters * runs * (1 + slots(network)) + (await activations())
      : 8 * parameters * (2 * runs + 5) + (settings.engine === 'fused32' ? lists() : 0);
  const exponents = 9 * weights * starts.length + 8 * weights * window;
  const tests = 29 * weights + (workers > 0 ? 8 * weights * starts.length : 0);
  return result({
    kind: 'analysis-memory',
    weights,
    parameters,
    iterates,
    windows: starts.length,
    training: inTraining,
    recording,
    exponents,
    tests,
    peak: PROGRAMS + inTraining + recording + exponents + tests,
  });

  /** Rows as this engine keeps them: 8 bytes for each input that is not 0, of the training part for each run. */
  function lists(): number {
    const { train, validation, test } = dataset;
    const parts = [...Array.from({ length: runs }, () => train), test, ...(validation ? [validation] : [])];
    return parts.reduce((sum, { inputs }) => {
      let count = 0;
      for (let i = 0; i < inputs.length; i++) if (inputs[i] !== 0) count++;
      return sum + 8 * count;
    }, 0);
  }

  /** Every layer's outputs, before and after its activation, and as much again for gradients. */
  async function activations(): Promise<number> {
    const built = await buildModel(await loadTensorFlow(), network as Model);
    const sizes = built.layers.map(layer =>
      [layer.outputShape].flat(2).reduce<number>((product, size) => product * (size ?? 1), 1),
    );
    built.dispose();
    const largest = Math.max(
      ...[dataset.train, dataset.validation, dataset.test].map(part => part?.rows ?? 0),
    );
    const atOnce = Math.max(settings.batch, Math.min(ROWS_AT_ONCE, largest));
    return 16 * atOnce * sizes.reduce((sum, size) => sum + size, 0);
  }
}

function slots({ architecture }: Model): number {
  return architecture.optimizer.startsWith('SGD') ? 0 : SLOTS;
}
