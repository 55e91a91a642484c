import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import { loadDataset } from '../data/loadDataset';
import { publishedMaskIndices } from '../data/publishedMasks';
import { createMask } from '../network/mask';
import { publishedNetwork } from '../network/publishedNetwork';
import { retrain } from '../network/retrain';
import { type TrainingRun, train } from '../network/train';
import { recomputedMask } from './recomputedMask';
import { studyTraining } from './studyTraining';

/** The small data sets of the study whose masks are published. */
export type SmallDataset = 'cancer' | 'titanic' | 'banknote' | 'iris' | 'iris3f';

/** The dense network, or the one pruned by weights chosen from the full or the partial run. */
export type Variant = 'dense' | 'FT' | 'PT';

export interface PublishedRunOptions extends LongRunOptions {
  /** Epochs after which a run that misses the benchmark is given up. Default: the study's, recorded epochs + 50. */
  readonly maxEpochs?: number;
  /** The masks that the study lists (default), or those that `recomputedMask` makes again from the initial weights. */
  readonly masks?: 'published' | 'recomputed';
}

/** Small data sets in the order of the paper's tables. */
export const smallDatasets: readonly SmallDataset[] = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f'];

/**
 * Trains one network of Tables 1 and 2 as the study's code does: published split, scaling, initial weights and mask;
 * one row an update in fixed order; stopped after the first epoch whose training accuracy reaches the benchmark.
 *
 * @param init published initialisation, 1 to 5
 * @throws RangeError when no such initialisation or mask is published
 */
export async function publishedRun(
  name: SmallDataset,
  variant: Variant,
  init: number,
  options: PublishedRunOptions = {},
): Promise<TrainingRun> {
  const { maxEpochs, masks = 'published' } = options;
  const longRun = longRunOptions(options);
  const dataset = await loadDataset(name, { procedure: 'published', ...longRun });
  const network = await publishedNetwork(name, init, longRun);
  const training = {
    ...studyTraining(name, 'published', maxEpochs === undefined ? {} : { maxEpochs }),
    ...longRun,
  };
  if (variant === 'dense') return train(network, dataset, training);
  const mask =
    masks === 'recomputed'
      ? (await recomputedMask(name, variant, init, longRun)).mask
      : createMask(
          network.layers,
          await publishedMaskIndices(name, variant, init, longRun),
          `published LEGCNet-${variant} mask of initialisation ${init}`,
        );
  return retrain(network, mask, dataset, training);
}
