import type { Part } from '../data/dataset';
import { mlpGradient } from '../kernels/mlpGradient';
import { mlpUpdate } from '../kernels/mlpUpdate';
import { removedWeights } from './applyMask';
import type { Engine } from './engine';
import type { StepSettings } from './fusedEngine';
import type { Network } from './network';
import { networkEvaluator } from './networkEvaluator';
import { flattenParameters } from './parameters';
import { networkWorkspace } from './predict';

/** Two runs that take every step together; seen from outside it is the first. */
export interface PairEngine extends Engine {
  /** Writes second run minus first, weights, then biases. */
  difference(out: Float64Array): void;
  /** Moves the second run: its difference to the first, velocity included, is multiplied by `factor`. */
  rescale(factor: number): void;
}

/** A pair trained in float64 by our own kernels; each run equals that of `fusedEngine`, bit for bit, until rescaled. */
export function fusedPair(first: Network, second: Network, part: Part, settings: StepSettings): PairEngine {
  const { learningRate, momentum, loss } = settings;
  const workspace = networkWorkspace(first);
  const [a, b] = [runState(first), runState(second)];
  const evaluate = networkEvaluator(first, loss);
  const gradient = new Float64Array(a.parameters.length);
  return {
    parameters: () => a.parameters,
    step(order, from, to) {
      for (const { parameters, velocity, removed } of [a, b]) {
        mlpGradient(workspace, parameters, gradient, part.inputs, part.targets, order, from, to, loss);
        mlpUpdate(parameters, gradient, velocity, removed, to - from, learningRate, momentum);
      }
    },
    difference(out) {
      for (let k = 0; k < out.length; k++) out[k] = b.parameters[k] - a.parameters[k];
    },
    rescale(factor) {
      pull(a.parameters, b.parameters, factor);
      pull(a.velocity, b.velocity, factor);
    },
    evaluate: other => evaluate(a.parameters, other),
    dispose() {},
  };
}

interface RunState {
  readonly parameters: Float64Array;
  readonly velocity: Float64Array;
  readonly removed: Int32Array;
}

function runState(network: Network): RunState {
  const parameters = flattenParameters(network);
  return { parameters, velocity: new Float64Array(parameters.length), removed: removedWeights(network.mask) };
}

/** Writes a + factor (b - a) to b. */
function pull(a: Float64Array, b: Float64Array, factor: number): void {
  for (let k = 0; k < a.length; k++) b[k] = a[k] + factor * (b[k] - a[k]);
}
