import { type TestStatus, testStatuses } from '../causality/grangerScan';
import { windowDefaults } from '../chaos/placeWindows';
import type { LongRunOptions } from '../core/longRun';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { parameterCount } from '../network/parameters';
import type { TrainingRun, TrainOptions } from '../network/train';
import { type CausalSearch, causalSearch, lastIterate, type SearchSettings } from './causalSearch';
import { liveSearch } from './liveSearch';

/** Longer trajectories, of the weights and of their difference, are analysed while the network trains. */
const MOST_BYTES = 1e9;

export interface SearchedMaskOptions extends LongRunOptions {
  /** Folder for the state of a search while training (`CheckpointOptions`); others are done in seconds. */
  readonly checkpoint?: string;
}

/** What a search finds, or the sentence that says why it finds nothing: no window fits, or no test has an answer. */
export async function searchedMask(
  network: Network,
  dataset: Dataset,
  training: TrainOptions,
  search: SearchSettings,
  dense: TrainingRun,
  { checkpoint, ...longRun }: SearchedMaskOptions = {},
): Promise<Pick<CausalSearch, 'mask' | 'scan'> | string> {
  const { epochCount, iterationsPerEpoch } = dense;
  const last = lastIterate(search.length, iterationsPerEpoch, epochCount);
  const { window, first } = windowDefaults(search.exponents, search.perturbation !== null);
  if (first + window > last + 1) return `The ${last} updates that are looked at hold no window of ${window}.`;
  const options = { denseEpochs: epochCount, ...longRun };
  const isLarge = 16 * last * parameterCount(network.layers) > MOST_BYTES;
  const resumable = checkpoint === undefined ? {} : { checkpoint };
  const found = isLarge
    ? await liveSearch(network, dataset, training, search, { ...options, ...resumable })
    : await causalSearch(network, dataset, training, search, options);
  const { pValue, status, windows } = found.scan;
  if (!pValue.every(Number.isNaN)) return found;
  const counts = testStatuses.map(
    (name, code) => [name, status.filter(each => each === code).length] as const,
  );
  const [name, count] = counts.reduce((most, each) => (each[1] > most[1] ? each : most));
  const over = `${windows} ${windows === 1 ? 'window' : 'windows'}`;
  return `No weight can be tested over ${over}: ${count} of ${status.length} are ${unanswered[name]}.`;
}

const unanswered: Readonly<Record<TestStatus, string>> = {
  ok: 'tested',
  constant: 'constant, or the target is',
  collinear: 'collinear with the target',
  'too-short': 'too short',
  'exact-fit': 'fitted exactly',
  missing: 'without an exponent in some window',
};
