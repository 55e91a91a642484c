import type { LongRunOptions } from '../core/longRun';
import type { Dataset, Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import { applyMask, removedWeights } from '../network/applyMask';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { type TrainingRun, train } from '../network/train';
import { controlNetworks } from '../pruning/controlNetworks';
import { maskFromScores } from '../pruning/maskFromScores';
import { pruningScores } from '../pruning/pruningScores';
import { scoresFromScan } from '../pruning/scoresFromScan';
import { searchedMask } from './searchedMask';
import { studyProcedure } from './studyProcedure';
import { initialSd, type StudyStart, studyStart } from './studyRecord';

/**
 * What LEGCNet's choice of weights stands against, at equal numbers of removed weights:
 * - `shuffled`: as many of every layer, which ones by chance; the decisive one
 * - `random`: as many, anywhere
 * - `inverted`: as many of every layer, those of smallest p-value
 * - `reinitialised`: the same mask on fresh initial weights
 * - `smaller-dense`: fewer hidden units, about as many weights, no mask
 * - `magnitude`, `snip`, `grasp`, `synflow`, `obd`: of the initial weights
 * - `trained-magnitude`: of the trained weights, training again from the initial ones
 * - `dense`: nothing removed
 */
export type ChoiceRival = (typeof choiceRivals)[number];

/** Names of the masks that LEGCNet's are compared with, at equal numbers of weights. */
export const choiceRivals = [
  'shuffled',
  'random',
  'inverted',
  'reinitialised',
  'smaller-dense',
  'magnitude',
  'trained-magnitude',
  'snip',
  'grasp',
  'synflow',
  'obd',
  'dense',
] as const;

/** What is kept of one training. */
export interface RivalOutcome {
  /** Epochs trained until the benchmark was reached; null where it was not. */
  readonly epochs: number | null;
  /** Of the test part, by the procedure's rule. */
  readonly accuracy: number;
  readonly f1: number;
}

/** LEGCNet's network and its rivals from one start. */
export interface ChoiceRecord {
  readonly dataset: StudyName;
  readonly procedure: Procedure;
  readonly variant: LegcnetVariant;
  readonly start: StudyStart;
  /** Weights that LEGCNet removes, in ascending order. */
  readonly removed: readonly number[];
  /** Why there is no mask; the networks are then missing. */
  readonly noMask?: string;
  readonly legcnet?: RivalOutcome;
  readonly rivals?: Readonly<Record<ChoiceRival, readonly RivalOutcome[]>>;
  /** Epochs after which a run was given up. */
  readonly maxEpochs: number;
  readonly seconds: number;
}

/** Masks drawn a start for `shuffled` and `random`, networks for `reinitialised` and `smaller-dense`. */
const DRAWS = 5;

/**
 * Chooses weights as a procedure does from one start, and trains the network without them beside every rival, all by the same
 * training. Masks are always those that the procedure chooses here.
 */
export async function choiceRecord(
  name: StudyName,
  procedure: Procedure,
  variant: LegcnetVariant,
  start: StudyStart,
  longRun: LongRunOptions = {},
): Promise<ChoiceRecord> {
  const started = performance.now();
  const seed = 'seed' in start ? start.seed : start.init;
  const { training, search } = studyProcedure(name, procedure, { seed })[variant];
  const { dataset, network } = await studyStart(name, procedure, start, longRun);
  const options = { ...training, ...longRun };
  const dense = await train(network, dataset, options);
  const found = await searchedMask(network, dataset, options, search, dense, longRun);
  const id = { dataset: name, procedure, variant, start, maxEpochs: training.epochs };
  const seconds = (): number => (performance.now() - started) / 1000;
  if (typeof found === 'string') return { ...id, removed: [], noMask: found, seconds: seconds() };
  const { mask, scan } = found;
  const outcome = async (trained: Network): Promise<RivalOutcome> =>
    kept(await train(trained, dataset, options));
  const rivals = Object.fromEntries(choiceRivals.map(rival => [rival, []])) as unknown as Record<
    ChoiceRival,
    RivalOutcome[]
  >;
  rivals.dense.push(kept(dense));
  const init = { name: 'normal', sd: initialSd(name) } as const;
  const scores = scoresFromScan(scan, { remove: 'non-causal' });
  for (let draw = 1; draw <= DRAWS; draw++) {
    const own = { init, seed: 1000 * seed + draw, ...(draw === 1 ? { scores } : {}) };
    for (const control of controlNetworks(network, mask, own).controls) {
      rivals[control.name].push(await outcome(control.network));
    }
  }
  for (const rule of ['magnitude', 'trained-magnitude', 'snip', 'grasp', 'synflow', 'obd'] as const) {
    const same = await rivalMask(rule, network, dense, dataset, mask);
    rivals[rule].push(await outcome(applyMask(network, same)));
  }
  const legcnet = await outcome(applyMask(network, mask));
  return { ...id, removed: [...removedWeights(mask)], legcnet, rivals, seconds: seconds() };
}

/** As many weights as the mask removes, chosen by another rule. */
async function rivalMask(
  rule: 'magnitude' | 'trained-magnitude' | 'snip' | 'grasp' | 'synflow' | 'obd',
  network: Network,
  dense: TrainingRun,
  dataset: Dataset,
  mask: Mask,
): Promise<Mask> {
  const isTrained = rule === 'trained-magnitude';
  const scores = await pruningScores(isTrained ? dense.final : network, dataset, {
    rule: isTrained ? 'magnitude' : rule,
  });
  return maskFromScores(scores, { count: mask.removed });
}

function kept({ stopped, epochCount, testAccuracy, testF1 }: TrainingRun): RivalOutcome {
  return { epochs: stopped ? epochCount : null, accuracy: testAccuracy, f1: testF1 };
}
