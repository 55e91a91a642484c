import type { LayersModel } from '@tensorflow/tfjs-node';
import { LongRun, type Progress } from '../core/longRun';
import { longRunOptions } from '../core/options';
import { result } from '../core/result';
import type { Dataset, Part } from '../data/dataset';
import { type CheckpointOptions, openCheckpoint } from '../network/checkpoint';
import type { Engine } from '../network/engine';
import { fusedPair, type PairEngine } from '../network/fusedPair';
import { lockStep } from '../network/lockStep';
import { accuracyOf } from '../network/metrics';
import type { Model } from '../network/model';
import type { ModelTrainOptions } from '../network/modelSettings';
import type { Network } from '../network/network';
import { flattenParameters, withParameters } from '../network/parameters';
import { type Perturbation, perturb } from '../network/perturb';
import type { EpochMetrics } from '../network/recording';
import { type TrainingPlan, type TrainingRun, trainWith } from '../network/train';
import type { Trainable } from '../network/trainable';
import type { Recorder, TrainingSettings, TrainOptions } from '../network/trainingSettings';
import { analysisPlan } from './analysisPlan';
import { analysisStore } from './analysisStore';
import { createExponentCrew } from './exponentCrew';
import { createIterateRing } from './iterateRing';
import { createEstimator } from './lyapunov';
import type { WindowedExponents } from './windowedExponents';
import type { WindowedLyapunovOptions } from './windowedLyapunov';

/** How windows are placed and estimated, as in `windowedLyapunov`, and what is kept on disk. */
export type AnalysisWhileTraining = WindowedLyapunovOptions &
  CheckpointOptions & {
    /**
     * A second run that starts changed like this is trained beside the first, and the exponents are those of the difference; by
     * default one run is trained and the weights themselves are read. Such a pair keeps no checkpoint.
     */
    readonly perturbation?: Perturbation;
    /** Rows whose misclassification is the target. Default: `validation` where there is such a part, else `test`. */
    readonly part?: 'test' | 'train' | 'validation';
  };

/** A training whose weights were analysed while it went on. */
export interface AnalysedTraining<T extends Trainable = Network> {
  readonly kind: 'analysed-training';
  /** The training (of the base run, with a perturbation). */
  readonly run: TrainingRun<T>;
  /** Exponents of every weight in every window. */
  readonly exponents: WindowedExponents;
  /** Share of rows of `part` misclassified at the last iterate of each window. */
  readonly target: Float64Array;
  /** The rows that the target was measured on. */
  readonly part: 'test' | 'train' | 'validation';
}

/**
 * Trains a network and estimates the Lyapunov exponents of every weight window by window while it trains: of the weights
 * themselves, or of their difference to a perturbed run. Nothing but one window of iterates is held, so that networks can be analysed whose whole
 * trajectory would not fit into memory: 41 000 weights x 11 501 iterates are 3.8 GB, a window of 50 is 16 MB. Exponents and
 * target are those of `windowedLyapunov` and `misclassification` on a recorded run, bit for bit.
 *
 * A compiled TensorFlow.js model is analysed in the same way, by its own loss and optimiser (see `train`); a perturbation needs a
 * delta of at least 1e-3 there, and no checkpoint is kept.
 *
 * With a `checkpoint` folder the process may be killed at any moment: the same call goes on from what was saved last, to the
 * same bits.
 *
 * @param training as for `train`
 * @returns the run, the exponents (windows x weights) and the misclassification at each window's last iterate
 * @throws TypeError for estimator `direct` without a perturbation; RangeError for a checkpoint with one; TypeError, RangeError as `train` and
 *   `windowedLyapunov`; RangeError for momentum or another optimiser than `sgd` with a checkpoint; Error when the folder cannot
 *   be written, is damaged or belongs to another run
 * @example
 * import { createNetwork, exponentsWhileTraining, loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const training = { epochs: 20, learningRate: 0.05 };
 * const analysed = await exponentsWhileTraining(network, iris, training, { estimator: 'rosenstein', window: 100 });
 * analysed.exponents.windows; // 24
 * analysed.target.length; // 24
 */
export async function exponentsWhileTraining(
  network: Network,
  dataset: Dataset,
  training: TrainOptions,
  options: AnalysisWhileTraining,
): Promise<AnalysedTraining>;
export async function exponentsWhileTraining(
  model: LayersModel | Model,
  dataset: Dataset,
  training: ModelTrainOptions,
  options: AnalysisWhileTraining,
): Promise<AnalysedTraining<Model>>;
export async function exponentsWhileTraining(
  source: Network | LayersModel | Model,
  dataset: Dataset,
  training: TrainOptions | ModelTrainOptions,
  options: AnalysisWhileTraining,
): Promise<AnalysedTraining<Trainable>> {
  const { checkpoint, checkpointSeconds = 5 } = options;
  const plan = analysisPlan(source, dataset, training, options);
  const { estimator, perturbation, window, overlap, starts, part, weights, identity } = plan;
  const { network, settings, createEngine } = plan.training;
  const disk =
    checkpoint === undefined || identity === null ? null : await openCheckpoint(checkpoint, identity);
  const store = analysisStore(disk, starts.length, weights);
  const saved = await store.load();
  const ring = createIterateRing(window, weights);
  for (let at = 0; at < (saved?.tail.length ?? 0); at += weights) ring.push(saved!.tail.subarray(at));

  const run = new LongRun({ ...longRunOptions(training), ...longRunOptions(options) });
  const series = new Float64Array(weights * window); // weights x window
  const rows = dataset[part] as Part;
  const epochs: EpochMetrics[] = [...(saved?.point.epochs ?? [])];
  let next = store.windows; // the window that is filling
  let seen = saved?.point.iterate ?? -1;
  let lastSave = performance.now();
  const progress = (): Progress => ({
    task: 'Training and Lyapunov exponents',
    done: next,
    total: starts.length,
    unit: 'windows',
    ...(next > 0 && { value: { name: 'misclassified', number: store.target[next - 1] } }),
  });
  const crew = await createExponentCrew(
    estimator,
    window,
    starts.length * weights,
    options.workers,
    run,
    () => run.pause(progress()),
  );
  let engine: Engine | null = null;
  let pair: PairEngine | null = null;
  const difference = new Float64Array(perturbation === null ? 0 : flattenParameters(network).length);
  const watch: Recorder = (iterate, parameters) => {
    if (iterate <= seen) return undefined; // Seen before the run was interrupted.
    seen = iterate;
    pair?.difference(difference);
    ring.push(pair === null ? parameters : difference);
    const isFull = next < starts.length && iterate === starts[next] + window - 1;
    return isFull ? windowIsFull(iterate, parameters) : undefined;
  };
  const windowIsFull = async (iterate: number, parameters: Float64Array): Promise<void> => {
    ring.series(window, series);
    store.target[next] = 1 - accuracyOf(engine!.evaluate(rows).outputs, rows, settings.accuracyRule);
    const { values, status } = store.windowAt(next);
    await crew.estimate(series, values, status);
    next++;
    if (store.isKept && performance.now() - lastSave >= 1000 * checkpointSeconds) {
      await crew.finish();
      const tail = ring.newest(Math.max(0, iterate + 1 - (starts[next] ?? iterate + 1)));
      await store.save(next, { iterate, epochs, parameters }, tail);
      lastSave = performance.now();
    }
    if (run.isDue) await run.pause(progress());
  };

  try {
    const start = saved === null ? network : withParameters(network, saved.point.parameters);
    if (perturbation !== null) pair = await perturbedPair(plan.training, dataset, perturbation);
    engine = pair ?? (await createEngine(start));
    const trained = await trainWith(engine, network, dataset, settings, {
      recorders: [...(training.recorders ?? []), watch],
      onEpoch: metrics => epochs.push(metrics),
      // Its own progress would alternate with ours.
      onProgress: () => {},
      ...(run.signal && { signal: run.signal }),
      ...(saved && { position: saved.point }),
    });
    await crew.finish();
    if (store.isKept && next > store.windows) {
      const end = trained.epochCount * trained.iterationsPerEpoch;
      const from = starts[next] ?? end + 1;
      const parameters = flattenParameters(trained.final);
      await store.save(next, { iterate: end, epochs, parameters }, ring.newest(Math.max(0, end + 1 - from)));
    }
    run.finish(progress());
    return result({
      kind: 'analysed-training',
      run: trained,
      exponents: result({
        kind: 'windowed-exponents',
        estimator: createEstimator(window, estimator).description,
        layers: network.layers,
        windows: next,
        weights,
        window,
        overlap,
        starts: starts.slice(0, next),
        ends: starts.slice(0, next).map(from => from + window - 1),
        values: store.values.subarray(0, next * weights),
        status: store.status.subarray(0, next * weights),
      }),
      target: store.target.slice(0, next),
      part,
    });
  } finally {
    await crew.close();
  }
}

/** Both runs in one engine: float64 kernels where they can, else two of TensorFlow. */
async function perturbedPair(
  { network, settings, createEngine }: TrainingPlan,
  dataset: Dataset,
  perturbation: Perturbation,
): Promise<PairEngine> {
  const perturbed = perturb(network, perturbation);
  if (network.kind === 'network' && perturbed.kind === 'network') {
    return fusedPair(network, perturbed, dataset.train, settings as TrainingSettings);
  }
  return lockStep(
    () => createEngine(),
    () => createEngine(perturbed),
  );
}
