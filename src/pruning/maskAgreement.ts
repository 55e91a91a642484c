import { checkOptions } from '../core/options';
import { requireKind, requireList, requireOneOf } from '../core/require';
import { result } from '../core/result';
import { type Layers, layersName, sameLayers, weightLayers } from '../core/weightLayers';
import type { Mask } from '../network/mask';
import { sharedByChance } from '../statistics/sharedByChance';
import { layerRanges } from './layerRanges';

/**
 * Which random masks the agreement is held against:
 * - `network`: as many weights removed as by each mask, anywhere
 * - `layer`: in every layer as many as by each mask, so that masks which only prefer the same layer do not seem to agree
 * - `input-output`: moreover as many of every input of the first layer and of every output of the last, so that masks which only
 *   prefer the same features do not seem to agree. Of networks with one hidden layer, every unit drawn and trained alike, nothing can be shared beyond
 *   that: hidden units may be exchanged, and the third of one start is not the third of another
 */
export type MaskChance = 'network' | 'layer' | 'input-output';

const chances: readonly MaskChance[] = ['network', 'layer', 'input-output'];

/** What chance is taken to be when masks are compared. */
export interface MaskAgreementOptions {
  /** Default `network`. */
  readonly chance?: MaskChance;
}

/** How far two of the masks agree. */
export interface MaskPair {
  /** Place of the first mask in the list, 0-based. */
  readonly first: number;
  /** Place of the second mask, 0-based. */
  readonly second: number;
  /** Weights that both remove. */
  readonly shared: number;
  /** Shared / removed by either; 1 when both remove nothing. */
  readonly jaccard: number;
  /** Its mean under random masks. */
  readonly chance: number;
  /** P(random masks share at least as many). */
  readonly pValue: number;
}

/** How far masks of several seeds agree, beside what chance gives. */
export interface MaskAgreement {
  readonly kind: 'mask-agreement';
  /** Number of masks. */
  readonly masks: number;
  /** What the masks of chance keep. */
  readonly against: MaskChance;
  /** Every pair of masks, in order. */
  readonly pairs: readonly MaskPair[];
  /** Mean Jaccard index of all pairs. */
  readonly jaccard: number;
  /** Its mean under random masks. */
  readonly chance: number;
  /** Standard deviation of the mean index under random masks. */
  readonly chanceSd: number;
}

/**
 * Do masks of different seeds remove the same weights? The Jaccard index of every pair, removed by both / removed by either,
 * beside its exact mean under random masks of the same sizes (hypergeometric). Masks of a rule that finds out something about
 * the task rather than about the seed lie above chance.
 *
 * The pairs of independent random masks are pairwise independent although they have masks in common, so the variance of the mean
 * is the sum of the variances / pairs^2, exactly.
 *
 * @param masks at least two, of one network shape
 * @throws TypeError unless `masks` is an array of masks of one shape, RangeError for fewer than two
 * @example
 * import { createMask, maskAgreement } from 'legcnet';
 * const masks = [createMask([4, 2, 1], [0, 1], 'first'), createMask([4, 2, 1], [1, 2], 'second')];
 * maskAgreement(masks).jaccard; // 0.333, one of three
 */
export function maskAgreement(masks: readonly Mask[], options: MaskAgreementOptions = {}): MaskAgreement {
  checkOptions(options, { chance: true }, task);
  const { chance: against = 'network' } = options;
  requireOneOf(against, chances, 'chance', task);
  checkMasks(masks);
  const partOf = parts(masks[0].layers, against);
  const sizes = counts(partOf);
  const pairs: MaskPair[] = [];
  let variance = 0;
  for (let first = 0; first < masks.length; first++) {
    for (let second = first + 1; second < masks.length; second++) {
      const pair = [masks[first], masks[second]] as const;
      const [ours, theirs] = pair.map(mask => removedBy(mask, partOf, sizes.length));
      const random = sharedByChance(
        sizes.map((size, part) => ({ size, first: ours[part], second: theirs[part] })),
      );
      const shared = pair[0].kept.reduce((sum, bit, w) => sum + (bit + pair[1].kept[w] === 0 ? 1 : 0), 0);
      const either = pair[0].removed + pair[1].removed - shared;
      const jaccard = either === 0 ? 1 : shared / either;
      variance += random.variance;
      pairs.push({
        first,
        second,
        shared,
        jaccard,
        chance: random.jaccard,
        pValue: random.upperTail(shared),
      });
    }
  }
  const meanOf = (name: 'jaccard' | 'chance'): number =>
    pairs.reduce((sum, pair) => sum + pair[name], 0) / pairs.length;
  return result({
    kind: 'mask-agreement',
    masks: masks.length,
    against,
    pairs,
    jaccard: meanOf('jaccard'),
    chance: meanOf('chance'),
    chanceSd: Math.sqrt(variance) / pairs.length,
  });
}

const task = 'compare masks';

function checkMasks(masks: readonly Mask[]): void {
  requireList(masks, 'masks', task);
  for (const mask of masks) requireKind(mask, 'mask', task);
  if (masks.length < 2) {
    throw new RangeError(`Cannot ${task}: at least two are required, ${masks.length} came`);
  }
  const [first] = masks;
  const other = masks.find(({ layers }) => !sameLayers(layers, first.layers));
  if (other !== undefined) {
    throw new TypeError(
      `Cannot ${task}: masks of one network shape are required, ${layersName(first.layers)} and ` +
        `${layersName(other.layers)} came`,
    );
  }
}

/** The part that each weight belongs to; weights of a part may stand for one another. */
function parts(layers: Layers, against: MaskChance): number[] {
  if (against === 'network') return layerRanges(layers).flatMap(({ from, to }) => Array(to - from).fill(0));
  const all = weightLayers(layers);
  const [{ fanIn: inputs }] = all;
  return all.flatMap(({ fanIn, fanOut }, layer) =>
    Array.from({ length: fanIn * fanOut }, (_, weight) => {
      if (against === 'layer') return layer;
      if (layer === 0) return weight % fanIn;
      return inputs + layer + (layer === all.length - 1 ? Math.floor(weight / fanIn) : 0);
    }),
  );
}

function counts(partOf: readonly number[]): number[] {
  const sizes: number[] = [];
  for (const part of partOf) sizes[part] = (sizes[part] ?? 0) + 1;
  return Array.from(sizes, size => size ?? 0);
}

function removedBy({ kept }: Mask, partOf: readonly number[], length: number): number[] {
  const removed: number[] = Array(length).fill(0);
  for (const [weight, part] of partOf.entries()) removed[part] += 1 - kept[weight];
  return removed;
}
