/** Activations the kernels know. `softmax` on the output layer only. */
export type MlpActivation = 'sigmoid' | 'tanh' | 'relu' | 'softmax' | 'identity';

/**
 * Losses the kernels know, each a mean over the rows of a batch.
 * `squared-error`: (1/m) sum (y - a)^2 over the m outputs.
 * `cross-entropy`: -(1/m) sum [y ln a + (1 - y) ln(1 - a)] on sigmoid outputs, -sum y ln a on softmax outputs.
 */
export type MlpLoss = 'squared-error' | 'cross-entropy';

/**
 * Shape and scratch memory of one dense network, allocated once and reused by every kernel call.
 *
 * A parameter vector holds [W1, W2, …, b1, b2, …]: all weights, layers in order, each row-major out x in, then all biases.
 * Units are numbered from the inputs (0) to the last output.
 */
export interface MlpWorkspace {
  /** Layer widths from inputs to outputs. */
  readonly widths: Int32Array;
  /** First weight, first bias (in the parameter vector) and first unit of each layer; layer 0, the inputs, has only units. */
  readonly weightStart: Int32Array;
  readonly biasStart: Int32Array;
  readonly unitStart: Int32Array;
  readonly weightCount: number;
  readonly parameterCount: number;
  readonly hidden: MlpActivation;
  readonly output: MlpActivation;
  /** Value a of every unit after the last forward pass. */
  readonly activations: Float64Array;
  /** dL/dz of every unit after the last backward pass; the inputs' entries are unused. */
  readonly deltas: Float64Array;
  /** Outputs before their activation, which the cross entropy needs. */
  readonly logits: Float64Array;
  /** Indices of the non-zero inputs of the current row, `activeCount` of them: zeros add nothing, so they are skipped. */
  readonly active: Int32Array;
  activeCount: number;
}

/** Allocates the workspace of a network with these layer widths (at least two). */
export function mlpWorkspace(
  layers: ArrayLike<number>,
  hidden: MlpActivation,
  output: MlpActivation,
): MlpWorkspace {
  const widths = Int32Array.from(layers);
  const depth = widths.length;
  const weightStart = new Int32Array(depth);
  const biasStart = new Int32Array(depth);
  const unitStart = new Int32Array(depth);
  let weightCount = 0;
  let units = widths[0];
  for (let l = 1; l < depth; l++) {
    weightStart[l] = weightCount;
    unitStart[l] = units;
    weightCount += widths[l] * widths[l - 1];
    units += widths[l];
  }
  for (let l = 1; l < depth; l++) biasStart[l] = weightCount + unitStart[l] - widths[0];
  return {
    widths,
    weightStart,
    biasStart,
    unitStart,
    weightCount,
    parameterCount: weightCount + units - widths[0],
    hidden,
    output,
    activations: new Float64Array(units),
    deltas: new Float64Array(units),
    logits: new Float64Array(widths[depth - 1]),
    active: new Int32Array(widths[0]),
    activeCount: 0,
  };
}
