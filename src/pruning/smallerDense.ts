import { requireNumber } from '../core/require';
import { weightCount } from '../core/weightLayers';
import { checkLayers } from '../network/networkFromWeights';

/** The shape of a dense network and how many weights it has. */
export interface DenseShape {
  /** Layer widths from inputs to outputs. */
  readonly layers: readonly number[];
  /** Biases excluded, as everywhere. */
  readonly weights: number;
}

/**
 * Layer widths of the dense network of about as many weights as a pruned one keeps: inputs and outputs stay, hidden layers
 * shrink together. One unit after the other is taken from the hidden layer that has kept the largest share of its units (the
 * last of equals), down to one unit each; of the shapes on that way the one closest in its number of weights is
 * returned, the smaller of two as close.
 *
 * @param layers widths of the network that was pruned, at least one of them hidden
 * @param weights the number wanted, biases excluded
 * @throws RangeError without a hidden layer, or for a number below 0
 * @example
 * import { smallerDense } from 'legcnet';
 * smallerDense([9, 6, 1], 36); // { layers: [9, 4, 1], weights: 40 }, 3 units would leave 30
 */
export function smallerDense(layers: readonly number[], weights: number): DenseShape {
  const task = 'find a smaller dense network';
  checkLayers(layers);
  requireNumber(weights, weights >= 0, 'at least 0', 'weights', task);
  if (layers.length < 3) {
    throw new RangeError(`Cannot ${task}: a hidden layer is required, layers ${layers.join('-')} came`);
  }
  let best: DenseShape = { layers: [...layers], weights: weightCount(layers) };
  for (let shape = shrink(layers, layers); shape !== null; shape = shrink(shape, layers)) {
    const count = weightCount(shape);
    if (Math.abs(count - weights) <= Math.abs(best.weights - weights))
      best = { layers: shape, weights: count };
  }
  return best;
}

/** One hidden unit less; null when every hidden layer is down to one. */
function shrink(shape: readonly number[], full: readonly number[]): number[] | null {
  let widest = -1;
  for (let l = 1; l < shape.length - 1; l++) {
    const isWider = widest < 0 || shape[l] / full[l] >= shape[widest] / full[widest];
    if (shape[l] > 1 && isWider) widest = l;
  }
  return widest < 0 ? null : shape.map((width, l) => (l === widest ? width - 1 : width));
}
