import { mlpBatch } from './mlpBatch';
import { mlpForward } from './mlpForward';
import type { MlpWorkspace } from './mlpWorkspace';

/**
 * Writes the outputs of all rows into `outputs` (rows x outputs, row-major).
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 * @param inputs rows x inputs, row-major
 */
export function mlpPredict(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  inputs: Float64Array,
  rows: number,
  outputs: Float64Array,
): void {
  forwardRows(workspace, parameters, inputs, rows, row => keepOutputs(workspace, row, outputs));
}

/** Calls `onRow` after the forward pass of each row, when the workspace holds its outputs and logits. */
export function forwardRows(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  inputs: Float64Array,
  rows: number,
  onRow: (row: number) => void,
): void {
  const batch = mlpBatch(workspace, rows);
  if (batch !== null) {
    batch.forward(workspace, parameters, inputs, rows, onRow);
    return;
  }
  for (let row = 0; row < rows; row++) {
    mlpForward(workspace, parameters, inputs, row);
    onRow(row);
  }
}

/** Copies the outputs of the last forward pass to their row. */
export function keepOutputs(workspace: MlpWorkspace, row: number, outputs: Float64Array): void {
  const m = workspace.logits.length;
  const start = workspace.activations.length - m;
  for (let o = 0; o < m; o++) outputs[row * m + o] = workspace.activations[start + o];
}
