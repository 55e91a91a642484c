import { mlpForward } from './mlpForward';
import { outputDeltas } from './mlpHessianVector';
import { type MlpTangent, timesSlope } from './mlpTangent';
import type { MlpActivation, MlpLoss, MlpWorkspace } from './mlpWorkspace';

/**
 * Writes the diagonal of the Hessian of the loss, d2L/dw2 of every weight and bias, summed over the rows `order[from]` …
 * `order[to - 1]`, into `diagonal`.
 *
 * A weight enters only through z_l = W_l a_(l-1) + b_l, linearly, so d2L/dW_l[o,i]2 = H_l[o,o] a_(l-1)[i]^2 with H_l the
 * Hessian of the loss with respect to z_l. Backwards, with D = diag(f'(z_(l-1))) and s = W_l^T delta_l (Botev, Ritter and
 * Barber 2017, Practical Gauss-Newton optimisation for deep learning, section 3):
 *
 *     H_(l-1) = D W_l^T H_l W_l D + diag(s f''(z_(l-1)))
 *
 * Exact but for rounding, while LeCun, Denker and Solla (1990) drop what H_l has off its diagonal. At the kink of `relu` the
 * second derivative is taken as 0. A row costs about the sum of w_l^2 w_(l-1) over the layers after the first and of
 * w_l w_(l-1)^2 over those after the second, w the widths.
 *
 * @param tangent scratch memory
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param diagonal out, laid out as `parameters`
 * @param inputs rows x inputs, row-major
 * @param targets rows x outputs, row-major
 */
export function mlpHessianDiagonal(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  parameters: Float64Array,
  diagonal: Float64Array,
  inputs: Float64Array,
  targets: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  loss: MlpLoss,
): void {
  const { widths } = workspace;
  const last = widths.length - 1;
  const widest = widths.subarray(1).reduce((most, width) => Math.max(most, width), 0);
  let hessian = new Float64Array(widest * widest);
  let next = new Float64Array(widest * widest);
  const product = new Float64Array(widest * widest);
  diagonal.fill(0);
  for (let k = from; k < to; k++) {
    mlpForward(workspace, parameters, inputs, order[k]);
    outputHessian(workspace, tangent, targets, order[k], loss, hessian);
    for (let l = last; l > 1; l--) {
      addLayer(workspace, hessian, diagonal, l);
      backward(workspace, parameters, hessian, product, next, l);
      [hessian, next] = [next, hessian];
    }
    addFirstLayer(workspace, hessian, diagonal);
  }
}

/** H of the output layer, column by column: the change of dL/dz when one z moves. Leaves dL/dz in the deltas. */
function outputHessian(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  targets: Float64Array,
  row: number,
  loss: MlpLoss,
  hessian: Float64Array,
): void {
  const { activations, output, unitStart, widths } = workspace;
  const start = unitStart[widths.length - 1];
  const m = widths[widths.length - 1];
  for (let j = 0; j < m; j++) {
    tangent.activations.fill(0, start);
    tangent.activations[start + j] = 1;
    timesSlope(output, activations, tangent.activations, start, start + m);
    outputDeltas(workspace, tangent, targets, row, loss);
    for (let o = 0; o < m; o++) hessian[o * m + j] = tangent.deltas[start + o];
  }
}

function addLayer(workspace: MlpWorkspace, hessian: Float64Array, diagonal: Float64Array, l: number): void {
  const { activations: a, biasStart, unitStart, weightStart, widths } = workspace;
  let w = weightStart[l];
  for (let o = 0; o < widths[l]; o++) {
    const curvature = hessian[o * widths[l] + o];
    diagonal[biasStart[l] + o] += curvature;
    for (let u = unitStart[l - 1]; u < unitStart[l]; u++) diagonal[w++] += curvature * a[u] * a[u];
  }
}

/** As `addLayer`; zero inputs add nothing. */
function addFirstLayer(workspace: MlpWorkspace, hessian: Float64Array, diagonal: Float64Array): void {
  const { active, activeCount, activations: a, biasStart, widths } = workspace;
  for (let o = 0; o < widths[1]; o++) {
    const curvature = hessian[o * widths[1] + o];
    diagonal[biasStart[1] + o] += curvature;
    for (let k = 0; k < activeCount; k++) {
      diagonal[o * widths[0] + active[k]] += curvature * a[active[k]] * a[active[k]];
    }
  }
}

/** H_(l-1) from H_l, and the deltas of layer l - 1. */
function backward(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  hessian: Float64Array,
  product: Float64Array,
  before: Float64Array,
  l: number,
): void {
  const { activations: a, deltas, hidden, unitStart, weightStart, widths } = workspace;
  const rows = widths[l];
  const columns = widths[l - 1];
  const start = weightStart[l];
  // product = H_l W_l, rows x columns; sums run along rows of W, as it lies in memory
  product.fill(0, 0, rows * columns);
  for (let o = 0; o < rows; o++) {
    for (let p = 0; p < rows; p++) {
      const h = hessian[o * rows + p];
      for (let i = 0; i < columns; i++) product[o * columns + i] += h * parameters[start + p * columns + i];
    }
  }
  before.fill(0, 0, columns * columns);
  for (let o = 0; o < rows; o++) {
    for (let i = 0; i < columns; i++) {
      const w = parameters[start + o * columns + i];
      // Of H_1 nothing but the diagonal is read.
      const first = l === 2 ? i : 0;
      const end = l === 2 ? i + 1 : columns;
      for (let j = first; j < end; j++) before[i * columns + j] += w * product[o * columns + j];
    }
  }
  const from = unitStart[l - 1];
  for (let i = 0; i < columns; i++) {
    const slope = firstSlope(hidden, a[from + i]);
    let s = 0;
    for (let o = 0; o < rows; o++) s += parameters[start + o * columns + i] * deltas[unitStart[l] + o];
    for (let j = 0; j < columns; j++) before[i * columns + j] *= slope * firstSlope(hidden, a[from + j]);
    before[i * columns + i] += s * secondSlope(hidden, a[from + i]);
    deltas[from + i] = s * slope;
  }
}

/** f'(z) in terms of a = f(z). */
function firstSlope(kind: MlpActivation, a: number): number {
  if (kind === 'sigmoid') return a * (1 - a);
  if (kind === 'tanh') return 1 - a * a;
  if (kind === 'relu') return a === 0 ? 0 : 1;
  return 1;
}

/** f''(z) in terms of a = f(z). */
function secondSlope(kind: MlpActivation, a: number): number {
  if (kind === 'sigmoid') return a * (1 - a) * (1 - 2 * a);
  if (kind === 'tanh') return -2 * a * (1 - a * a);
  return 0;
}
