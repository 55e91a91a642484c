import type { Dataset } from '../data/dataset';
import { type DifferenceRecording, differenceLog, type RescaleOptions } from './differenceRecording';
import type { Engine } from './engine';
import { fusedPair, type PairEngine } from './fusedPair';
import { memoryStores } from './memoryRecording';
import type { Network } from './network';
import { parameterCount } from './parameters';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import type { RecordOptions } from './recordTraining';
import { createEngine, iterationsPerEpoch, trainWith } from './train';
import { trainingSettings } from './trainingSettings';

export interface RecordTwinOptions extends RecordOptions, RescaleOptions {
  /** What distinguishes the second run. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

/**
 * Trains a network and its perturbed copy in lock step, on the same batches in the same order, and records the difference
 * perturbed - base of every weight at every iterate: the delta_t of the paper's eq. 5. Epoch metrics, stop rule, `final` and
 * `networkAt` are those of the base run.
 *
 * The difference is only as good as the arithmetic: keep the `fused` engine (float64). Under float32 the rounding swamps
 * any delta below about 1e-3. `recordTangent` needs no delta at all.
 *
 * @throws TypeError, RangeError as `recordTraining` and `perturb`; RangeError also for `rescaleEvery` under `tfjs`
 */
export async function recordTwin(
  network: Network,
  dataset: Dataset,
  options: RecordTwinOptions,
): Promise<DifferenceRecording> {
  const { perturbation = {}, recorders = [] } = options;
  const settings = trainingSettings(network, dataset, options);
  const perturbed = perturb(network, perturbation);
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(network, iterates, options, true);
  const log = differenceLog(stores, options);
  if (settings.engine !== 'fused' && options.rescaleEvery !== undefined) {
    throw new RangeError(`Cannot rescale a difference: engine 'fused' is required, got '${settings.engine}'`);
  }
  const pair =
    settings.engine === 'fused'
      ? fusedPair(network, perturbed, dataset.train, settings)
      : lockStep(
          await createEngine(network, dataset, settings),
          await createEngine(perturbed, dataset, settings),
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

/** Two engines that take every step together; their difference cannot be rescaled. */
function lockStep(first: Engine, second: Engine): PairEngine {
  return {
    parameters: () => first.parameters(),
    step(order, from, to) {
      first.step(order, from, to);
      second.step(order, from, to);
    },
    difference(out) {
      const [a, b] = [first.parameters(), second.parameters()];
      for (let k = 0; k < out.length; k++) out[k] = b[k] - a[k];
    },
    rescale() {
      throw new Error('This pair cannot be rescaled');
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}
