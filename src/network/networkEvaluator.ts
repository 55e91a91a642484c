import type { Part } from '../data/dataset';
import { mlpLoss } from '../kernels/mlpLoss';
import type { Evaluation } from './engine';
import type { Network } from './network';
import { networkWorkspace } from './predict';
import type { Loss } from './trainingSettings';

/** Loss and outputs of a network of this shape in float64; the outputs of each part go to an array of their own. */
export function networkEvaluator(
  network: Network,
  loss: Loss,
): (parameters: Float64Array, part: Part) => Evaluation {
  const workspace = networkWorkspace(network);
  const width = network.layers[network.layers.length - 1];
  const kept = new Map<Part, Float64Array>();
  return (parameters, part) => {
    const { inputs, targets, rows } = part;
    const outputs = kept.get(part) ?? new Float64Array(rows * width); // rows x outputs
    kept.set(part, outputs);
    return { loss: mlpLoss(workspace, parameters, inputs, targets, rows, loss, outputs), outputs };
  };
}
