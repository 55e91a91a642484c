import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import type { Dataset, Procedure } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import { createNetwork } from '../network/createNetwork';
import type { Initializer } from '../network/initialParameters';
import { createMask, type Mask } from '../network/mask';
import type { Network } from '../network/network';
import { publishedNetwork } from '../network/publishedNetwork';
import { retrain } from '../network/retrain';
import { train } from '../network/train';
import { magnitudeMask } from '../pruning/magnitudeMask';
import { randomMask } from '../pruning/randomMask';
import { outcomeOf, type RunOutcome } from './runOutcome';
import { searchedMask } from './searchedMask';
import { studyProcedure } from './studyProcedure';
import type { StudyTrainingOptions } from './studyTraining';
import { cutOutcome, MAGNITUDE_SHARE, RANDOM_SHARE } from './tableRivals';

/** Where a run starts: the study's own initial weights (1-based), or weights drawn from a seed as the study drew its own. */
export type StudyStart =
  | {
      /** Published initialisation, from 1. */
      readonly init: number;
    }
  | {
      /** Seed of initial weights of our own. */
      readonly seed: number;
    };

/**
 * What a column of the tables was trained with: no mask, LEGCNet's two, 40 % by chance, or by magnitude of the trained weights:
 * `cutOutcome` says how the study cut; under `sound` 25 %, then trained again from the initial weights.
 */
export type StudyArm = LegcnetVariant | 'dense' | 'random' | 'magnitude';

/** All networks of Tables 1 to 3 from one start. */
export interface StudyRecord {
  /** The data set. */
  readonly dataset: StudyName;
  /** How it was split, trained and searched. */
  readonly procedure: Procedure;
  /** Whether LEGCNet's masks are the study's lists or chosen here. */
  readonly masks: 'published' | 'recomputed';
  /** Where the networks started. */
  readonly start: StudyStart;
  /** One run an arm; of `random` one a mask drawn. None where there is no mask, and then `noMask` says why. */
  readonly arms: Readonly<Record<StudyArm, readonly RunOutcome[]>>;
  /** Why a variant has no mask, where it has none. */
  readonly noMask: Readonly<Partial<Record<LegcnetVariant, string>>>;
  /** Wall clock. */
  readonly seconds: number;
}

/** Which masks and how many epochs `studyRecord` trains. */
export interface StudyRecordOptions extends Pick<StudyTrainingOptions, 'maxEpochs'>, LongRunOptions {
  /** LEGCNet's masks: those that the study lists, or those that the procedure chooses from this start. */
  readonly masks: 'published' | 'recomputed';
}

/** Masks drawn, because the study does not give its seed; for MNIST, whose training takes minutes, one. */
const RANDOM_MASKS = 10;

/**
 * Trains every network of Tables 1 to 3 from one start under a procedure: dense, LEGCNet-FT and -PT, random and magnitude.
 *
 * Seeds: under `sound` a start from a seed is also split and reordered by it; everywhere else the split is the study's (seed 42).
 *
 * @throws RangeError for a start or mask that was not published
 * @example
 * import { studyRecord } from 'legcnet';
 * const { arms } = await studyRecord('iris', 'sound', { seed: 1 }, { masks: 'recomputed' });
 * Object.keys(arms); // [ 'dense', 'FT', 'PT', 'random', 'magnitude' ]
 * arms.random.length; // 10, one a mask drawn
 */
export async function studyRecord(
  name: StudyName,
  procedure: Procedure,
  start: StudyStart,
  options: StudyRecordOptions,
): Promise<StudyRecord> {
  const started = performance.now();
  const longRun = longRunOptions(options);
  const { masks, maxEpochs } = options;
  const seed = 'seed' in start ? start.seed : start.init;
  const { FT, PT } = studyProcedure(name, procedure, {
    seed,
    ...(maxEpochs === undefined ? {} : { maxEpochs }),
  });
  const { dataset, network } = await studyStart(name, procedure, start, longRun);
  const training = { ...FT.training, ...longRun };
  const dense = await train(network, dataset, training);
  const under = async (mask: Mask): Promise<RunOutcome> =>
    outcomeOf(await retrain(network, mask, dataset, training));
  const noMask: Partial<Record<LegcnetVariant, string>> = {};
  const legcnet = async (variant: LegcnetVariant): Promise<RunOutcome[]> => {
    if (masks === 'published')
      return [await under(await publishedMask(name, variant, start, network, longRun))];
    const { search } = variant === 'FT' ? FT : PT;
    const found = await searchedMask(network, dataset, training, search, dense, longRun);
    if (typeof found !== 'string') return [await under(found.mask)];
    noMask[variant] = found;
    return [];
  };
  const random: RunOutcome[] = [];
  for (let draw = 1; draw <= (name === 'mnist' ? 1 : RANDOM_MASKS); draw++) {
    random.push(await under(randomMask(network, { share: RANDOM_SHARE, seed: draw })));
  }
  const arms = {
    dense: [outcomeOf(dense)],
    FT: await legcnet('FT'),
    PT: await legcnet('PT'),
    random,
    magnitude: [
      procedure === 'sound'
        ? await under(magnitudeMask(dense.final, { share: MAGNITUDE_SHARE }))
        : cutOutcome(dense, dataset, procedure),
    ],
  };
  const seconds = (performance.now() - started) / 1000;
  return { dataset: name, procedure, masks, start, arms, noMask, seconds };
}

/** The data and the initial network of one start. */
export async function studyStart(
  name: StudyName,
  procedure: Procedure,
  start: StudyStart,
  longRun: LongRunOptions,
): Promise<{ dataset: Dataset; network: Network }> {
  const isOwnSplit = procedure === 'sound' && 'seed' in start;
  const dataset = await loadDataset(name, {
    procedure,
    ...longRun,
    ...(isOwnSplit ? { seed: start.seed } : {}),
  });
  if ('init' in start) return { dataset, network: await publishedNetwork(name, start.init, longRun) };
  const { layers, activation, output } = studySettings[name];
  const init = studyInitializer(name);
  return { dataset, network: createNetwork({ layers, activation, output, init, seed: start.seed }) };
}

/** How the study drew its initial weights and biases; of MNIST the published ones show it. */
export function studyInitializer(name: StudyName): Initializer {
  return name === 'mnist' ? 'torch-uniform' : { name: 'normal', sd: name === 'vowel' ? 1 : 0.1 };
}

async function publishedMask(
  name: StudyName,
  variant: LegcnetVariant,
  start: StudyStart,
  { layers }: Network,
  longRun: LongRunOptions,
): Promise<Mask> {
  if (!('init' in start))
    throw new RangeError('Cannot take a published mask: none is published for a start from a seed');
  const indices = await publishedMaskIndices(name, variant, start.init, longRun);
  return createMask(layers, indices, `published LEGCNet-${variant} mask of initialisation ${start.init}`);
}
