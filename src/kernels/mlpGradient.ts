import { mlpForward } from './mlpForward';
import type { MlpActivation, MlpLoss, MlpWorkspace } from './mlpWorkspace';

/**
 * Writes the gradient of the loss, summed over the rows `order[from]` … `order[to - 1]`, into `gradient` (same layout as
 * `parameters`). Dividing by `to - from` gives the gradient of the batch's mean loss.
 *
 * Backpropagation: delta_L = dL/dz at the outputs, delta_(l-1) = (W_l^T delta_l) f'(z_(l-1)), dL/dW_l = delta_l a_(l-1)^T,
 * dL/db_l = delta_l.
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
  gradient.fill(0);
  for (let k = from; k < to; k++) {
    mlpForward(workspace, parameters, inputs, order[k]);
    outputDeltas(workspace, targets, order[k], loss);
    for (let l = workspace.widths.length - 1; l > 1; l--) backward(workspace, parameters, gradient, l);
    firstLayer(workspace, gradient);
  }
}

/** delta_L. Squared error on sigmoid: -2 (y - a) a (1 - a) / m; cross entropy on softmax: a - y. */
function outputDeltas(workspace: MlpWorkspace, targets: Float64Array, row: number, loss: MlpLoss): void {
  const { activations: a, deltas, output, unitStart, widths } = workspace;
  const last = widths.length - 1;
  const start = unitStart[last];
  const m = widths[last];
  const target = row * m;
  if (loss === 'cross-entropy') {
    const share = output === 'softmax' ? 1 : m;
    for (let o = 0; o < m; o++) deltas[start + o] = (a[start + o] - targets[target + o]) / share;
    return;
  }
  for (let o = 0; o < m; o++) deltas[start + o] = (-2 * (targets[target + o] - a[start + o])) / m;
  if (output === 'softmax') {
    // dL/dz_o = a_o (g_o - sum_j g_j a_j), g = dL/da
    let mean = 0;
    for (let u = start; u < start + m; u++) mean += deltas[u] * a[u];
    for (let u = start; u < start + m; u++) deltas[u] = a[u] * (deltas[u] - mean);
  } else {
    timesSlope(output, a, deltas, start, start + m);
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

/** deltas *= f'(z), written in terms of a = f(z). */
function timesSlope(
  kind: MlpActivation,
  a: Float64Array,
  deltas: Float64Array,
  from: number,
  to: number,
): void {
  if (kind === 'sigmoid') {
    for (let u = from; u < to; u++) deltas[u] *= a[u] * (1 - a[u]);
  } else if (kind === 'tanh') {
    for (let u = from; u < to; u++) deltas[u] *= 1 - a[u] * a[u];
  } else if (kind === 'relu') {
    for (let u = from; u < to; u++) if (a[u] === 0) deltas[u] = 0;
  }
}
