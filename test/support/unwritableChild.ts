import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { checkReplaceable } from '../../src/core/replaceFile';
import { loadDataset } from '../../src/data/loadDataset';
import { openCheckpoint } from '../../src/network/checkpoint';
import { createNetwork } from '../../src/network/createNetwork';
import { trainWithCheckpoint } from '../../src/network/trainWithCheckpoint';
import { saveChoices } from '../../src/study/savedChoices';
import { savedRecords, saveRecords } from '../../src/study/savedRecords';
import { madeUpChoices } from './madeUpChoices';
import { loseRightTo } from './withoutRoot';

/** What a process tells that lost the right to write to its folders halfway. */
export interface UnwritableReport {
  /** Why it could not lose the right; null where it did. */
  readonly skipped: string | null;
  /** What it was told, by what it tried. */
  readonly refused: Readonly<Record<string, string>>;
}

/** Saves records and half a training in a folder, loses the right to write there, and tries to go on. */
async function main(folder: string): Promise<UnwritableReport> {
  const iris = await loadDataset('iris');
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const checkpoint = join(folder, 'training');
  const choices = join(folder, 'choices.json');
  const rows = join(folder, 'records.json');
  const made = madeUpChoices(start => start / 1000);
  await saveChoices(made.slice(0, 5), choices);
  await saveRecords(new Map([...savedRecords()].slice(0, 3)), rows);
  let skipped: string | null = null;
  const recorders = [
    (iterate: number): void => {
      if (iterate !== 300) return;
      for (const each of [folder, checkpoint]) chmodSync(each, 0o755);
      skipped = loseRightTo([folder, checkpoint]);
      if (skipped !== null) throw new Error(skipped);
    },
  ];
  const refused: Record<string, string> = {};
  const attempt = async (name: string, task: () => Promise<unknown>): Promise<void> => {
    refused[name] = await task().then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
  };
  const training = { epochs: 6, learningRate: 0.05, shuffle: 'each-epoch', seed: 3 } as const;
  await attempt('training', () =>
    trainWithCheckpoint(network, iris, { ...training, checkpoint, checkpointSeconds: 0, recorders }),
  );
  if (skipped !== null) return { skipped, refused };
  await attempt('another training', () => openCheckpoint(join(folder, 'other'), {}));
  await attempt('choices', () => saveChoices(made, choices));
  await attempt('records', () => saveRecords(new Map(), rows));
  await attempt('before the work', () => checkReplaceable(choices));
  return { skipped, refused };
}

main(process.argv[2]).then(report => console.log(JSON.stringify(report)));
