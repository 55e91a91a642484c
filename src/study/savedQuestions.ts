import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LongRunOptions } from '../core/longRun';
import { packageRoot } from '../core/packageRoot';
import { readJson } from '../core/readJson';
import { replaceFile } from '../core/replaceFile';
import type { StudyName } from '../data/studySettings';
import { packageVersion } from '../network/trainingIdentity';
import { publishedInits } from './pairedStarts';
import { type QuestionRecord, questionRecord } from './questionRecord';
import { smallDatasets } from './smallDatasets';
import { startName } from './startName';

export const questionsFile: string = join(packageRoot, 'data', 'questionRecords.json');

/**
 * The records that ship with the package, behind `legcnet questions`: the small data sets, the published initialisations 1 to 5.
 *
 * @example
 * import { savedQuestions } from 'legcnet';
 * savedQuestions().length; // 30
 */
export function savedQuestions(file: string = questionsFile): QuestionRecord[] {
  if (!existsSync(file)) return [];
  return (readJson(file) as { records: QuestionRecord[] }).records;
}

/** Makes the records that `known` lacks one after another and hands each out. */
export async function* makeQuestions(
  known: readonly QuestionRecord[],
  datasets: readonly StudyName[] = [...smallDatasets, 'vowel'],
  longRun: LongRunOptions = {},
): AsyncGenerator<QuestionRecord> {
  const done = new Set(known.map(nameOf));
  for (const dataset of datasets) {
    for (const start of publishedInits) {
      if (!done.has(nameOf({ dataset, start }))) yield questionRecord(dataset, start, longRun);
    }
  }
}

/** Writes records in order of their names, one a line; a reader finds the old file or the new one, never a part. */
export async function saveQuestions(
  records: readonly QuestionRecord[],
  file: string = questionsFile,
): Promise<void> {
  const sorted = [...records].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const lines = sorted.map(record => `    ${JSON.stringify(record)}`);
  const about =
    'Every reading of every open question of the paper, one data set and start a line. Made by legcnet questions --remake.';
  const head = { about, version: packageVersion() };
  const text = `{\n  ${JSON.stringify(head).slice(1, -1)},\n  "records": [\n${lines.join(',\n')}\n  ]\n}\n`;
  await replaceFile(file, text);
}

function nameOf({ dataset, start }: Pick<QuestionRecord, 'dataset' | 'start'>): string {
  return `${dataset} ${startName(start)}`;
}
