import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { trainWithCheckpoint } from '../../src/network/trainWithCheckpoint';
import { savedChoices } from '../../src/study/savedChoices';
import { savedRecords } from '../../src/study/savedRecords';
import { madeUpChoices } from '../support/madeUpChoices';
import type { UnwritableReport } from '../support/unwritableChild';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-unwritable-'));
const checkpoint = join(folder, 'training');
const mayWriteAgain = (): void => {
  for (const each of [folder, checkpoint]) if (existsSync(each)) chmodSync(each, 0o755);
};
after(() => {
  mayWriteAgain();
  rmSync(folder, { recursive: true });
});

/** Everything is done by a child, since a process that gave up root does not get it back. */
test('a folder that may no longer be written is named, and what was saved there is whole', async t => {
  const child = join(__dirname, '..', 'support', 'unwritableChild.js');
  const { skipped, refused } = JSON.parse(
    execFileSync(process.execPath, [child, folder], { encoding: 'utf8' }),
  ) as UnwritableReport;
  if (skipped !== null) {
    t.skip(skipped);
    return;
  }
  const whole = 'what was saved before is whole: it may not be written (EACCES)';
  const records = join(folder, 'records.json');
  assert.deepEqual(refused, {
    training: `Cannot save the checkpoint ${join(checkpoint, 'training.checkpoint')}; ${whole}`,
    'another training': `Cannot make the folder ${join(folder, 'other')} for checkpoints: it may not be written (EACCES)`,
    choices: `Cannot save ${join(folder, 'choices.json')}; ${whole}`,
    records: `Cannot save ${records}; ${whole}`,
    'before the work': `Cannot save ${join(folder, 'choices.json')}, so nothing is begun: it may not be written (EACCES)`,
  });

  mayWriteAgain();
  assert.deepEqual(readdirSync(folder).sort(), ['choices.json', 'records.json', 'training']);
  const made = madeUpChoices(start => start / 1000).slice(0, 5);
  assert.deepEqual(savedChoices(join(folder, 'choices.json')), made);
  assert.deepEqual([...savedRecords(records)], [...savedRecords()].slice(0, 3));

  // The training goes on from the last iterate that could be saved, to the same bits.
  const iris = await loadDataset('iris');
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const training = { epochs: 6, learningRate: 0.05, shuffle: 'each-epoch', seed: 3 } as const;
  const seen: number[] = [];
  const recorders = [(iterate: number) => void seen.push(iterate)];
  const resumed = await trainWithCheckpoint(network, iris, { ...training, checkpoint, recorders });
  assert.equal(seen[0], 299);
  assert.deepEqual(resumed, await trainWithCheckpoint(network, iris, training));
});
