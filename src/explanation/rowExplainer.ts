import { randomStream } from '../statistics/random';
import { type CoalitionGame, coalitionValues } from './coalitionGame';
import type { ExactRow } from './exactShapley';
import { kernelPlan } from './kernelPlan';
import { leveragePlan } from './leveragePlan';
import { drawOrders, orderCoalitions, permutationShapley } from './permutationShapley';
import { isComplete } from './shapleyMethod';
import { type RowValues, shapleyRegression } from './shapleyRegression';
import type { ShapleyMethod, ShapleyStatus } from './shapleyValues';

/** Below the smallest normal double numbers have few digits, and their sums do not add up. */
const SMALLEST_GAP = 2.3e-308;

/** A gap of this share of the values' size is no rounding error, in float32 either. */
const ADDITIVITY_TOLERANCE = 1e-6;

/** How coalitions are chosen; the seed is there where any are drawn. */
export interface Sampling {
  readonly method: ShapleyMethod;
  readonly samples: number;
  readonly seed: number | undefined;
}

/** Values of the players that vary, features x outputs; null when too few coalitions were drawn. */
export async function explainRow(
  game: CoalitionGame,
  exact: ExactRow,
  { method, samples, seed }: Sampling,
  row: number,
  features: readonly Int32Array[],
  empty: Float64Array,
  full: Float64Array,
): Promise<RowValues | null> {
  const players = features.length;
  if (players === 0) return { values: new Float64Array(0), errors: new Float64Array(0) };
  if (method === 'exact' || (method !== 'kernel' && isComplete(players, samples)) || players === 1) {
    const values = await exact(row, features);
    return { values, errors: new Float64Array(values.length) };
  }
  const random = () => randomStream(seed!, 'coalitions');
  if (method === 'permutation') {
    const orders = drawOrders(players, Math.floor(samples / (2 * (players - 1))), random());
    const coalitions = orderCoalitions(orders, players);
    const values = await coalitionValues(game, row, features, coalitions, coalitions.length / players);
    return permutationShapley(orders, players, values, empty, full);
  }
  const plan =
    method === 'kernel' ? kernelPlan(players, samples, random) : leveragePlan(players, samples, random());
  const values = await coalitionValues(game, row, features, plan.coalitions, plan.count);
  return values.every(Number.isFinite)
    ? shapleyRegression(plan, values, empty, full)
    : nothing(players * empty.length);
}

/** Values where the model has none. */
function nothing(count: number): RowValues {
  return { values: new Float64Array(count).fill(Number.NaN), errors: new Float64Array(count) };
}

/** How far the values miss the output, and what they are worth. */
export function judge(
  found: RowValues | null,
  empty: Float64Array,
  full: Float64Array,
  outputs: number,
): { readonly gap: number; readonly word: ShapleyStatus } {
  const hasEnds = empty.every(Number.isFinite) && full.every(Number.isFinite);
  if (!hasEnds || (found !== null && !found.values.every(Number.isFinite)))
    return { gap: Number.NaN, word: 'non-finite' };
  if (found === null) return { gap: Number.NaN, word: 'singular' };
  let worst = 0;
  let word: ShapleyStatus = 'ok';
  for (let o = 0; o < outputs; o++) {
    let sum = 0;
    let size = Math.abs(empty[o]) + Math.abs(full[o]);
    for (let k = o; k < found.values.length; k += outputs) {
      sum += found.values[k];
      size += Math.abs(found.values[k]);
    }
    const gap = Math.abs(empty[o] + sum - full[o]);
    worst = Math.max(worst, gap);
    if (gap > ADDITIVITY_TOLERANCE * size + SMALLEST_GAP) word = 'not-additive';
  }
  return { gap: worst, word };
}
