import type { LayersModel } from '@tensorflow/tfjs-node';
import type { OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type DifferenceRecording, differenceLog, type RescaleOptions } from './differenceRecording';
import { fusedPair } from './fusedPair';
import { recordInto } from './iterateSink';
import { lockStep } from './lockStep';
import type { Model } from './model';
import type { Network } from './network';
import { openSink } from './openSink';
import { flattenParameters } from './parameters';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import { memoryOptionNames } from './recordingOptions';
import type { ModelRecordOptions, RecordOptions } from './recordTraining';
import { iterationsPerEpoch, trainingPlan, trainWith } from './train';
import type { Trainable } from './trainable';
import type { EngineName, Recorder, TrainingSettings } from './trainingSettings';

/** How `recordTwin` trains both networks, and what sets them apart. */
export interface RecordTwinOptions extends RecordOptions, RescaleOptions {
  /** What distinguishes the second run. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

/** For a compiled TensorFlow.js model, which computes in float32. */
export interface ModelTwinOptions extends ModelRecordOptions {
  /** What distinguishes the second run: a delta of at least 1e-3 is required. Default weight: 0. */
  readonly perturbation: Perturbation;
}

const twinOptionNames: OptionNames<RescaleOptions & Pick<RecordTwinOptions, 'perturbation'>> = {
  rescaleEvery: true,
  perturbation: true,
};

/**
 * Trains a network and its perturbed copy in lock step, on the same batches in the same order, and records the difference
 * perturbed - base of every weight at every iterate: the delta_t of the paper's eq. 5. Epoch metrics, stop rule, `final` and
 * `networkAt` are those of the base run.
 *
 * The difference is only as good as the arithmetic: keep the `fused` engine (float64). `fused32` and `tfjs` compute in float32,
 * whose rounding swamps any delta below about 1e-3, and therefore have no default delta; the same holds for compiled models of
 * TensorFlow.js, where a smaller one is refused. `recordTangent` needs no delta at all.
 *
 * In float32 many differences are exactly 0: of weights that move by the same number in both runs (more than half of them after
 * Adam's first update, which has one size for every gradient), and of weights that no update moves, as under padding or behind a
 * silent ReLU. A window with fewer than three other differences has no exponent (`constant`, `degenerate`), and the weight's
 * Granger test is `missing`. Of a residual network of a million weights on images of 12 x 12, 364,812 are tested and 511,488
 * meet no data at all.
 *
 * @throws TypeError, RangeError as `recordTraining` and `perturb`; RangeError also under `fused32` and `tfjs` and for a model for
 *   `rescaleEvery` or without a delta
 * @example
 * import { createNetwork, loadDataset, recordTwin } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05, perturbation: { weight: 0, delta: 1e-6 } });
 * twin.logNorm[0]; // -13.8155, that is ln 1e-6
 * twin.logNorm[2400]; // -12.32
 */
export async function recordTwin(
  network: Network,
  dataset: Dataset,
  options: RecordTwinOptions,
): Promise<DifferenceRecording>;
export async function recordTwin(
  model: LayersModel | Model,
  dataset: Dataset,
  options: ModelTwinOptions,
): Promise<DifferenceRecording<Model>>;
export async function recordTwin(
  source: Network | LayersModel | Model,
  dataset: Dataset,
  options: RecordTwinOptions | ModelTwinOptions,
): Promise<DifferenceRecording<Trainable>> {
  const plan = trainingPlan(source, dataset, options, 'record a twin', {
    ...memoryOptionNames,
    ...twinOptionNames,
  });
  const { perturbation = {}, recorders = [] } = options;
  const { network, settings } = plan;
  if (settings.engine !== 'fused') checkFloat32(options, network.kind, settings.engine);
  const perturbed = perturb(network, perturbation);
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  const log = differenceLog('twin', { weight, delta }, options as RescaleOptions);
  const sink = await openSink(
    {
      network,
      settings,
      iterationsPerEpoch: iterationsPerEpoch(dataset, settings),
      difference: log.facts,
      run: options,
    },
    options,
  );
  const difference = new Float64Array(flattenParameters(network).length);
  const recorded = await recordInto(sink, async () => {
    const pair =
      network.kind === 'network' && perturbed.kind === 'network' && settings.engine === 'fused'
        ? fusedPair(network, perturbed, dataset.train, settings as TrainingSettings)
        : await lockStep(
            () => plan.createEngine(network, 1),
            () => plan.createEngine(perturbed, 1),
          );
    const keep: Recorder = (iterate, parameters) => {
      pair.difference(difference);
      const kept = log.keep(iterate, difference);
      if (kept.factor !== 1) pair.rescale(kept.factor);
      return sink.append(parameters, kept);
    };
    return trainWith(pair, network, dataset, settings, {
      ...options,
      recorders: [...recorders, keep],
      onEpoch: metrics => sink.onEpoch(metrics),
    });
  });
  return log.recording(recorded.run, recorded.source);
}

/** @throws RangeError for what float32 cannot do */
export function checkFloat32(
  { perturbation = {}, rescaleEvery }: RescaleOptions & Pick<RecordTwinOptions, 'perturbation'>,
  kind: 'network' | 'model',
  engine: EngineName,
): void {
  const who = kind === 'model' ? 'a TensorFlow.js model' : `engine '${engine}'`;
  if (rescaleEvery !== undefined) {
    throw new RangeError(
      `Cannot rescale a difference: engine 'fused' is required, got ${kind === 'model' ? who : `'${engine}'`}`,
    );
  }
  const { delta } = perturbation;
  if (delta === undefined) {
    throw new RangeError(
      `Cannot record a twin: ${who} computes in float32, whose rounding swamps the default delta of ${DEFAULT_DELTA}; ` +
        `${kind === 'model' ? '' : "take engine 'fused' (float64) or "}state a delta, at least about 1e-3 to mean anything`,
    );
  }
  if (kind === 'model' && Math.abs(delta) < LEAST_DELTA) {
    throw new RangeError(
      `Cannot record a twin: ${who} computes in float32, a delta of at least ${LEAST_DELTA} is required, ${delta} came`,
    );
  }
}

/** Below it, rounding in float32 is a good part of the difference. */
const LEAST_DELTA = 1e-3;
