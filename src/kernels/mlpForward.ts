import type { MlpActivation, MlpWorkspace } from './mlpWorkspace';

/**
 * One forward pass: a_l = f(W_l a_(l-1) + b_l). Leaves the value of every unit in `workspace.activations` and the
 * outputs before their activation in `workspace.logits`.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param inputs rows x inputs, row-major
 */
export function mlpForward(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  inputs: Float64Array,
  row: number,
): void {
  const { unitStart, activations, hidden } = workspace;
  loadRow(workspace, inputs, row);
  firstLayer(workspace, parameters);
  if (unitStart.length > 2) activate(hidden, activations, unitStart[1], unitStart[2]);
  forwardAbove(workspace, parameters);
}

/**
 * The rest of a forward pass: `workspace.activations` holds the first hidden layer, activated, or without hidden layers the
 * outputs before their activation.
 */
export function forwardAbove(workspace: MlpWorkspace, parameters: Float64Array): void {
  const { widths, weightStart, biasStart, unitStart, activations, logits, hidden, output } = workspace;
  const last = widths.length - 1;
  for (let l = 2; l <= last; l++) {
    const from = unitStart[l - 1];
    const to = unitStart[l];
    const bias = biasStart[l];
    const width = widths[l - 1];
    let w = weightStart[l];
    for (let o = 0; o < widths[l]; o++) {
      let z = 0;
      for (let i = 0; i < width; i++) z += parameters[w++] * activations[from + i];
      activations[to + o] = z + parameters[bias + o];
    }
    if (l < last) activate(hidden, activations, to, to + widths[l]);
  }
  const outputs = unitStart[last];
  for (let o = 0; o < logits.length; o++) logits[o] = activations[outputs + o];
  activate(output, activations, outputs, activations.length);
}

function loadRow(workspace: MlpWorkspace, inputs: Float64Array, row: number): void {
  const { activations, active } = workspace;
  const width = workspace.widths[0];
  let count = 0;
  for (let i = 0; i < width; i++) {
    const x = inputs[row * width + i];
    activations[i] = x;
    if (x !== 0) active[count++] = i;
  }
  workspace.activeCount = count;
}

function firstLayer(workspace: MlpWorkspace, parameters: Float64Array): void {
  const { widths, activations, active, activeCount } = workspace;
  const width = widths[0];
  const bias = workspace.biasStart[1];
  for (let o = 0; o < widths[1]; o++) {
    let z = 0;
    for (let k = 0; k < activeCount; k++) {
      const i = active[k];
      z += parameters[o * width + i] * activations[i];
    }
    activations[width + o] = z + parameters[bias + o];
  }
}

/** Replaces the sums a[from .. to - 1] of one row's units by their activations. */
export function activate(kind: MlpActivation, a: Float64Array, from: number, to: number): void {
  if (kind === 'sigmoid') {
    for (let i = from; i < to; i++) a[i] = 1 / (1 + Math.exp(-a[i]));
  } else if (kind === 'tanh') {
    for (let i = from; i < to; i++) a[i] = Math.tanh(a[i]);
  } else if (kind === 'relu') {
    for (let i = from; i < to; i++) a[i] = Math.max(a[i], 0);
  } else if (kind === 'softmax') {
    softmax(a, from, to);
  }
}

function softmax(a: Float64Array, from: number, to: number): void {
  let largest = a[from];
  for (let i = from + 1; i < to; i++) if (a[i] > largest) largest = a[i];
  let sum = 0;
  for (let i = from; i < to; i++) {
    a[i] = Math.exp(a[i] - largest);
    sum += a[i];
  }
  for (let i = from; i < to; i++) a[i] /= sum;
}
