/**
 * One step of stochastic gradient descent on a parameter vector, in place, with the mean gradient g of a batch:
 * v <- momentum v + g, w <- w - learningRate v; removed weights are held at exactly 0.
 *
 * @param gradient sum over the batch of `rows` rows
 * @param velocity v, updated in place; not read when momentum is 0
 * @param removed indices of the removed weights, empty for a dense network
 */
export function mlpUpdate(
  parameters: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  removed: Int32Array,
  rows: number,
  learningRate: number,
  momentum: number,
): void {
  const count = parameters.length;
  if (momentum === 0 && (rows & (rows - 1)) === 0) {
    // Times a power of two is the same to the last bit, and costs less than a division.
    const share = 1 / rows;
    for (let k = 0; k < count; k++) parameters[k] -= learningRate * (gradient[k] * share);
  } else if (momentum === 0) {
    for (let k = 0; k < count; k++) parameters[k] -= learningRate * (gradient[k] / rows);
  } else {
    for (let k = 0; k < count; k++) {
      const v = momentum * velocity[k] + gradient[k] / rows;
      velocity[k] = v;
      parameters[k] -= learningRate * v;
    }
  }
  for (let k = 0; k < removed.length; k++) parameters[removed[k]] = 0;
}
