import type { Part } from '../data/dataset';
import { mlpGradient } from '../kernels/mlpGradient';
import { createMlpStep } from '../kernels/mlpStep';
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
  const removed = removedWeights(network.mask);
  const initial = flattenParameters(network);
  const single =
    momentum === 0 && loss === 'squared-error'
      ? createMlpStep(workspace, initial, inputs, targets, removed)
      : null;
  const evaluate = networkEvaluator(network, loss, single);
  const parameters = single === null ? initial : single.parameters;
  const gradient = new Float64Array(parameters.length);
  const velocity = new Float64Array(parameters.length);
  return {
    parameters: () => parameters,
    step(order, from, to) {
      if (to - from === 1 && single?.step(order[from], learningRate)) return;
      mlpGradient(workspace, parameters, gradient, inputs, targets, order, from, to, loss);
      mlpUpdate(parameters, gradient, velocity, removed, to - from, learningRate, momentum);
    },
    ...(single && { singles: (order, from, to) => single.steps(order, from, to, learningRate) }),
    evaluate: other => evaluate(parameters, other),
    dispose() {
      single?.dispose();
    },
  };
}
