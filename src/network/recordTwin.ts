import type { Dataset } from '../data/dataset';
import type { Engine } from './engine';
import { memoryRecording, memoryStores } from './memoryRecording';
import type { Network } from './network';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import type { Recording } from './recording';
import type { RecordOptions } from './recordTraining';
import { createEngine, iterationsPerEpoch, trainWith } from './train';
import { trainingSettings } from './trainingSettings';

export interface RecordTwinOptions extends RecordOptions {
  /** What distinguishes the second run. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

/**
 * Trains a network and its perturbed copy in lock step, on the same batches in the same order, and records the difference
 * perturbed - base of every weight at every iterate: the delta_t of the paper's eq. 5. Epoch metrics, stop rule, `final` and
 * `networkAt` are those of the base run.
 *
 * The difference is only as good as the arithmetic: keep the `fused` engine (float64). Under float32 the rounding swamps
 * any delta below about 1e-3.
 *
 * @throws TypeError, RangeError as `recordTraining` and `perturb`
 */
export async function recordTwin(
  network: Network,
  dataset: Dataset,
  options: RecordTwinOptions,
): Promise<Recording> {
  const { perturbation = {}, recorders = [] } = options;
  const settings = trainingSettings(network, dataset, options);
  const perturbed = perturb(network, perturbation);
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(network, iterates, options, true);
  const base = await createEngine(network, dataset, settings);
  const twin = await createEngine(perturbed, dataset, settings);
  const keep = (_: number, parameters: Float64Array): void => {
    stores.parameters.append(parameters);
    const other = twin.parameters();
    const difference = stores.difference!.reserve();
    for (let k = 0; k < difference.length; k++) difference[k] = other[k] - parameters[k];
  };
  const run = await trainWith(lockStep(base, twin), network, dataset, settings, {
    ...options,
    recorders: [...recorders, keep],
  });
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  return memoryRecording(run, stores, { weight, delta });
}

/** Two engines that take every step together; seen from outside it is the first. */
function lockStep(first: Engine, second: Engine): Engine {
  return {
    parameters: () => first.parameters(),
    step(order, from, to) {
      first.step(order, from, to);
      second.step(order, from, to);
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}
