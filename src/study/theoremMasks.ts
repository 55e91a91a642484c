import type { GrangerScan } from '../causality/grangerScan';
import type { LongRunOptions } from '../core/longRun';
import type { Dataset } from '../data/dataset';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import type { TrainOptions } from '../network/train';
import { magnitudeMask } from '../pruning/magnitudeMask';
import { maskFromScores } from '../pruning/maskFromScores';
import { randomMask } from '../pruning/randomMask';
import { scoresFromScan } from '../pruning/scoresFromScan';
import { shuffledMask } from '../pruning/shuffledMask';
import { causalSearch, type SearchSettings } from './causalSearch';
import { soundSearch } from './legcnet';

/**
 * What chooses the weights of a simulation, as many under each:
 * - `random`: chance
 * - `magnitude`: the smallest initial weights
 * - `legcnet`: the largest p-values of LEGCNet's search, for which the network is trained
 * - `shuffled`: chance, but as many of each layer as `legcnet` takes
 * - `threshold`: the weights of p >= 0.05, however many they are: LEGCNet left to itself
 */
export type TheoremRule = 'random' | 'magnitude' | 'legcnet' | 'shuffled' | 'threshold';

export const theoremRules: readonly TheoremRule[] = [
  'random',
  'magnitude',
  'legcnet',
  'shuffled',
  'threshold',
];

const EPOCHS = 40;

/** Training that is recorded for the search: one row an update, a step small enough for 256 hidden units. */
const training: TrainOptions = { epochs: EPOCHS, learningRate: 0.02, batch: 1, shuffle: 'each-epoch' };

/** `soundSearch` on windows of 100 iterates, of which that training gives 37 on Iris. */
const search: SearchSettings = {
  ...soundSearch,
  length: { epochs: EPOCHS },
  exponents: { ...soundSearch.exponents, window: 100 },
};

/**
 * A mask a rule, each but `threshold` removing `count` weights; null for rules that p-values are needed for where too few weights
 * have one.
 */
export async function theoremMasks(
  rules: readonly TheoremRule[],
  network: Network,
  dataset: Dataset,
  { count, seed, ...longRun }: LongRunOptions & { readonly count: number; readonly seed: number },
): Promise<readonly (Mask | null)[]> {
  const isSearched = rules.some(rule => rule !== 'random' && rule !== 'magnitude');
  const found = isSearched
    ? await causalSearch(network, dataset, { ...training, seed }, search, longRun)
    : null;
  const legcnet = found && largestP(found.scan, count);
  const make: Readonly<Record<TheoremRule, () => Mask | null>> = {
    random: () => randomMask(network, { count, seed }),
    magnitude: () => magnitudeMask(network, { count }),
    legcnet: () => legcnet,
    shuffled: () => legcnet && shuffledMask(legcnet, { seed }),
    threshold: () => found?.mask ?? null,
  };
  return rules.map(rule => make[rule]());
}

function largestP(scan: GrangerScan, count: number): Mask | null {
  const scores = scoresFromScan(scan, { remove: 'non-causal' });
  return scores.scores.length - scores.unanswered < count ? null : maskFromScores(scores, { count });
}
