import { mlpForward } from './mlpForward';
import { type MlpTangent, mlpTangentForward } from './mlpTangent';
import type { MlpActivation, MlpLoss, MlpWorkspace } from './mlpWorkspace';

/**
 * Writes the gradient of the loss and the product of its Hessian with a direction, both summed over the rows `order[from]`
 * … `order[to - 1]`. The gradient equals that of `mlpGradient` bit for bit.
 *
 * Backpropagation and its derivative along the direction (W', b'), marked by a dash (Pearlmutter 1994, Neural Computation 6,
 * 147): with s_(l-1) = W_l^T delta_l and delta_(l-1) = s_(l-1) f'(z_(l-1)),
 *
 *     s'_(l-1) = W'_l^T delta_l + W_l^T delta'_l
 *     delta'_(l-1) = s'_(l-1) f'(z_(l-1)) + s_(l-1) f''(z_(l-1)) z'_(l-1)
 *     (dL/dW_l)' = delta'_l a_(l-1)^T + delta_l a'_(l-1)^T,   (dL/db_l)' = delta'_l
 *
 * Exact but for rounding; at the kink of `relu` the second derivative is taken as 0.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param direction laid out as `parameters`
 * @param gradient out
 * @param product out, H direction
 * @param inputs rows x inputs, row-major
 * @param targets rows x outputs, row-major
 */
export function mlpHessianVector(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  parameters: Float64Array,
  direction: Float64Array,
  gradient: Float64Array,
  product: Float64Array,
  inputs: Float64Array,
  targets: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  loss: MlpLoss,
): void {
  gradient.fill(0);
  product.fill(0);
  for (let k = from; k < to; k++) {
    mlpForward(workspace, parameters, inputs, order[k]);
    mlpTangentForward(workspace, tangent, parameters, direction);
    outputDeltas(workspace, tangent, targets, order[k], loss);
    for (let l = workspace.widths.length - 1; l > 1; l--) {
      backward(workspace, tangent, parameters, direction, gradient, product, l);
    }
    firstLayer(workspace, tangent, gradient, product);
  }
}

/** delta_L and delta'_L of the row that the last forward pass saw; the losses as in `mlpGradient`. */
export function outputDeltas(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  targets: Float64Array,
  row: number,
  loss: MlpLoss,
): void {
  const { activations: a, deltas, output, unitStart, widths } = workspace;
  const { activations: da, deltas: dDeltas } = tangent;
  const last = widths.length - 1;
  const start = unitStart[last];
  const m = widths[last];
  const target = row * m;
  if (loss === 'cross-entropy') {
    const share = output === 'softmax' ? 1 : m;
    for (let o = 0; o < m; o++) {
      deltas[start + o] = (a[start + o] - targets[target + o]) / share;
      dDeltas[start + o] = da[start + o] / share;
    }
    return;
  }
  for (let o = 0; o < m; o++) {
    deltas[start + o] = (-2 * (targets[target + o] - a[start + o])) / m;
    dDeltas[start + o] = (2 * da[start + o]) / m;
  }
  if (output !== 'softmax') {
    timesSlope(output, a, da, deltas, dDeltas, start, start + m);
    return;
  }
  // dL/dz_o = a_o (g_o - sum_j g_j a_j), g = dL/da
  let mean = 0;
  let dMean = 0;
  for (let u = start; u < start + m; u++) {
    mean += deltas[u] * a[u];
    dMean += dDeltas[u] * a[u] + deltas[u] * da[u];
  }
  for (let u = start; u < start + m; u++) {
    dDeltas[u] = da[u] * (deltas[u] - mean) + a[u] * (dDeltas[u] - dMean);
    deltas[u] = a[u] * (deltas[u] - mean);
  }
}

/** Gradient and product of layer l (2 or later) from its deltas, and the deltas of the layer before it. */
function backward(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  parameters: Float64Array,
  direction: Float64Array,
  gradient: Float64Array,
  product: Float64Array,
  l: number,
): void {
  const { activations: a, deltas, unitStart, widths } = workspace;
  const { activations: da, deltas: dDeltas } = tangent;
  const before = unitStart[l - 1];
  const start = unitStart[l];
  const bias = workspace.biasStart[l];
  let w = workspace.weightStart[l];
  deltas.fill(0, before, start);
  dDeltas.fill(0, before, start);
  for (let o = 0; o < widths[l]; o++) {
    const delta = deltas[start + o];
    const dDelta = dDeltas[start + o];
    gradient[bias + o] += delta;
    product[bias + o] += dDelta;
    for (let u = before; u < start; u++, w++) {
      gradient[w] += delta * a[u];
      product[w] += dDelta * a[u] + delta * da[u];
      deltas[u] += delta * parameters[w];
      dDeltas[u] += delta * direction[w] + dDelta * parameters[w];
    }
  }
  timesSlope(workspace.hidden, a, da, deltas, dDeltas, before, start);
}

function firstLayer(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  gradient: Float64Array,
  product: Float64Array,
): void {
  const { activations, active, activeCount, deltas, widths } = workspace;
  const width = widths[0];
  const bias = workspace.biasStart[1];
  for (let o = 0; o < widths[1]; o++) {
    const delta = deltas[width + o];
    const dDelta = tangent.deltas[width + o];
    gradient[bias + o] += delta;
    product[bias + o] += dDelta;
    for (let k = 0; k < activeCount; k++) {
      const i = active[k];
      gradient[o * width + i] += delta * activations[i];
      product[o * width + i] += dDelta * activations[i];
    }
  }
}

/** s becomes s f'(z) and s' becomes s' f'(z) + s (f'(z))', written in terms of a = f(z) and a'. */
function timesSlope(
  kind: MlpActivation,
  a: Float64Array,
  da: Float64Array,
  deltas: Float64Array,
  dDeltas: Float64Array,
  from: number,
  to: number,
): void {
  if (kind === 'sigmoid') {
    for (let u = from; u < to; u++) {
      const slope = a[u] * (1 - a[u]);
      dDeltas[u] = dDeltas[u] * slope + deltas[u] * (1 - 2 * a[u]) * da[u];
      deltas[u] *= slope;
    }
  } else if (kind === 'tanh') {
    for (let u = from; u < to; u++) {
      const slope = 1 - a[u] * a[u];
      dDeltas[u] = dDeltas[u] * slope - deltas[u] * 2 * a[u] * da[u];
      deltas[u] *= slope;
    }
  } else if (kind === 'relu') {
    for (let u = from; u < to; u++) {
      if (a[u] !== 0) continue;
      deltas[u] = 0;
      dDeltas[u] = 0;
    }
  }
}
