import type { Part } from '../data/dataset';
import { mlpLoss, squaredError } from '../kernels/mlpLoss';
import type { MlpStep } from '../kernels/mlpStep';
import type { Evaluation } from './engine';
import type { Network } from './network';
import { networkWorkspace } from './predict';
import type { Loss } from './trainingSettings';

/**
 * Loss and outputs of a network of this shape in float64; the outputs of each part go to an array of their own.
 *
 * @param single a kernel of this network whose parameters are those evaluated, for squared error; null for none
 */
export function networkEvaluator(
  network: Network,
  loss: Loss,
  single: MlpStep | null = null,
): (parameters: Float64Array, part: Part) => Evaluation {
  const workspace = networkWorkspace(network);
  const width = network.layers[network.layers.length - 1];
  const kept = new Map<Part, Float64Array>();
  return (parameters, part) => {
    const { inputs, targets, rows } = part;
    const outputs = kept.get(part) ?? new Float64Array(rows * width); // rows x outputs
    kept.set(part, outputs);
    if (single?.predict(inputs, rows, outputs))
      return { loss: squaredError(outputs, targets, rows), outputs };
    return { loss: mlpLoss(workspace, parameters, inputs, targets, rows, loss, outputs), outputs };
  };
}
