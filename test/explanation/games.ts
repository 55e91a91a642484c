import { createNetwork, type Network } from '../../src';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { normal, randomStream } from '../../src/statistics/random';

/** A dense network with normal weights, one hidden layer unless `layers` says more. */
export function randomNetwork(
  layers: readonly number[],
  seed: number,
  activation: Network['activation'] = 'sigmoid',
  sd = 0.8,
): Network {
  const output = layers[layers.length - 1] === 1 ? 'sigmoid' : 'softmax';
  return createNetwork({ layers, activation, output, init: { name: 'normal', sd }, seed });
}

/** Rows of standard normal numbers. */
export function normalRows(rows: number, features: number, seed: number): Float64Array[] {
  const draw = normal(randomStream(seed, 'rows of a test'));
  return Array.from({ length: rows }, () => Float64Array.from({ length: features }, draw));
}

/** Parameters as the oracle of shap writes them. */
export interface OracleParameters {
  readonly W1: readonly number[][];
  readonly b1: readonly number[];
  readonly W2: readonly number[][];
  readonly b2: readonly number[];
}

export function oracleNetwork({ W1, b1, W2, b2 }: OracleParameters): Network {
  return networkFromWeights({
    layers: [W1[0].length, W1.length, W2.length],
    activation: 'sigmoid',
    output: W2.length === 1 ? 'sigmoid' : 'softmax',
    weights: [Float64Array.from(W1.flat()), Float64Array.from(W2.flat())],
    biases: [Float64Array.from(b1), Float64Array.from(b2)],
  });
}

/** Shapley values of one output from their definition: the mean over all orders of what a player adds when it arrives. */
export function shapleyByOrders(
  f: (row: Float64Array) => number,
  background: readonly Float64Array[],
  row: Float64Array,
): number[] {
  const features = row.length;
  const value = (members: ReadonlySet<number>): number =>
    background.reduce((sum, other) => sum + f(other.map((b, i) => (members.has(i) ? row[i] : b))), 0) /
    background.length;
  const phi = new Array<number>(features).fill(0);
  let orders = 0;
  const walk = (order: number[]): void => {
    if (order.length === features) {
      orders++;
      const present = new Set<number>();
      let before = value(present);
      for (const player of order) {
        present.add(player);
        const after = value(present);
        phi[player] += after - before;
        before = after;
      }
      return;
    }
    for (let i = 0; i < features; i++) if (!order.includes(i)) walk([...order, i]);
  };
  walk([]);
  return phi.map(sum => sum / orders);
}

/** Largest difference between two lists of numbers; NaN if any is. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  return Array.from(a).reduce<number>((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
