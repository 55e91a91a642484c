import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import type { Dataset } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { loadPooled } from '../data/loadPooled';
import type { StudyName } from '../data/studySettings';
import { removedWeights } from '../network/applyMask';
import { accuracy, macroF1 } from '../network/metrics';
import type { Network } from '../network/network';
import { retrain } from '../network/retrain';
import { type TrainingRun, train } from '../network/train';
import { randomMask } from '../pruning/randomMask';
import { type OpenQuestion, openQuestions, type ReadingData, type ReadingHow } from './openQuestions';
import { searchedMask } from './searchedMask';
import { studyProcedure } from './studyProcedure';
import { type StudyStart, studyStart } from './studyRecord';
import { cutByMagnitude, RANDOM_SHARE } from './tableRivals';

/** What one reading of one question gives from one start. */
export interface ReadingOutcome {
  /** `id` of the question. */
  readonly question: string;
  /** Name of the reading. */
  readonly reading: string;
  /** Weights removed, in ascending order; none where `noMask` says why there is no mask. */
  readonly removed: readonly number[];
  /** Why there is no mask, where there is none. */
  readonly noMask?: string;
  /** Epochs of the pruned network until the benchmark; null where it was not reached, or there is no mask. */
  readonly epochs: number | null;
  /** Of the test part, by the largest output; of the dense network where there is no mask. */
  readonly accuracy: number;
  /** Macro F1 on the test part. */
  readonly f1: number;
}

/** Every reading of every question on one data set from one start. */
export interface QuestionRecord {
  /** The data set. */
  readonly dataset: StudyName;
  /** Where the networks started. */
  readonly start: StudyStart;
  /** Weights of the network. */
  readonly weights: number;
  /** Epochs after which a run was given up. */
  readonly maxEpochs: number;
  /** One entry a question and reading. */
  readonly outcomes: readonly ReadingOutcome[];
}

/**
 * Runs the readings of all questions that concern a data set, everything else as under `published`.
 *
 * @example
 * import { openQuestions, questionRecord } from 'legcnet';
 * const { outcomes } = await questionRecord('iris', { seed: 1 }, { questions: openQuestions.slice(0, 1) });
 * outcomes.map(({ reading, removed }) => [reading, removed.length]); // [ [ 'non-causal', 3 ], [ 'causal', 39 ] ]
 */
export async function questionRecord(
  name: StudyName,
  start: StudyStart,
  options: LongRunOptions & { readonly questions?: readonly OpenQuestion[] } = {},
): Promise<QuestionRecord> {
  const { questions = openQuestions } = options;
  const longRun = longRunOptions(options);
  const { dataset, network } = await studyStart(name, 'published', start, longRun);
  const settings = studyProcedure(name, 'published');
  const rows: Partial<Record<ReadingData, Dataset>> = { published: dataset };
  const known = new Map<string, Omit<ReadingOutcome, 'question' | 'reading'>>();
  const outcomes: ReadingOutcome[] = [];
  for (const { id, datasets, readings } of questions) {
    if (!datasets.includes(name)) continue;
    for (const { name: reading, how } of readings) {
      // Most questions begin with the study's own reading, which is run once.
      const key = 'search' in how || 'training' in how ? `${id} ${reading}` : JSON.stringify(how);
      const found = known.get(key) ?? (await outcomeOf(how));
      known.set(key, found);
      outcomes.push({ question: id, reading, ...found });
    }
  }
  const weights = network.weights.reduce((sum, matrix) => sum + matrix.length, 0);
  return { dataset: name, start, weights, maxEpochs: settings.FT.training.epochs, outcomes };

  async function outcomeOf(how: ReadingHow): Promise<Omit<ReadingOutcome, 'question' | 'reading'>> {
    if (how.mask === 'random') {
      const mask = randomMask(network, { share: RANDOM_SHARE, seed: how.seed });
      const run = await retrain(network, mask, dataset, { ...settings.FT.training, ...longRun });
      return ended(run, run.final, dataset);
    }
    if (how.mask === 'magnitude') {
      const dense = await train(network, dataset, { ...settings.FT.training, ...longRun });
      return ended(dense, cutByMagnitude(dense.final, how.share).cut, dataset);
    }
    const { mask: variant, search = same, training: change = {}, data = 'published' } = how;
    const own = rows[data] ?? (await load(name, data, longRun));
    rows[data] = own;
    const training = { ...settings[variant].training, ...change, ...longRun };
    const dense = await train(network, own, training);
    const wanted = search(settings[variant].search, name);
    const mask = await searchedMask(network, own, training, wanted, dense, longRun);
    if (typeof mask === 'string') return { ...ended(dense, dense.final, own), epochs: null, noMask: mask };
    const run = await retrain(network, mask.mask, own, training);
    return ended(run, run.final, own);
  }
}

function same<T>(value: T): T {
  return value;
}

function load(name: StudyName, data: ReadingData, longRun: LongRunOptions): Promise<Dataset> {
  if (data === 'pooled' && (name === 'titanic' || name === 'vowel')) return loadPooled(name, longRun);
  return loadDataset(name, { procedure: data === 'by-feature' ? 'described' : 'published', ...longRun });
}

function ended(
  run: TrainingRun,
  network: Network,
  { test }: Dataset,
): Omit<ReadingOutcome, 'question' | 'reading'> {
  return {
    removed: network.mask === null ? [] : [...removedWeights(network.mask)],
    epochs: run.stopped ? run.epochCount : null,
    accuracy: accuracy(network, test, { rule: 'argmax' }),
    f1: macroF1(network, test),
  };
}
