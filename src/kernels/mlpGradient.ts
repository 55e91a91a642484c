import { mlpBatch } from './mlpBatch';
import { outputDeltas, timesSlope } from './mlpDeltas';
import { mlpForward } from './mlpForward';
import type { MlpLoss, MlpWorkspace } from './mlpWorkspace';

/**
 * Writes the gradient of the loss, summed over the rows `order[from]` … `order[to - 1]`, into `gradient` (same layout as
 * `parameters`). Dividing by `to - from` gives the gradient of the batch's mean loss.
 *
 * Backpropagation: delta_L = dL/dz at the outputs, delta_(l-1) = (W_l^T delta_l) f'(z_(l-1)), dL/dW_l = delta_l a_(l-1)^T,
 * dL/db_l = delta_l.
 *
 * Larger batches of wider networks go through `mlpBatch`, to the same bits.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param inputs rows x inputs, row-major
 * @param targets rows x outputs, row-major
 */
export function mlpGradient(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  gradient: Float64Array,
  inputs: Float64Array,
  targets: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  loss: MlpLoss,
): void {
  const batch = mlpBatch(workspace, to - from);
  if (batch !== null) {
    batch.gradient(workspace, parameters, gradient, inputs, targets, order, from, to, loss);
    return;
  }
  gradient.fill(0);
  const { widths, unitStart, activations, deltas, output } = workspace;
  const last = widths.length - 1;
  for (let k = from; k < to; k++) {
    mlpForward(workspace, parameters, inputs, order[k]);
    outputDeltas(activations, deltas, unitStart[last], widths[last], output, targets, order[k], loss);
    for (let l = workspace.widths.length - 1; l > 1; l--) backward(workspace, parameters, gradient, l);
    firstLayer(workspace, gradient);
  }
}

/** Gradient of layer l (2 or later) from its deltas, and the deltas of the layer before it. */
function backward(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  gradient: Float64Array,
  l: number,
): void {
  const { activations, deltas, unitStart, widths } = workspace;
  const before = unitStart[l - 1];
  const start = unitStart[l];
  const bias = workspace.biasStart[l];
  const width = widths[l - 1];
  let w = workspace.weightStart[l];
  for (let u = before; u < start; u++) deltas[u] = 0;
  for (let o = 0; o < widths[l]; o++) {
    const delta = deltas[start + o];
    gradient[bias + o] += delta;
    for (let u = before; u < start; u++, w++) {
      gradient[w] += delta * activations[u];
      deltas[u] += delta * parameters[w];
    }
  }
  timesSlope(workspace.hidden, activations, deltas, before, before + width);
}

function firstLayer(workspace: MlpWorkspace, gradient: Float64Array): void {
  const { activations, active, activeCount, deltas, widths } = workspace;
  const width = widths[0];
  const bias = workspace.biasStart[1];
  for (let o = 0; o < widths[1]; o++) {
    const delta = deltas[width + o];
    gradient[bias + o] += delta;
    for (let k = 0; k < activeCount; k++) {
      const i = active[k];
      gradient[o * width + i] += delta * activations[i];
    }
  }
}
