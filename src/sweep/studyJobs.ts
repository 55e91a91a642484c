import type { LongRunOptions } from '../core/longRun';
import { checkOptions, type OptionNames } from '../core/options';
import { checkPlace, requireOneOf, requireWhole } from '../core/require';
import type { Procedure } from '../data/dataset';
import { datasetEntry } from '../data/manifest';
import { readPreparation } from '../data/preparation';
import type { LegcnetVariant } from '../data/publishedMasks';
import { datasetNames, studySettings } from '../data/studySettings';
import { removedWeights } from '../network/applyMask';
import { retrain } from '../network/retrain';
import { type TrainingRun, train } from '../network/train';
import { checkTrainOptions } from '../network/trainingSettings';
import { checkSearchSettings, searchSettingNames } from '../study/checkSearchSettings';
import { choiceRecord, type RivalOutcome } from '../study/choiceRecord';
import { searchedMask } from '../study/searchedMask';
import { studyProcedure } from '../study/studyProcedure';
import { type StudyStart, studyRecord, studyStart } from '../study/studyRecord';
import { canonicalText, isPlainObject } from './canonicalText';
import type { ChoiceJob, LegcnetJob, StartOfJob, SweepRow, TablesJob } from './sweepJob';

/** The kinds of work that are the study's own. */
export type StudyJob = LegcnetJob | TablesJob | ChoiceJob;

const startNames: OptionNames<StartOfJob> = { dataset: true, init: true, seed: true, procedure: true };
const variantNames = { ...startNames, work: true, variant: true } as const;

const jobNames: Readonly<Record<StudyJob['work'], Readonly<Record<string, true>>>> = {
  legcnet: { ...variantNames, search: true, training: true } satisfies OptionNames<LegcnetJob>,
  tables: { ...startNames, work: true } satisfies OptionNames<TablesJob>,
  choice: variantNames satisfies OptionNames<ChoiceJob>,
};

const trainingNames: OptionNames<NonNullable<LegcnetJob['training']>> = {
  epochs: true,
  learningRate: true,
  batch: true,
  momentum: true,
  loss: true,
};

const variants: readonly LegcnetVariant[] = ['FT', 'PT'];
const procedures: readonly Procedure[] = ['published', 'described', 'sound'];
/** What `train` itself takes where a procedure says nothing. */
const trainDefaults = { batch: 1, momentum: 0, loss: 'squared-error' } as const;

/**
 * Everything that can be known of a job before its data are loaded. When it runs it may still turn out that a batch is larger than
 * the training part (here: than the whole set), that a delta is lost in the rounding of a weight, and, of MNIST, that a search
 * which needs the whole trajectory has none because it is too long to be held.
 *
 * @throws TypeError or RangeError naming what is wrong, before anything is computed
 */
export function checkStudyJob(job: StudyJob, task: string): void {
  checkOptions(job, jobNames[job.work], task);
  requireOneOf(job.dataset, datasetNames, 'dataset', task);
  // A default stands for what was left out, not for null.
  const { procedure = 'sound', init = 1 } = job;
  requireOneOf(procedure, procedures, 'procedure', task);
  if (job.seed !== undefined && job.init !== undefined) {
    throw new RangeError(`Cannot ${task}: init or seed is required, both came`);
  }
  const { initialisations, layers, output } = studySettings[job.dataset];
  if (job.seed === undefined) requireWhole(init, 1, 'init', task, initialisations);
  const { seed = 1 } = job;
  const { validationShare } = readPreparation({ procedure, seed }, procedure, task);
  if (job.work === 'tables') return;
  const { variant = 'FT' } = job;
  requireOneOf(variant, variants, 'variant', task);
  if (job.work === 'choice') return;
  const { search = {}, training = {} } = job;
  const usual = studyProcedure(job.dataset, procedure)[variant];
  checkPlace(task, 'search', () => checkOptions(search, searchSettingNames, 'choose weights'));
  checkSearchSettings({ ...usual.search, ...search }, layers, validationShare > 0, task);
  checkPlace(task, 'training', () => {
    checkOptions(training, trainingNames, 'train');
    checkTrainOptions({ ...usual.training, ...training }, output, datasetEntry(job.dataset).rows);
  });
}

/** The same job with everything left out that it would be without. */
export function withoutStudyDefaults(job: StudyJob): object {
  const { work, dataset, procedure = 'sound', seed, init = 1, ...rest } = job;
  const start = {
    work,
    dataset,
    ...(procedure === 'sound' ? {} : { procedure }),
    ...(seed !== undefined ? { seed } : init === 1 ? {} : { init }),
  };
  if (work === 'tables') return start;
  const { variant = 'FT', search = {}, training = {} } = rest as Omit<LegcnetJob, 'work'>;
  const usual = studyProcedure(dataset, procedure)[variant];
  const kept = {
    search: changed(withoutThreads(search), usual.search),
    training: changed(training, { ...trainDefaults, ...usual.training }),
  };
  return {
    ...start,
    ...(variant === 'FT' ? {} : { variant }),
    ...Object.fromEntries(Object.entries(kept).filter(([, fields]) => Object.keys(fields).length > 0)),
  };
}

/** A search without the number of threads of its tests: no result depends on it. */
function withoutThreads(search: NonNullable<LegcnetJob['search']>): object {
  if (!isPlainObject(search) || !isPlainObject(search.scan)) return search;
  const { workers: _, ...scan } = search.scan;
  return { ...search, scan };
}

/** The fields that differ from the usual ones, each taken as a whole, because it replaces the usual one as a whole. */
function changed(fields: object, usual: object): object {
  const text = (value: unknown): string => (value === undefined ? '' : canonicalText(value));
  const differs = ([name, value]: [string, unknown]): boolean =>
    value !== undefined && text(value) !== text((usual as Readonly<Record<string, unknown>>)[name]);
  return isPlainObject(fields) ? Object.fromEntries(Object.entries(fields).filter(differs)) : fields;
}

/** Does the work of a job of the study. */
export function runStudyJob(job: StudyJob, longRun: LongRunOptions): Promise<readonly SweepRow[]> {
  if (job.work === 'legcnet') return legcnetRows(job, longRun);
  return job.work === 'tables' ? tablesRows(job, longRun) : choiceRows(job, longRun);
}

async function legcnetRows(job: LegcnetJob, longRun: LongRunOptions): Promise<readonly SweepRow[]> {
  const { dataset: name, variant = 'FT', procedure = 'sound' } = job;
  const start = startOf(job);
  const usual = studyProcedure(name, procedure, { seed: 'seed' in start ? start.seed : start.init })[variant];
  const training = { ...usual.training, ...job.training, ...longRun };
  const search = { ...usual.search, ...job.search };
  const { dataset, network } = await studyStart(name, procedure, start, longRun);
  const dense = await train(network, dataset, training);
  const found = await searchedMask(network, dataset, training, search, dense, longRun);
  if (typeof found === 'string') return [runRow('dense', dense), { ...noRun, noMask: found }];
  return [runRow('dense', dense), runRow('legcnet', await retrain(network, found.mask, dataset, training))];
}

/** Tables that mix runs with and without a mask keep their columns. */
const noRun = {
  network: 'legcnet',
  epochs: null,
  accuracy: null,
  f1: null,
  removed: null,
  weights: null,
  mask: null,
} as const;

function runRow(
  network: string,
  { final, stopped, epochCount, testAccuracy, testF1 }: TrainingRun,
): SweepRow {
  return {
    network,
    epochs: stopped ? epochCount : null,
    accuracy: testAccuracy,
    f1: testF1,
    removed: final.mask?.removed ?? 0,
    weights: final.weights.reduce((sum, matrix) => sum + matrix.length, 0),
    mask: final.mask === null ? [] : [...removedWeights(final.mask)],
  };
}

async function tablesRows(job: TablesJob, longRun: LongRunOptions): Promise<readonly SweepRow[]> {
  const { dataset, procedure = 'sound' } = job;
  const { arms, noMask } = await studyRecord(dataset, procedure, startOf(job), {
    masks: 'recomputed',
    ...longRun,
  });
  const rows = Object.entries(arms).flatMap(([network, runs]) =>
    runs.map(({ removed, weights, ...outcome }, i): SweepRow => {
      const count = typeof removed === 'number' ? removed : removed.length;
      const mask = typeof removed === 'number' ? null : removed;
      return { network, draw: i + 1, ...outcome, removed: count, weights, mask };
    }),
  );
  const missing = Object.entries(noMask).map(([network, reason]) => ({ ...noRun, network, noMask: reason }));
  return [...rows, ...missing];
}

async function choiceRows(job: ChoiceJob, longRun: LongRunOptions): Promise<readonly SweepRow[]> {
  const { dataset, procedure = 'sound', variant = 'FT' } = job;
  const record = await choiceRecord(dataset, procedure, variant, startOf(job), longRun);
  const { removed, noMask, legcnet, rivals = {} } = record;
  if (legcnet === undefined) return [{ ...noRun, noMask: noMask ?? 'No mask.' }];
  const row = (network: string, draw: number, { epochs, accuracy, f1 }: RivalOutcome): SweepRow => ({
    network,
    draw,
    epochs,
    accuracy,
    f1,
    removed: network === 'dense' ? 0 : removed.length,
  });
  return [
    { ...row('legcnet', 1, legcnet), mask: removed },
    ...Object.entries(rivals).flatMap(([rival, runs]) => runs.map((run, i) => row(rival, i + 1, run))),
  ];
}

function startOf({ init = 1, seed }: StartOfJob): StudyStart {
  return seed === undefined ? { init } : { seed };
}
