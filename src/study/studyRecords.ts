import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import type { Procedure } from '../data/dataset';
import { type StudyName, studySettings } from '../data/studySettings';
import { packageVersion } from '../network/trainingIdentity';
import { madeOnce } from './madeRecords';
import { mnistRecord } from './mnistRecord';
import { mnistRun } from './mnistRun';
import { savedMnistRuns } from './savedMnistRuns';
import { making, recordName, type SavedRecord, savedRecords } from './savedRecords';
import { type StudyRecord, type StudyStart, studyRecord } from './studyRecord';

export interface StudyRecordsOptions extends LongRunOptions {
  /** Trains again what is saved too, each start once in a process, or in a call of `legcnet notebooks`: the tables share their records. */
  readonly recompute: boolean;
  readonly maxEpochs?: number;
}

/** The records of several starts: saved ones where there are any, unless they are asked for anew. */
export async function studyRecords(
  dataset: StudyName,
  procedure: Procedure,
  masks: 'published' | 'recomputed',
  starts: readonly StudyStart[],
  options: StudyRecordsOptions,
): Promise<SavedRecord[]> {
  const { recompute, maxEpochs } = options;
  if (dataset === 'mnist' && procedure === 'published') return mnistRecords(masks, starts, options);
  const saved = recompute || maxEpochs !== undefined ? new Map<string, SavedRecord>() : savedRecords();
  // A start of MNIST takes a quarter of an hour: unless asked for anew, those that are saved must do.
  const isSaved = (start: StudyStart): boolean => saved.has(recordName({ dataset, procedure, masks, start }));
  const wanted = dataset === 'mnist' && !recompute ? starts.filter(isSaved) : starts;
  const records: SavedRecord[] = [];
  for (const start of wanted) {
    const known = saved.get(recordName({ dataset, procedure, masks, start }));
    const name = `${recordName({ dataset, procedure, masks, start })} ${maxEpochs ?? ''}`;
    records.push(known ?? (await madeOnce(name, () => make(dataset, procedure, masks, start, options))));
  }
  return records;
}

/**
 * MNIST's records under `published`: of the runs that ship with the package, none for other starts; or, if asked for anew, of one
 * run made now for each start, ten minutes each. LEGCNet's columns
 * wear the listed masks or those of all weights; accuracy and F1 are counted as the study's code did.
 */
async function mnistRecords(
  masks: 'published' | 'recomputed',
  starts: readonly StudyStart[],
  { recompute, ...options }: StudyRecordsOptions,
): Promise<SavedRecord[]> {
  const inits = starts.flatMap(start => ('init' in start ? [start.init] : []));
  const wears = masks === 'published' ? 'published' : 'all';
  if (!recompute && options.maxEpochs === undefined) {
    const saved = savedMnistRuns().rows.filter(({ run }) => inits.includes(run.init));
    return saved.map(({ run, command, version }) => ({
      ...mnistRecord(run, wears, 'asCoded'),
      command,
      version,
    }));
  }
  const records: SavedRecord[] = [];
  for (const init of inits) {
    const run = await madeOnce(`mnist run ${init} ${options.maxEpochs ?? ''}`, () => mnistRun(init, options));
    const command = `legcnet mnist --init ${init} --seed ${run.seed}`;
    records.push({ ...mnistRecord(run, wears, 'asCoded'), command, version: packageVersion() });
  }
  return records;
}

/** A saved record beside the same one made now. */
export interface RecordCheck {
  readonly record: string;
  /** Whether every outcome is the same, bit for bit. */
  readonly same: boolean;
  readonly seconds: number;
}

/**
 * Draws saved records of the small data sets by chance, makes them again and compares, bit for bit.
 *
 * @param random where the draw comes from
 */
export async function checkRecords(
  count: number,
  random: () => number,
  longRun: LongRunOptions = {},
): Promise<RecordCheck[]> {
  const saved = [...savedRecords().values()].filter(({ dataset }) => dataset !== 'mnist');
  const checks: RecordCheck[] = [];
  for (let i = 0; i < count; i++) {
    const { dataset, procedure, masks, start, arms, noMask } = saved[Math.floor(random() * saved.length)];
    const again = await make(dataset, procedure, masks, start, { recompute: true, ...longRun });
    const same = JSON.stringify([arms, noMask]) === JSON.stringify([again.arms, again.noMask]);
    checks.push({ record: recordName(again), same, seconds: again.seconds });
  }
  return checks;
}

/** Data sets and procedures to make records of; all without. */
export interface RecordsPlan {
  readonly datasets?: readonly StudyName[];
  readonly procedures?: readonly Procedure[];
}

/** Makes the records behind the tables that `known` lacks, one after another. */
export async function* makeRecords(
  { datasets = small, procedures = ['published', 'described', 'sound'] }: RecordsPlan,
  known: ReadonlyMap<string, SavedRecord>,
  longRun: LongRunOptions = {},
): AsyncGenerator<SavedRecord> {
  for (const procedure of procedures) {
    for (const dataset of datasets) {
      for (const { masks, starts } of wantedRecords(dataset, procedure)) {
        for (const start of starts) {
          if (known.has(recordName({ dataset, procedure, masks, start }))) continue;
          yield make(dataset, procedure, masks, start, { recompute: true, ...longRun });
        }
      }
    }
  }
}

const small: readonly StudyName[] = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f', 'vowel'];
const PUBLISHED_MASKS = 5;

/** The published initialisations, and as many starts from seeds of our own. */
export function allStarts(dataset: StudyName): readonly StudyStart[] {
  const numbers = Array.from({ length: studySettings[dataset].initialisations }, (_, i) => i + 1);
  return [...numbers.map(init => ({ init })), ...numbers.map(seed => ({ seed }))];
}

function wantedRecords(
  dataset: StudyName,
  procedure: Procedure,
): readonly { masks: 'published' | 'recomputed'; starts: readonly StudyStart[] }[] {
  const starts = allStarts(dataset).filter(start => dataset !== 'mnist' || 'init' in start);
  if (procedure !== 'published') return [{ masks: 'recomputed', starts }];
  if (dataset === 'vowel') return [{ masks: 'recomputed', starts: starts.filter(start => 'init' in start) }];
  const inits = starts.slice(0, PUBLISHED_MASKS);
  return [
    { masks: 'published', starts: inits },
    { masks: 'recomputed', starts: inits },
  ];
}

async function make(
  dataset: StudyName,
  procedure: Procedure,
  masks: 'published' | 'recomputed',
  start: StudyStart,
  options: StudyRecordsOptions,
): Promise<SavedRecord> {
  const { maxEpochs } = options;
  const record: StudyRecord = await studyRecord(dataset, procedure, start, {
    masks,
    ...longRunOptions(options),
    ...(maxEpochs === undefined ? {} : { maxEpochs }),
  });
  return { ...record, ...making(dataset, procedure, masks) };
}
