import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { readJson } from '../core/readJson';
import { replaceFile } from '../core/replaceFile';
import type { Procedure } from '../data/dataset';
import type { StudyName } from '../data/studySettings';
import { packageVersion } from '../network/trainingIdentity';
import { startName } from './startName';
import type { StudyRecord } from './studyRecord';

/** How a saved record came about. */
export interface Making {
  /** The command that makes it again. */
  readonly command: string;
  /** Of this package. */
  readonly version: string;
}

export type SavedRecord = StudyRecord & Making;

/** Names one record among all. */
export type RecordKey = Pick<StudyRecord, 'dataset' | 'procedure' | 'masks' | 'start'>;

export const recordsFile: string = join(packageRoot, 'data', 'studyRecords.json');

/** Every record that ships with the package, by `recordName`. */
export function savedRecords(file: string = recordsFile): Map<string, SavedRecord> {
  if (!existsSync(file)) return new Map();
  const { records } = readJson(file) as { records: SavedRecord[] };
  return new Map(records.map(record => [recordName(record), record]));
}

/** Writes all records, one a line, in order of their names; a reader finds the old file or the new one, never a part. */
export async function saveRecords(
  records: ReadonlyMap<string, SavedRecord>,
  file: string = recordsFile,
): Promise<void> {
  const names = [...records.keys()].sort();
  const lines = names.map(name => `    ${JSON.stringify(records.get(name))}`);
  const about =
    'Every network of Tables 1 to 3, one start a line; epochs are counted, the paper prints one less. Made by legcnet table N --recompute.';
  const text = `{\n  "about": ${JSON.stringify(about)},\n  "records": [\n${lines.join(',\n')}\n  ]\n}\n`;
  await replaceFile(file, text);
}

export function recordName({ dataset, procedure, masks, start }: RecordKey): string {
  return [dataset, procedure, masks, startName(start)].join(' ');
}

/** How a record is made again. */
export function making(dataset: StudyName, procedure: Procedure, masks: string): Making {
  const command = `legcnet table 1 --procedure ${procedure} --masks ${masks} --dataset ${dataset} --init all --recompute`;
  return { command, version: packageVersion() };
}
