import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { readJson } from '../core/readJson';
import { replaceFile } from '../core/replaceFile';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import { packageVersion } from '../network/trainingIdentity';
import { type ChoiceRecord, type ChoiceRecordOptions, choiceRecord } from './choiceRecord';
import { startName } from './startName';
import type { StudyStart } from './studyRecord';
import { allStarts } from './studyRecords';

export const choicesFile: string = join(packageRoot, 'data', 'choiceRecords.json');

/** The data sets, procedures and starts of the saved records. */
export interface ChoicePlan {
  /** Default: the six small ones; MNIST takes a quarter of an hour a start. */
  readonly datasets?: readonly StudyName[];
  /** Default: `published` and `sound`, of MNIST `published`. */
  readonly procedures?: readonly Procedure[];
  /** Default: the published initialisations 1 to 10 and seeds 1 to 10; of MNIST initialisations 1 to 5, of which not all are saved. */
  readonly starts?: readonly StudyStart[];
}

/**
 * The records that ship with the package, behind `legcnet choice`.
 *
 * @example
 * import { savedChoices } from 'legcnet';
 * savedChoices().filter(({ dataset }) => dataset === 'iris').length; // 80
 */
export function savedChoices(file: string = choicesFile): ChoiceRecord[] {
  if (!existsSync(file)) return [];
  const { records } = readJson(file) as { records: SavedChoice[] };
  return records.map(record => {
    const { removed } = record;
    return { ...record, removed: typeof removed === 'string' ? fromBits(removed) : removed };
  });
}

/** Makes the records of a plan one after another and hands each out; those that `known` holds already are left out. */
export async function* makeChoices(
  plan: ChoicePlan,
  known: readonly ChoiceRecord[],
  options: ChoiceRecordOptions = {},
): AsyncGenerator<ChoiceRecord> {
  const { datasets = small, procedures = ['published', 'sound'], starts } = plan;
  const done = new Set(known.map(choiceName));
  for (const procedure of procedures) {
    for (const dataset of datasets) {
      const isMnist = dataset === 'mnist';
      if (isMnist && plan.procedures === undefined && procedure !== 'published') continue;
      const all = allStarts(dataset).filter(start => !isMnist || 'init' in start);
      for (const variant of ['FT', 'PT'] as const) {
        for (const start of starts ?? all) {
          if (done.has(choiceName({ dataset, procedure, variant, start }))) continue;
          yield choiceRecord(dataset, procedure, variant, start, options);
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
  const lines = sorted.map(record => {
    const { removed } = record;
    const saved: SavedChoice = {
      ...record,
      removed: removed.length > MOST_LISTED ? toBits(removed) : removed,
    };
    return `    ${JSON.stringify(saved)}`;
  });
  const about =
    'LEGCNet and its rivals at equal numbers of removed weights, one start a line. Made by legcnet choice --recompute. Long lists of removed weights are bits in base64, weight 8 b + i the bit 2^i of byte b.';
  const head = { about, version: packageVersion() };
  const text = `{\n  ${JSON.stringify(head).slice(1, -1)},\n  "records": [\n${lines.join(',\n')}\n  ]\n}\n`;
  await replaceFile(file, text);
}

/** Lists of MNIST hold up to 24 000 weights; as bits they take 5 kB. */
const MOST_LISTED = 1000;

type SavedChoice = Omit<ChoiceRecord, 'removed'> & { readonly removed: readonly number[] | string };

function toBits(removed: readonly number[]): string {
  const bytes = Buffer.alloc(Math.floor(removed[removed.length - 1] / 8) + 1);
  for (const weight of removed) bytes[weight >> 3] |= 1 << (weight & 7);
  return bytes.toString('base64');
}

function fromBits(text: string): number[] {
  const removed: number[] = [];
  for (const [b, byte] of Buffer.from(text, 'base64').entries()) {
    for (let i = 0; i < 8; i++) if (byte & (1 << i)) removed.push(8 * b + i);
  }
  return removed;
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
