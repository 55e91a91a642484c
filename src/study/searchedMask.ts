import type { LongRunOptions } from '../core/longRun';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { TrainingRun, TrainOptions } from '../network/train';
import { type CausalSearch, causalSearch, lastIterate, type SearchSettings } from './causalSearch';

/** What a search finds, or the sentence that says why it finds nothing: no window fits, or no test has an answer. */
export async function searchedMask(
  network: Network,
  dataset: Dataset,
  training: TrainOptions,
  search: SearchSettings,
  dense: TrainingRun,
  longRun: LongRunOptions,
): Promise<CausalSearch | string> {
  const { epochCount, iterationsPerEpoch } = dense;
  const last = lastIterate(search.length, iterationsPerEpoch, epochCount);
  const { window = 0, first = 0 } = search.exponents;
  if (first + window > last + 1) return `The ${last} updates that are looked at hold no window of ${window}.`;
  const found = await causalSearch(network, dataset, training, search, {
    denseEpochs: epochCount,
    ...longRun,
  });
  const { pValue, windows } = found.scan;
  return pValue.every(Number.isNaN) ? `${windows} windows are too few to test any weight.` : found;
}
