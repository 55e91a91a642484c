import { forwardRows, keepOutputs } from './mlpPredict';
import type { MlpLoss, MlpWorkspace } from './mlpWorkspace';

/**
 * Mean loss over all rows of a part; the outputs of all rows are written into `outputs` (rows x outputs). Cross entropy is taken from the outputs before their activation, so that outputs
 * that round to 0 or 1 keep a finite loss.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param inputs rows x inputs, row-major
 * @param targets rows x outputs, row-major
 */
export function mlpLoss(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  inputs: Float64Array,
  targets: Float64Array,
  rows: number,
  loss: MlpLoss,
  outputs: Float64Array,
): number {
  let sum = 0;
  forwardRows(workspace, parameters, inputs, rows, row => {
    keepOutputs(workspace, row, outputs);
    sum += rowLoss(workspace, targets, row, loss);
  });
  return sum / rows;
}

/**
 * Mean squared error of outputs that are already there, summed up as `mlpLoss` does.
 *
 * @param targets rows x outputs, as `outputs`
 */
export function squaredError(outputs: Float64Array, targets: Float64Array, rows: number): number {
  const m = outputs.length / rows;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let own = 0;
    for (let k = row * m; k < (row + 1) * m; k++)
      own += (targets[k] - outputs[k]) * (targets[k] - outputs[k]);
    sum += own / m;
  }
  return sum / rows;
}

/** Loss of the row that the last forward pass saw. */
export function rowLoss(workspace: MlpWorkspace, targets: Float64Array, row: number, loss: MlpLoss): number {
  const { activations, logits, output } = workspace;
  const m = logits.length;
  const start = activations.length - m;
  let sum = 0;
  if (loss === 'squared-error') {
    for (let o = 0; o < m; o++) {
      const error = targets[row * m + o] - activations[start + o];
      sum += error * error;
    }
    return sum / m;
  }
  if (output === 'softmax') {
    const total = logSumExp(logits);
    for (let o = 0; o < m; o++) sum += targets[row * m + o] * (total - logits[o]);
    return sum;
  }
  for (let o = 0; o < m; o++) {
    const z = logits[o];
    sum += Math.max(z, 0) - z * targets[row * m + o] + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return sum / m;
}

function logSumExp(values: Float64Array): number {
  let largest = values[0];
  for (const value of values) if (value > largest) largest = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}
