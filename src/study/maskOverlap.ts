/** How far two sets of removed weights of one network agree. */
export interface MaskOverlap {
  /** Weights that the published mask removes. */
  readonly published: number;
  /** Weights that ours removes. */
  readonly recomputed: number;
  /** Weights that both remove. */
  readonly shared: number;
  /** Shared / removed by either; 1 when both remove nothing. */
  readonly jaccard: number;
  /**
   * Shared weights expected if ours were drawn at random: published x recomputed / weights, the mean of the
   * hypergeometric distribution.
   */
  readonly chance: number;
}

/**
 * How much two masks share, beside what chance would let them share.
 *
 * @param published removed weights of one mask, without repeats
 * @param recomputed removed weights of the other
 * @param weights number of weights of the network
 * @example
 * import { maskOverlap } from 'legcnet';
 * const { shared, jaccard, chance } = maskOverlap([1, 2, 3], [2, 3, 4, 5], 10);
 * [shared, jaccard, chance]; // [2, 0.4, 1.2]
 */
export function maskOverlap(
  published: readonly number[],
  recomputed: readonly number[],
  weights: number,
): MaskOverlap {
  const ours = new Set(recomputed);
  const shared = published.filter(weight => ours.has(weight)).length;
  const either = published.length + recomputed.length - shared;
  return {
    published: published.length,
    recomputed: recomputed.length,
    shared,
    jaccard: either === 0 ? 1 : shared / either,
    chance: (published.length * recomputed.length) / weights,
  };
}

/** The overlaps of several networks as one: counts and chance values added up. */
export function pooledOverlap(overlaps: readonly MaskOverlap[]): MaskOverlap {
  const sum = (name: keyof MaskOverlap): number =>
    overlaps.reduce((total, overlap) => total + overlap[name], 0);
  const counts = { published: sum('published'), recomputed: sum('recomputed'), shared: sum('shared') };
  const either = counts.published + counts.recomputed - counts.shared;
  return { ...counts, jaccard: either === 0 ? 1 : counts.shared / either, chance: sum('chance') };
}

/** Pairs of weights of a published mask that our p-values put in the printed order, and those they do not. */
export interface OrderAgreement {
  /** Pairs that our p-values put in the printed order. */
  readonly inOrder: number;
  /** Equal p-values are in neither count. */
  readonly outOfOrder: number;
}

/** @param order removed weights in ascending order of the study's p-values */
export function orderAgreement(order: readonly number[], pValue: ArrayLike<number>): OrderAgreement {
  let inOrder = 0;
  let outOfOrder = 0;
  for (let a = 0; a < order.length; a++) {
    for (let b = a + 1; b < order.length; b++) {
      if (pValue[order[a]] < pValue[order[b]]) inOrder++;
      if (pValue[order[a]] > pValue[order[b]]) outOfOrder++;
    }
  }
  return { inOrder, outOfOrder };
}
