import { checkOptions, type OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type DifferenceRecording, differenceLog, type RescaleOptions } from './differenceRecording';
import { fusedPair } from './fusedPair';
import { lockStep } from './lockStep';
import { memoryStores } from './memoryRecording';
import type { Network } from './network';
import { parameterCount } from './parameters';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import { type RecordOptions, recordOptionNames } from './recordTraining';
import { createEngine, iterationsPerEpoch, trainWith } from './train';
import { trainingSettings } from './trainingSettings';

export interface RecordTwinOptions extends RecordOptions, RescaleOptions {
  /** What distinguishes the second run. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

const recordTwinOptionNames: OptionNames<RecordTwinOptions> = {
  ...recordOptionNames,
  rescaleEvery: true,
  perturbation: true,
};

/** Smallest perturbation that float32 training does not drown in its rounding. */
const LEAST_FLOAT32_DELTA = 1e-3;

/**
 * Trains a network and its perturbed copy in lock step, on the same batches in the same order, and records the difference
 * perturbed - base of every weight at every iterate: the delta_t of the paper's eq. 5. Epoch metrics, stop rule, `final` and
 * `networkAt` are those of the base run.
 *
 * The difference is only as good as the arithmetic: keep the `fused` engine (float64). `tfjs` computes in float32, whose
 * rounding swamps small differences, and takes no delta below 1e-3. `recordTangent` needs no delta at all.
 *
 * @throws TypeError, RangeError as `recordTraining` and `perturb`; RangeError also under `tfjs` for `rescaleEvery` or a delta
 *   below 1e-3
 */
export async function recordTwin(
  network: Network,
  dataset: Dataset,
  options: RecordTwinOptions,
): Promise<DifferenceRecording> {
  checkOptions(options, recordTwinOptionNames, 'record a twin');
  const { perturbation = {}, recorders = [] } = options;
  const settings = trainingSettings(network, dataset, options);
  const perturbed = perturb(network, perturbation);
  if (settings.engine === 'tfjs') checkFloat32(options);
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(network, iterates, options, true);
  const log = differenceLog(stores, options);
  const pair =
    settings.engine === 'fused'
      ? fusedPair(network, perturbed, dataset.train, settings)
      : await lockStep(
          () => createEngine(network, dataset, settings),
          () => createEngine(perturbed, dataset, settings),
        );
  const difference = new Float64Array(parameterCount(network.layers));
  const keep = (iterate: number, parameters: Float64Array): void => {
    stores.parameters.append(parameters);
    pair.difference(difference);
    const factor = log.keep(iterate, difference);
    if (factor !== 1) pair.rescale(factor);
  };
  const run = await trainWith(pair, network, dataset, settings, {
    ...options,
    recorders: [...recorders, keep],
  });
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  return log.recording(run, 'twin', { weight, delta });
}

function checkFloat32({ perturbation = {}, rescaleEvery }: RecordTwinOptions): void {
  const { delta = DEFAULT_DELTA } = perturbation;
  if (rescaleEvery !== undefined) {
    throw new RangeError("Cannot rescale a difference: engine 'fused' is required, got 'tfjs'");
  }
  if (Math.abs(delta) < LEAST_FLOAT32_DELTA) {
    throw new RangeError(
      `Cannot record a twin: engine 'tfjs' computes in float32, whose rounding swamps a delta of ${delta}; ` +
        `take engine 'fused' (float64) or a delta of at least ${LEAST_FLOAT32_DELTA}`,
    );
  }
}
