import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf } from '../core/require';
import { createMask, type Mask } from '../network/mask';
import { type Amount, countToRemove, describeAmount } from './amount';
import { layerRanges } from './layerRanges';
import type { PruningScores } from './scores';

/**
 * Where weights are compared:
 * - `global`: all weights with one another
 * - `layer`: within each layer, the share taken of each
 */
export type MaskScope = 'global' | 'layer';

/** How many weights go, of the whole network or of every layer. */
export interface MaskFromScoresOptions extends Amount {
  /** Default `global`. */
  readonly scope?: MaskScope;
}

export const maskFromScoresOptionNames: OptionNames<MaskFromScoresOptions> = {
  share: true,
  count: true,
  scope: true,
};

/**
 * A mask that removes the weights of lowest score, exactly as many as asked; of equal ones the lower index goes first, so that
 * masks of one set of scores are nested. Weights removed before belong to the amount: a share of 0.5 of a network that
 * has lost 0.2 removes 0.3 more. Weights without a score are kept; the mask's `rule` gives their number.
 *
 * @param scores from `pruningScores` or `scoresFromScan`
 * @throws TypeError unless exactly one of share and count is given, or for a count with scope `layer`; RangeError when an
 *   option is out of range, more weights are removed already, or too few have a score
 * @example
 * import { createNetwork, loadDataset, maskFromScores, pruningScores } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * maskFromScores(await pruningScores(network, iris, { rule: 'snip' }), { share: 0.5 }).removed; // 21
 */
export function maskFromScores(scores: PruningScores, options: MaskFromScoresOptions): Mask {
  requireKind(scores, 'pruning-scores', TASK);
  checkOptions(options, maskFromScoresOptionNames, TASK);
  const { scope = 'global', count } = options;
  requireOneOf(scope, ['global', 'layer'], 'scope', TASK);
  if (scope === 'layer' && count !== undefined) {
    throw new TypeError(`Cannot ${TASK}: scope 'layer' requires a share of each layer, a count came`);
  }
  const { layers, mask, unanswered, goesFirst } = scores;
  const weights = scores.scores.length;
  const ranges = scope === 'layer' ? layerRanges(layers) : [{ name: 'the network', from: 0, to: weights }];
  const removed: number[] = [];
  for (const { name, from, to } of ranges) {
    const asked = countToRemove(options, to - from, TASK);
    const before: number[] = [];
    for (let weight = from; weight < to; weight++) if (mask?.kept[weight] === 0) before.push(weight);
    const order = removalOrder(scores, from, to);
    if (asked < before.length || asked > before.length + order.length) {
      throw new RangeError(
        `Cannot ${TASK}: of ${to - from} weights of ${name}, ${before.length} are removed already and ` +
          `${order.length} more have a score; ${asked} were asked for`,
      );
    }
    removed.push(...before, ...order.slice(0, asked - before.length));
  }
  const amount = describeAmount(options, removed.length, weights);
  const where = scope === 'layer' ? ', within each layer' : '';
  const open = unanswered === 0 ? '' : `; ${unanswered} of ${weights} weights without a score, kept`;
  return createMask(layers, removed, `${amount} weights of ${goesFirst} removed${where}${open}`);
}

const TASK = 'make a mask from scores';

/** The weights from … to - 1 that are left and have a score, those that go first at the front. */
export function removalOrder({ scores, mask }: PruningScores, from: number, to: number): number[] {
  const order: number[] = [];
  for (let weight = from; weight < to; weight++) {
    if (mask?.kept[weight] !== 0 && !Number.isNaN(scores[weight])) order.push(weight);
  }
  // Infinities compare, but their difference is NaN.
  return order.sort((i, j) => (scores[i] < scores[j] ? -1 : scores[i] > scores[j] ? 1 : i - j));
}
