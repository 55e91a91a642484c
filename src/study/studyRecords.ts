import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import type { Procedure } from '../data/dataset';
import type { StudyName } from '../data/studySettings';
import { making, recordName, type SavedRecord, savedRecords } from './savedRecords';
import { type StudyRecord, type StudyStart, studyRecord } from './studyRecord';

export interface StudyRecordsOptions extends LongRunOptions {
  /** Trains again what is saved too. */
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
  const saved = recompute || maxEpochs !== undefined ? new Map<string, SavedRecord>() : savedRecords();
  const records: SavedRecord[] = [];
  for (const start of starts) {
    const known = saved.get(recordName({ dataset, procedure, masks, start }));
    records.push(known ?? (await make(dataset, procedure, masks, start, options)));
  }
  return records;
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
