import { checkOptions, type OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type DifferenceRecording, differenceLog, type RescaleOptions } from './differenceRecording';
import { memoryStores } from './memoryRecording';
import type { Network } from './network';
import { parameterCount } from './parameters';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import { type RecordOptions, recordOptionNames } from './recordTraining';
import { tangentEngine } from './tangentEngine';
import { iterationsPerEpoch, trainWith } from './train';
import { trainingSettings } from './trainingSettings';

/** How `recordTangent` trains, and the direction whose growth it follows. */
export interface RecordTangentOptions extends RecordOptions, RescaleOptions {
  /** Direction in which the derivative is taken; `delta` only sets the unit. Default: weight 0, delta 1e-6. */
  readonly perturbation?: Perturbation;
}

const recordTangentOptionNames: OptionNames<RecordTangentOptions> = {
  ...recordOptionNames,
  rescaleEvery: true,
  perturbation: true,
};

/**
 * Trains a network and records, at every iterate, the derivative of every weight with respect to a perturbation of the
 * initial weights, times the size of the perturbation: what `recordTwin` records in the limit of a small delta, without its
 * rounding (median relative difference about 1e-6 at delta 1e-6). With H_t the Hessian of the loss on the batch of update t,
 *
 *     delta_(t+1) = delta_t - learningRate H_t delta_t
 *
 * (with momentum, v_(t+1) = momentum v_t + H_t delta_t in place of H_t delta_t), by exact Hessian-vector products. It costs
 * about as much as a twin. With `relu`, whose kinks have no second derivative, it is the derivative between kinks.
 *
 * @throws TypeError, RangeError as `recordTwin`; RangeError also for any engine but `fused`
 * @example
 * import { createNetwork, loadDataset, recordTangent } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const tangent = await recordTangent(network, iris, { epochs: 20, learningRate: 0.05 });
 * tangent.logNorm[2400]; // -12.32, as `recordTwin` gives for a millionth
 */
export async function recordTangent(
  network: Network,
  dataset: Dataset,
  options: RecordTangentOptions,
): Promise<DifferenceRecording> {
  checkOptions(options, recordTangentOptionNames, 'record a tangent');
  const { perturbation = {}, recorders = [] } = options;
  const settings = trainingSettings(network, dataset, options);
  if (settings.engine !== 'fused') {
    throw new RangeError(`Cannot record a tangent: engine 'fused' is required, got '${settings.engine}'`);
  }
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const stores = memoryStores(network, iterates, options, true);
  const log = differenceLog(stores, options);
  const engine = tangentEngine(network, dataset.train, settings, directionOf(network, perturbation));
  const keep = (iterate: number, parameters: Float64Array): void => {
    stores.parameters.append(parameters);
    const factor = log.keep(iterate, engine.direction);
    if (factor !== 1) engine.rescale(factor);
  };
  const run = await trainWith(engine, network, dataset, settings, {
    ...options,
    recorders: [...recorders, keep],
  });
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  return log.recording(run, 'tangent', { weight, delta });
}

/** `delta` at every perturbed weight, 0 elsewhere. */
function directionOf(network: Network, perturbation: Perturbation): Float64Array {
  perturb(network, perturbation); // the same checks as for a twin
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  const direction = new Float64Array(parameterCount(network.layers));
  for (const index of typeof weight === 'number' ? [weight] : weight) direction[index] = delta;
  return direction;
}
