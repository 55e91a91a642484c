import { type Random, shuffleInPlace } from '../statistics/random';
import type { RowValues } from './shapleyRegression';

/**
 * Random orders of the players for antithetic permutation sampling: each order is walked forwards and backwards, and phi is the
 * mean of what a player adds when it arrives (T. Mitchell, J. Cooper, E. Frank and G. Holmes, Sampling permutations for Shapley
 * value estimation, JMLR 23 (2022), section 4.1).
 *
 * @param pairs number of orders
 */
export function drawOrders(players: number, pairs: number, random: Random): readonly Int32Array[] {
  return Array.from({ length: pairs }, () =>
    shuffleInPlace(
      Int32Array.from({ length: players }, (_, i) => i),
      random,
    ),
  );
}

/** The 2 (players - 1) coalitions between none and all on the way of each order, forwards, then backwards. */
export function orderCoalitions(orders: readonly Int32Array[], players: number): Uint8Array {
  const steps = players - 1;
  const coalitions = new Uint8Array(orders.length * 2 * steps * players);
  orders.forEach((order, k) => {
    for (let s = 0; s < steps; s++) {
      const forwards = (2 * k * steps + s) * players;
      const backwards = ((2 * k + 1) * steps + s) * players;
      for (let i = 0; i <= s; i++) {
        coalitions[forwards + order[i]] = 1;
        coalitions[backwards + order[players - 1 - i]] = 1;
      }
    }
  });
  return coalitions;
}

/**
 * Means over the orders, and their standard errors from the spread between orders; NaN for one order.
 *
 * @param values of `orderCoalitions`, on the scale of the link
 */
export function permutationShapley(
  orders: readonly Int32Array[],
  players: number,
  values: Float64Array,
  empty: Float64Array,
  full: Float64Array,
): RowValues {
  const outputs = empty.length;
  const steps = players - 1;
  const mean = new Float64Array(players * outputs);
  const squares = new Float64Array(players * outputs);
  orders.forEach((order, k) => {
    const both = new Float64Array(players * outputs);
    for (const [way, start] of [2 * k * steps, (2 * k + 1) * steps].entries()) {
      for (let s = 0; s < players; s++) {
        const player = way === 0 ? order[s] : order[players - 1 - s];
        for (let o = 0; o < outputs; o++) {
          const before = s === 0 ? empty[o] : values[(start + s - 1) * outputs + o];
          const after = s === steps ? full[o] : values[(start + s) * outputs + o];
          both[player * outputs + o] += (after - before) / 2;
        }
      }
    }
    for (let i = 0; i < both.length; i++) {
      const step = both[i] - mean[i];
      mean[i] += step / (k + 1);
      squares[i] += step * (both[i] - mean[i]);
    }
  });
  const n = orders.length;
  const errors = squares.map(sum => (n < 2 ? Number.NaN : Math.sqrt(sum / (n - 1) / n)));
  return { values: mean, errors };
}
