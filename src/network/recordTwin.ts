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

/** How `recordTwin` trains both networks, and what sets them apart. */
export interface RecordTwinOptions extends RecordOptions, RescaleOptions {
  /** What distinguishes the second run. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

const recordTwinOptionNames: OptionNames<RecordTwinOptions> = {
  ...recordOptionNames,
  rescaleEvery: true,
  perturbation: true,
};

/**
 * Trains a network and its perturbed copy in lock step, on the same batches in the same order, and records the difference
 * perturbed - base of every weight at every iterate: the delta_t of the paper's eq. 5. Epoch metrics, stop rule, `final` and
 * `networkAt` are those of the base run.
 *
 * The difference is only as good as the arithmetic: keep the `fused` engine (float64). `tfjs` computes in float32, whose
 * rounding swamps any delta below about 1e-3, and therefore has no default delta. `recordTangent` needs no delta at all.
 *
 * @throws TypeError, RangeError as `recordTraining` and `perturb`; RangeError also under `tfjs` for `rescaleEvery` or without
 *   a delta
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
  if (rescaleEvery !== undefined) {
    throw new RangeError("Cannot rescale a difference: engine 'fused' is required, got 'tfjs'");
  }
  if (perturbation.delta === undefined) {
    throw new RangeError(
      `Cannot record a twin: engine 'tfjs' computes in float32, whose rounding swamps the default delta of ${DEFAULT_DELTA}; ` +
        "take engine 'fused' (float64) or state a delta, at least about 1e-3 to mean anything",
    );
  }
}
