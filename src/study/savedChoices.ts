import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LongRunOptions } from '../core/longRun';
import { packageRoot } from '../core/packageRoot';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import { packageVersion } from '../network/trainingIdentity';
import { type ChoiceRecord, choiceRecord } from './choiceRecord';
import { startName } from './savedRecords';
import type { StudyStart } from './studyRecord';
import { allStarts } from './studyRecords';

export const choicesFile: string = join(packageRoot, 'data', 'choiceRecords.json');

/** The data sets, procedures and starts of the saved records. */
export interface ChoicePlan {
  /** Default: the six small ones. */
  readonly datasets?: readonly StudyName[];
  /** Default: `published` and `sound`. */
  readonly procedures?: readonly Procedure[];
  /** Default: the published initialisations 1 to 10 and seeds 1 to 10. */
  readonly starts?: readonly StudyStart[];
}

/** The records that ship with the package, behind `legcnet choice`. */
export function savedChoices(file: string = choicesFile): ChoiceRecord[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { records: ChoiceRecord[] }).records;
}

/** Makes the records of a plan one after another and hands each out; those that `known` holds already are left out. */
export async function* makeChoices(
  plan: ChoicePlan,
  known: readonly ChoiceRecord[],
  longRun: LongRunOptions = {},
): AsyncGenerator<ChoiceRecord> {
  const { datasets = small, procedures = ['published', 'sound'], starts } = plan;
  const done = new Set(known.map(choiceName));
  for (const procedure of procedures) {
    for (const dataset of datasets) {
      for (const variant of ['FT', 'PT'] as const) {
        for (const start of starts ?? allStarts(dataset)) {
          if (done.has(choiceName({ dataset, procedure, variant, start }))) continue;
          yield choiceRecord(dataset, procedure, variant, start, longRun);
        }
      }
    }
  }
}

/** Writes records in order of their names, one a line; a reader finds the old file or the new one, never a part. */
export async function saveChoices(
  records: readonly ChoiceRecord[],
  file: string = choicesFile,
): Promise<void> {
  const sorted = [...records].sort((a, b) => (choiceName(a) < choiceName(b) ? -1 : 1));
  const lines = sorted.map(record => `    ${JSON.stringify(record)}`);
  const about =
    'LEGCNet and its rivals at equal numbers of removed weights, one start a line. Made by legcnet choice --recompute.';
  const head = { about, version: packageVersion() };
  const text = `{\n  ${JSON.stringify(head).slice(1, -1)},\n  "records": [\n${lines.join(',\n')}\n  ]\n}\n`;
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

const small: readonly StudyName[] = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f', 'vowel'];

function choiceName({
  procedure,
  dataset,
  variant,
  start,
}: {
  readonly procedure: Procedure;
  readonly dataset: StudyName;
  readonly variant: LegcnetVariant;
  readonly start: StudyStart;
}): string {
  return [procedure, dataset, variant, startName(start)].join(' ');
}
