import type { Part } from '../data/dataset';
import { mlpGradient } from '../kernels/mlpGradient';
import { mlpUpdate } from '../kernels/mlpUpdate';
import { removedWeights } from './applyMask';
import type { Engine } from './engine';
import type { Network } from './network';
import { networkEvaluator } from './networkEvaluator';
import { flattenParameters } from './parameters';
import { networkWorkspace } from './predict';
import type { TrainingSettings } from './trainingSettings';

/** What an engine reads of the settings. */
export type StepSettings = Pick<TrainingSettings, 'learningRate' | 'momentum' | 'loss'>;

/** Trains in float64 with our own kernels, in place and without allocating. */
export function fusedEngine(network: Network, part: Part, settings: StepSettings): Engine {
  const { learningRate, momentum, loss } = settings;
  const { inputs, targets } = part;
  const workspace = networkWorkspace(network);
  const parameters = flattenParameters(network);
  const gradient = new Float64Array(parameters.length);
  const velocity = new Float64Array(parameters.length);
  const evaluate = networkEvaluator(network, loss);
  const removed = removedWeights(network.mask);
  return {
    parameters: () => parameters,
    step(order, from, to) {
      mlpGradient(workspace, parameters, gradient, inputs, targets, order, from, to, loss);
      mlpUpdate(parameters, gradient, velocity, removed, to - from, learningRate, momentum);
    },
    evaluate: other => evaluate(parameters, other),
    dispose() {},
  };
}
