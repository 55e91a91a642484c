import { join } from 'node:path';
import type { LongRunOptions } from '../core/longRun';
import type { Dataset, Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import { applyMask, removedWeights } from '../network/applyMask';
import type { CheckpointOptions } from '../network/checkpoint';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import type { TrainingRun } from '../network/train';
import { trainWithCheckpoint } from '../network/trainWithCheckpoint';
import { controlNetworks } from '../pruning/controlNetworks';
import { maskFromScores } from '../pruning/maskFromScores';
import { pruningScores } from '../pruning/pruningScores';
import { scoresFromScan } from '../pruning/scoresFromScan';
import { searchedMask } from './searchedMask';
import { startName } from './startName';
import { studyProcedure } from './studyProcedure';
import { type StudyStart, studyInitializer, studyStart } from './studyRecord';

/**
 * What LEGCNet's choice of weights stands against, at equal numbers of removed weights:
 * - `shuffled`: as many of every layer, which ones by chance; the decisive one
 * - `shuffled-tested`: as many of every layer, by chance among the weights whose test has an answer; only where some have none,
 *   as those of MNIST's black pixels: they never move, are kept by LEGCNet, and cost nothing to remove
 * - `random`: as many, anywhere
 * - `inverted`: as many of every layer, those of smallest p-value
 * - `reinitialised`: the same mask on fresh initial weights
 * - `smaller-dense`: fewer hidden units, about as many weights, no mask
 * - `magnitude`, `snip`, `grasp`, `synflow`, `obd`: of the initial weights
 * - `trained-magnitude`: of the trained weights, training again from the initial ones
 * - `dense`: nothing removed
 */
export type ChoiceRival =
  | 'shuffled'
  | 'shuffled-tested'
  | 'random'
  | 'inverted'
  | 'reinitialised'
  | 'smaller-dense'
  | 'magnitude'
  | 'trained-magnitude'
  | 'snip'
  | 'grasp'
  | 'synflow'
  | 'obd'
  | 'dense';

/**
 * Names of the masks that LEGCNet's are compared with, at equal numbers of weights.
 *
 * @example
 * import { choiceRivals } from 'legcnet';
 * choiceRivals[0]; // 'shuffled', the rival that decides
 */
export const choiceRivals: readonly ChoiceRival[] = [
  'shuffled',
  'shuffled-tested',
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
];

/** What is kept of one training. */
export interface RivalOutcome {
  /** Epochs trained until the benchmark was reached; null where it was not. */
  readonly epochs: number | null;
  /** Of the test part, by the procedure's rule. */
  readonly accuracy: number;
  /** Macro F1 on the test part. */
  readonly f1: number;
}

/** LEGCNet's network and its rivals from one start. */
export interface ChoiceRecord {
  /** The data set. */
  readonly dataset: StudyName;
  /** How it was split, trained and searched. */
  readonly procedure: Procedure;
  /** Whose choice of weights it is. */
  readonly variant: LegcnetVariant;
  /** Where the networks started. */
  readonly start: StudyStart;
  /** Weights that LEGCNet removes, in ascending order. */
  readonly removed: readonly number[];
  /** Why there is no mask; the networks are then missing. */
  readonly noMask?: string;
  /** The network without LEGCNet's weights; absent without a mask. */
  readonly legcnet?: RivalOutcome;
  /** Those that were trained: all, of MNIST `mnistRivals`. */
  readonly rivals?: Readonly<Partial<Record<ChoiceRival, readonly RivalOutcome[]>>>;
  /** Epochs after which a run was given up. */
  readonly maxEpochs: number;
  /** Wall clock; of a record that went on from a checkpoint, that of its last call. */
  readonly seconds: number;
}

/** Masks drawn a start for `shuffled` and `random`, networks for `reinitialised` and `smaller-dense`; one of MNIST. */
const DRAWS = 5;

/** Rivals of MNIST, where a training takes a quarter of a minute or more: those that decide. */
export const mnistRivals: readonly ChoiceRival[] = ['shuffled', 'shuffled-tested', 'random', 'dense'];

/** Draws the images and their order, for every initialisation the same, as in `mnistRun`. */
const MNIST_SEED = 42;

/** Where the runs of one start are kept while they go on, and how they report and stop. */
export interface ChoiceRecordOptions extends Pick<CheckpointOptions, 'checkpoint'>, LongRunOptions {}

/**
 * Chooses weights as a procedure does from one start, and trains the network without them beside every rival, all by the same
 * training. Masks are always those that the procedure chooses here. MNIST is stopped and counted as intended (`MnistOutcome`).
 *
 * The order of rows and all draws of the rivals come from the start's number, the same for initialisation k and seed k. They still
 * are different draws wherever the mask or the initial weights enter, which is everywhere but in `smaller-dense`: under
 * `published`, where no order is drawn and the split is the study's, more than half of its saved networks at initialisation k
 * are those at seed k once more, so that its 20 starts count for about 15. LEGCNet minus `smaller-dense` correlates
 * little between the two, by 0.05; compare either kind of start alone where that matters. Saved records are made so; another
 * numbering would change them all.
 *
 * With a `checkpoint` folder, which several records may share, a killed record goes on from what was saved last.
 *
 * @example
 * import { choiceRecord } from 'legcnet';
 * const { legcnet, rivals } = await choiceRecord('iris', 'sound', 'FT', { seed: 1 });
 * legcnet?.accuracy; // 0.8333
 * rivals?.shuffled?.[0].accuracy; // 0.8667, as many weights of every layer by chance
 */
export async function choiceRecord(
  name: StudyName,
  procedure: Procedure,
  variant: LegcnetVariant,
  start: StudyStart,
  { checkpoint, ...longRun }: ChoiceRecordOptions = {},
): Promise<ChoiceRecord> {
  const started = performance.now();
  const isMnist = name === 'mnist';
  const number = 'seed' in start ? start.seed : start.init;
  const order = isMnist ? MNIST_SEED : number;
  const { training, search } = studyProcedure(name, procedure, { seed: order })[variant];
  const { dataset, network } = await studyStart(name, procedure, start, longRun);
  const options = { ...training, ...longRun };
  const resumable = (task: string): CheckpointOptions =>
    checkpoint === undefined
      ? {}
      : { checkpoint: join(checkpoint, `${name}-${procedure}-${startName(start)}`.replace(' ', '-'), task) };
  const dense = await trainWithCheckpoint(network, dataset, { ...options, ...resumable('dense') });
  const own = { ...resumable(`${variant}-search`), ...longRun };
  const found = await searchedMask(network, dataset, options, search, dense, own);
  const id = { dataset: name, procedure, variant, start, maxEpochs: training.epochs };
  const seconds = (): number => (performance.now() - started) / 1000;
  if (typeof found === 'string') return { ...id, removed: [], noMask: found, seconds: seconds() };
  const { mask, scan } = found;
  const outcome = async (trained: Network, task: string): Promise<RivalOutcome> =>
    kept(await trainWithCheckpoint(trained, dataset, { ...options, ...resumable(`${variant}-${task}`) }));
  const wanted = isMnist ? mnistRivals : choiceRivals;
  const rivals: Partial<Record<ChoiceRival, RivalOutcome[]>> = Object.fromEntries(
    wanted.filter(rival => rival !== 'shuffled-tested').map(rival => [rival, []]),
  );
  rivals.dense?.push(kept(dense));
  const init = studyInitializer(name);
  const scores = scoresFromScan(scan, { remove: 'non-causal' });
  const legcnet = await outcome(applyMask(network, mask), 'legcnet');
  for (let draw = 1; draw <= (isMnist ? 1 : DRAWS); draw++) {
    const drawn = { init, seed: 1000 * number + draw, ...(draw === 1 ? { scores } : {}) };
    for (const control of controlNetworks(network, mask, drawn).controls) {
      if (!wanted.includes(control.name)) continue;
      rivals[control.name] ??= [];
      rivals[control.name]?.push(await outcome(control.network, `${control.name}-${draw}`));
    }
  }
  for (const rule of ['magnitude', 'trained-magnitude', 'snip', 'grasp', 'synflow', 'obd'] as const) {
    if (rivals[rule] === undefined) continue;
    const same = await rivalMask(rule, network, dense, dataset, mask);
    rivals[rule].push(await outcome(applyMask(network, same), rule));
  }
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
