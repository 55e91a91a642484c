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
 * The coalitions of Leverage SHAP, paired and without replacement: every size has the same expected number of coalitions
 * (their statistical leverage in the regression), sizes with fewer coalitions than that are taken whole, and every
 * coalition brings its complement. A coalition of size s counts 1 / (C(M, s) s (M - s)) over its probability.
 *
 * The number of each size is fixed instead of random, which takes variance out and leaves the probabilities.
 *
 * @param players at least 2
 * @param samples number of coalitions
 *
 * Source: C. Musco and R. T. Witter, Provably accurate Shapley value estimation via leverage score sampling, ICLR 2025.
 */
export function leveragePlan(players: number, samples: number, random: Random): CoalitionPlan {
  const middle = players / 2;
  const sizes = Math.floor(middle);
  const plan = new PlanBuilder(players);
  // A pair of the middle size is two coalitions of that one size, so it needs half as many pairs.
  const share = (size: number): number => (size === middle ? 0.5 : 1);
  const pairsOf = (size: number): number => choose(players, size) * share(size);

  let left = Math.floor(samples / 2);
  let shares = 0;
  for (let size = 1; size <= sizes; size++) shares += share(size);
  let size = 1;
  for (; size <= sizes && (left * share(size)) / shares >= pairsOf(size); size++) {
    const pairs = pairsOf(size);
    left -= pairs;
    shares -= share(size);
    const weight = 1 / (choose(players, size) * size * (players - size));
    for (const coalition of coalitionsOfSize(players, size)) {
      if (size === middle && coalition[0] === 0) continue;
      plan.addCertain(coalition, weight);
      plan.addCertain(complement(coalition), weight);
    }
  }

  let passed = 0;
  let drawn = 0;
  for (; size <= sizes; size++) {
    passed += share(size);
    const upTo = Math.round((left * passed) / shares);
    const pairs = Math.min(upTo - drawn, pairsOf(size));
    drawn = upTo;
    // share / pairs = C(M, s) / pairs of this size / probability; both binomials may be too large to write down.
    const weight = share(size) / (pairs * size * (players - size));
    const taken = new Set<string>();
    while (taken.size < pairs) {
      let coalition = drawCoalition(players, size, random);
      if (size === middle && coalition[0] === 0) coalition = complement(coalition);
      const key = coalition.join('');
      if (taken.has(key)) continue;
      taken.add(key);
      plan.startDraw(1 - pairs / pairsOf(size));
      plan.addDrawn(coalition, weight);
      plan.addDrawn(complement(coalition), weight);
    }
  }
  return plan.build();
}
