import type { LegcnetVariant } from '../data/publishedMasks';
import { extraEpochs, type StudyName, studySettings } from '../data/studySettings';
import type { RunOutcome } from './runOutcome';
import { studyRecords } from './studyRecords';

/** A dense network of the study and the pruned one of the same initialisation. */
export interface PairedStart {
  readonly dataset: StudyName;
  /** Published initialisation, 1-based. */
  readonly init: number;
  readonly dense: RunOutcome;
  readonly pruned: RunOutcome;
  /** Weights removed. */
  readonly removed: number;
}

/** Initialisations whose masks the study published. */
export const publishedInits: readonly { readonly init: number }[] = [1, 2, 3, 4, 5].map(init => ({ init }));

/**
 * Dense and pruned networks of the published initialisations 1 to 5 under the masks that the study lists, from saved rows. Vowel
 * is not among them: no mask of it is published.
 */
export async function pairedStarts(
  variant: LegcnetVariant,
  datasets: readonly StudyName[],
): Promise<PairedStart[]> {
  const pairs: PairedStart[] = [];
  for (const dataset of datasets) {
    const records = await studyRecords(dataset, 'published', 'published', publishedInits, {
      recompute: false,
    });
    for (const { start, arms } of records) {
      const [pruned] = arms[variant];
      if (!('init' in start) || pruned === undefined) continue;
      const { removed } = pruned;
      const count = typeof removed === 'number' ? removed : removed.length;
      pairs.push({ dataset, init: start.init, dense: arms.dense[0], pruned, removed: count });
    }
  }
  return pairs;
}

/** Epochs of a run; the limit where it never reached the benchmark. */
export function epochsOrLimit({ epochs }: RunOutcome, dataset: StudyName): number {
  return epochs ?? studySettings[dataset].recordedEpochs + extraEpochs;
}
