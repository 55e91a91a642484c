import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions } from '../core/options';
import { result } from '../core/result';
import { loadDataset } from '../data/loadDataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import { removedWeights } from '../network/applyMask';
import type { Mask } from '../network/mask';
import { publishedNetwork } from '../network/publishedNetwork';
import { retrain } from '../network/retrain';
import { causalSearch } from './causalSearch';
import { type MaskChoice, maskChoiceNames, publishedChoices, searchOf } from './maskChoice';
import { type MaskOverlap, maskOverlap } from './maskOverlap';
import { outcomeOf, type RunOutcome } from './runOutcome';
import type { SmallDataset } from './smallDatasets';
import { studyTraining } from './studyTraining';

/** Where `recomputedMask` chooses differently from the published masks. */
export interface RecomputedMaskOptions extends LongRunOptions {
  /** Choices that differ from those of the published masks. Default: none. */
  readonly choice?: Partial<MaskChoice>;
}

/** A mask of the study made again from the initial weights, beside the published one. */
export interface RecomputedMask {
  readonly kind: 'recomputed-mask';
  /** The data set. */
  readonly dataset: SmallDataset;
  /** FT: from the whole run, PT: from its first part. */
  readonly variant: LegcnetVariant;
  /** Published initialisation, 1-based. */
  readonly init: number;
  /** How the weights were chosen. */
  readonly choice: MaskChoice;
  /** Length of the tested series. */
  readonly windows: number;
  /** The weights that go. */
  readonly mask: Mask;
  /** One a weight: the smallest of all lags, rounded to 4 decimals, 0 where a test failed. */
  readonly pValue: Float64Array;
  /** What it shares with the published mask. */
  readonly overlap: MaskOverlap;
  /** The network trained under it. */
  readonly outcome: RunOutcome;
}

/**
 * Trains the dense network of the study, records every iterate, and removes weights as the study's programs did:
 * windowed exponents of `lyap_r`, Granger tests of the test misclassification, p >= 0.05. Nothing of the published mask
 * enters but the choices that were found by comparing with it.
 *
 * @param init published initialisation, 1 to 5
 * @throws RangeError when no such initialisation or mask is published, or a choice leaves no window; TypeError for an unknown
 *   option or choice
 * @example
 * import { recomputedMask } from 'legcnet';
 * (await recomputedMask('cancer', 'FT', 2)).overlap.shared; // 6, all that was published
 */
export async function recomputedMask(
  name: SmallDataset,
  variant: LegcnetVariant,
  init: number,
  options: RecomputedMaskOptions = {},
): Promise<RecomputedMask> {
  const task = 'recompute a mask';
  checkOptions(options, { choice: true, ...longRunOptionNames }, task);
  checkOptions(options.choice ?? {}, maskChoiceNames, task);
  const longRun = longRunOptions(options);
  const choice: MaskChoice = { ...publishedChoices[name][variant], ...options.choice };
  const published = await publishedMaskIndices(name, variant, init, longRun);
  const dataset = await loadDataset(name, { procedure: 'published', ...longRun });
  const network = await publishedNetwork(name, init, longRun);
  const training = { ...studyTraining(name, 'published'), ...longRun };
  const { mask, scan } = await causalSearch(network, dataset, training, searchOf(choice), longRun);
  const run = await retrain(network, mask, dataset, training);
  const overlap = maskOverlap(published, [...removedWeights(mask)], mask.kept.length);
  return result({
    kind: 'recomputed-mask',
    dataset: name,
    variant,
    init,
    choice,
    windows: scan.windows,
    mask,
    pValue: scan.pValue,
    overlap,
    outcome: outcomeOf(run),
  });
}
