import type { Random } from '../statistics/random';
import {
  type CoalitionPlan,
  choose,
  coalitionsOfSize,
  complement,
  drawCoalition,
  PlanBuilder,
} from './coalitionPlan';

/**
 * The coalitions of shap's KernelExplainer: whole sizes from the outside in (1 and M - 1, 2 and M - 2, ...) while the budget
 * can be expected to cover them, then random ones of the sizes left, each with its complement. The rule is theirs, the random
 * numbers are ours.
 *
 * @param players at least 2
 * @param samples number of coalitions; all 2^players - 2 if there are no more
 *
 * Source: shap/explainers/_kernel.py of github.com/shap/shap, commit df974a1; S. Lundberg and S.-I. Lee, A unified approach to
 * interpreting model predictions, NeurIPS 2017.
 */
export function kernelPlan(players: number, samples: number, random: () => Random): CoalitionPlan {
  const sizes = Math.ceil((players - 1) / 2);
  const pairedSizes = Math.floor((players - 1) / 2);
  const budget = players <= 30 ? Math.min(samples, 2 ** players - 2) : samples;
  const weights = sizeWeights(players, sizes, pairedSizes);
  const plan = new PlanBuilder(players);

  let left = budget;
  let size = 1;
  let weightLeft = 1;
  for (; size <= sizes; size++) {
    const isPaired = size <= pairedSizes;
    const count = choose(players, size) * (isPaired ? 2 : 1);
    if ((left * weights[size - 1]) / weightLeft / count < 1 - 1e-8) break;
    left -= count;
    weightLeft = size === sizes ? 0 : weightLeft - weights[size - 1];
    for (const coalition of coalitionsOfSize(players, size)) {
      plan.addCertain(coalition, weights[size - 1] / count);
      if (isPaired) plan.addCertain(complement(coalition), weights[size - 1] / count);
    }
  }
  if (size <= sizes && left > 0) {
    fill(plan, players, size, left, weights, pairedSizes, random());
  }
  return scaled(plan.build(), weightLeft);
}

/** (M - 1) / (s (M - s)), doubled where the complements come along, with sum 1. */
function sizeWeights(players: number, sizes: number, pairedSizes: number): number[] {
  const raw = Array.from({ length: sizes }, (_, i) => {
    const size = i + 1;
    return ((players - 1) / (size * (players - size))) * (size <= pairedSizes ? 2 : 1);
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map(weight => weight / sum);
}

/** Random coalitions until the budget is used or four times as many draws are made; repeats add to a weight. */
function fill(
  plan: PlanBuilder,
  players: number,
  firstSize: number,
  slots: number,
  weights: readonly number[],
  pairedSizes: number,
  random: Random,
): void {
  const chances = weights.slice(firstSize - 1).map((w, i) => (firstSize + i <= pairedSizes ? w / 2 : w));
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  const places = new Map<string, number>();
  let left = slots;
  for (let draw = 0; draw < 4 * slots && left > 0; draw++) {
    let rest = random() * total;
    let size = firstSize;
    while (size - firstSize < chances.length - 1 && rest >= chances[size - firstSize]) {
      rest -= chances[size - firstSize];
      size++;
    }
    const coalition = drawCoalition(players, size, random);
    const known = places.get(coalition.join(''));
    const isPaired = size <= pairedSizes;
    if (known === undefined) {
      places.set(coalition.join(''), plan.count);
      plan.startDraw(1);
      plan.addDrawn(coalition, 1);
      left--;
    } else plan.addWeight(known, 1);
    if (!isPaired || left === 0) continue;
    if (known === undefined) {
      plan.addDrawn(complement(coalition), 1);
      left--;
    } else plan.addWeight(known + 1, 1);
  }
}

/** Sampled coalitions share the weight that whole sizes left. */
function scaled(plan: CoalitionPlan, weightLeft: number): CoalitionPlan {
  const { certain } = plan;
  const sum = plan.weights.subarray(certain).reduce((total, weight) => total + weight, 0);
  const weights = plan.weights.map((weight, k) => (k < certain ? weight : (weight * weightLeft) / sum));
  return { ...plan, weights };
}
