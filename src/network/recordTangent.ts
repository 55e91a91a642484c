import { checkOptions, type OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type DifferenceRecording, differenceLog, type RescaleOptions } from './differenceRecording';
import { recordInto } from './iterateSink';
import type { Network } from './network';
import { openSink } from './openSink';
import { parameterCount } from './parameters';
import { DEFAULT_DELTA, type Perturbation, perturb } from './perturb';
import { type RecordOptions, recordOptionNames } from './recordTraining';
import { tangentEngine } from './tangentEngine';
import { iterationsPerEpoch, trainWith } from './train';
import { type Recorder, trainingSettings } from './trainingSettings';

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
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  const direction = directionOf(network, perturbation);
  const log = differenceLog('tangent', { weight, delta }, options);
  const engine = tangentEngine(network, dataset.train, settings, direction);
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
  const keep: Recorder = (iterate, parameters) => {
    const kept = log.keep(iterate, engine.direction);
    const pending = sink.append(parameters, kept);
    if (kept.factor !== 1) engine.rescale(kept.factor);
    return pending;
  };
  const { run, source } = await recordInto(sink, () =>
    trainWith(engine, network, dataset, settings, {
      ...options,
      recorders: [...recorders, keep],
      onEpoch: metrics => sink.onEpoch(metrics),
    }),
  );
  return log.recording(run, source);
}

/** `delta` at every perturbed weight, 0 elsewhere. */
function directionOf(network: Network, perturbation: Perturbation): Float64Array {
  perturb(network, perturbation); // the same checks as for a twin
  const { weight = 0, delta = DEFAULT_DELTA } = perturbation;
  const direction = new Float64Array(parameterCount(network.layers));
  for (const index of typeof weight === 'number' ? [weight] : weight) direction[index] = delta;
  return direction;
}
