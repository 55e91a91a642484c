import type { Part } from '../data/dataset';
import { mlpHessianVector } from '../kernels/mlpHessianVector';
import { mlpTangent } from '../kernels/mlpTangent';
import { mlpUpdate } from '../kernels/mlpUpdate';
import { removedWeights } from './applyMask';
import type { Engine } from './engine';
import type { StepSettings } from './fusedEngine';
import type { Network } from './network';
import { networkEvaluator } from './networkEvaluator';
import { flattenParameters } from './parameters';
import { networkWorkspace } from './predict';

/** A run and a direction that is carried along by the derivative of every update. */
export interface TangentEngine extends Engine {
  /** Weights, then biases; updated in place. */
  readonly direction: Float64Array;
  /** Multiplies the direction, velocity included. */
  rescale(factor: number): void;
}

/**
 * Trains in float64 as `fusedEngine` does, bit for bit, and takes the direction d through the linearised update
 * v' <- momentum v' + H d, d <- d - learningRate v', with H the Hessian of the batch's mean loss at the current parameters.
 *
 * @param direction weights, then biases; taken over and changed
 */
export function tangentEngine(
  network: Network,
  part: Part,
  settings: StepSettings,
  direction: Float64Array,
): TangentEngine {
  const { learningRate, momentum, loss } = settings;
  const { inputs, targets } = part;
  const workspace = networkWorkspace(network);
  const tangent = mlpTangent(workspace);
  const parameters = flattenParameters(network);
  const [gradient, product, velocity, directionVelocity] = Array.from(
    { length: 4 },
    () => new Float64Array(parameters.length),
  );
  const evaluate = networkEvaluator(network, loss);
  const removed = removedWeights(network.mask);
  return {
    direction,
    parameters: () => parameters,
    step(order, from, to) {
      mlpHessianVector(
        workspace,
        tangent,
        parameters,
        direction,
        gradient,
        product,
        inputs,
        targets,
        order,
        from,
        to,
        loss,
      );
      mlpUpdate(parameters, gradient, velocity, removed, to - from, learningRate, momentum);
      mlpUpdate(direction, product, directionVelocity, removed, to - from, learningRate, momentum);
    },
    rescale(factor) {
      for (let k = 0; k < direction.length; k++) {
        direction[k] *= factor;
        directionVelocity[k] *= factor;
      }
    },
    evaluate: other => evaluate(parameters, other),
    dispose() {},
  };
}
