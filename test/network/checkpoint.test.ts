import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exponentsWhileTraining } from '../../src/chaos/exponentsWhileTraining';
import { loadDataset } from '../../src/data/loadDataset';
import { openCheckpoint } from '../../src/network/checkpoint';
import { createNetwork } from '../../src/network/createNetwork';
import { trainWithCheckpoint } from '../../src/network/trainWithCheckpoint';

const root = mkdtempSync(join(tmpdir(), 'legcnet-checkpoint-'));
after(() => rmSync(root, { recursive: true, force: true }));

const record = (value: number) => ({
  values: { value, list: [1, null] },
  arrays: {
    doubles: Float64Array.of(value, Number.NaN, -0, 1 / 3),
    whole: Int32Array.of(-5, 7),
    bytes: Uint8Array.of(9, 8, 7),
    none: new Float64Array(0),
  },
});

test('a record comes back as it was written, and null before', async () => {
  const checkpoint = await openCheckpoint(join(root, 'plain'), { run: 1 });
  assert.equal(await checkpoint.read('state'), null);
  await checkpoint.write('state', record(1));
  await checkpoint.write('state', record(2));
  assert.deepEqual(await checkpoint.read('state'), record(2));
});

test('a folder of another run is refused, and the message names what differs', async () => {
  const folder = join(root, 'other');
  await openCheckpoint(folder, { window: 50, seed: 1 });
  await openCheckpoint(folder, { window: 50, seed: 1 });
  await assert.rejects(
    openCheckpoint(folder, { window: 60, seed: 1 }),
    /another run, which differs in window \(there 50, here 60\)/,
  );
});

test('a damaged or shortened file is refused, not read', async () => {
  const folder = join(root, 'damaged');
  const checkpoint = await openCheckpoint(folder, {});
  await checkpoint.write('state', record(1));
  const path = join(folder, 'state.checkpoint');
  const whole = readFileSync(path);
  for (const at of [3, 40, 90, whole.length - 1]) {
    const bytes = Buffer.from(whole);
    bytes[at] ^= 1;
    writeFileSync(path, bytes);
    await assert.rejects(checkpoint.read('state'), /state\.checkpoint: the file is damaged/, `byte ${at}`);
  }
  writeFileSync(path, whole);
  truncateSync(path, whole.length - 4);
  await assert.rejects(checkpoint.read('state'), /damaged/);
  truncateSync(path, 0);
  await assert.rejects(checkpoint.read('state'), /damaged/);
});

/** Whatever is written there, the kernel answers that no space is left. */
const noFull = existsSync('/dev/full') ? false : 'this system has no /dev/full';

test('a full disk is said to be full, and what was saved before stays whole', { skip: noFull }, async () => {
  const folder = join(root, 'full');
  const checkpoint = await openCheckpoint(folder, {});
  await checkpoint.write('state', record(1));
  symlinkSync('/dev/full', join(folder, `state.checkpoint.${process.pid}.part`));
  await assert.rejects(
    checkpoint.write('state', record(2)),
    /Cannot save the checkpoint .*state\.checkpoint; what was saved before is whole: the disk is full \(ENOSPC\)/,
  );
  assert.deepEqual(await checkpoint.read('state'), record(1));
  await checkpoint.write('state', record(2));
  assert.deepEqual(await checkpoint.read('state'), record(2));
});

test('a folder that cannot be made is named', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await assert.rejects(
    openCheckpoint(join(file, 'inside'), {}),
    /Cannot make the folder .*inside for checkpoints/,
  );
  await assert.rejects(openCheckpoint('', {}), TypeError);
});

const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const training = { epochs: 6, learningRate: 0.05, shuffle: 'each-epoch', seed: 3 } as const;

test('an analysed training goes on after a full disk with nothing lost', { skip: noFull }, async () => {
  const iris = await loadDataset('iris');
  const checkpoint = join(root, 'analysis');
  const analysis = { estimator: 'rosenstein', window: 50, workers: 0, checkpointSeconds: 0 } as const;
  const whole = await exponentsWhileTraining(network, iris, training, analysis);
  let updates = 0;
  const recorders = [
    (iterate: number) => {
      updates++;
      const part = join(checkpoint, `training.checkpoint.${process.pid}.part`);
      if (iterate === 400 && updates <= 401) symlinkSync('/dev/full', part);
    },
  ];
  await assert.rejects(
    exponentsWhileTraining(network, iris, { ...training, recorders }, { ...analysis, checkpoint }),
    /disk is full/,
  );
  updates = 0;
  const resumed = await exponentsWhileTraining(
    network,
    iris,
    { ...training, recorders: [() => void updates++] },
    { ...analysis, checkpoint },
  );
  assert.ok(updates < 721 - 350, `${updates} iterates were trained again`);
  assert.deepEqual(resumed.exponents, whole.exponents);
  assert.deepEqual(resumed.target, whole.target);
  assert.deepEqual(resumed.run, whole.run);
  await assert.rejects(
    exponentsWhileTraining(network, iris, training, { ...analysis, window: 60, checkpoint }),
    /another run, which differs in window/,
  );
  rmSync(join(checkpoint, 'windows-0-0.checkpoint'));
  await assert.rejects(
    exponentsWhileTraining(network, iris, training, { ...analysis, checkpoint }),
    /windows-0-0\.checkpoint is missing/,
  );
});

test('an interrupted training goes on where it was saved; a finished one is only read', async () => {
  const iris = await loadDataset('iris');
  const checkpoint = join(root, 'training');
  const stop = { part: 'train', accuracy: 1 } as const;
  const whole = await trainWithCheckpoint(network, iris, { ...training, stop });
  const interrupt = (iterate: number): void => {
    if (iterate === 500) throw new Error('interrupted');
  };
  const kept = { ...training, stop, checkpoint, checkpointSeconds: 0 };
  await assert.rejects(
    trainWithCheckpoint(network, iris, { ...kept, recorders: [interrupt] }),
    /interrupted/,
  );
  const seen: number[] = [];
  const watch = [(iterate: number) => void seen.push(iterate)];
  assert.deepEqual(await trainWithCheckpoint(network, iris, { ...kept, recorders: watch }), whole);
  assert.equal(seen[0], 499);
  seen.length = 0;
  assert.deepEqual(await trainWithCheckpoint(network, iris, { ...kept, recorders: watch }), whole);
  assert.deepEqual(seen, [720]);
  await assert.rejects(trainWithCheckpoint(network, iris, { ...kept, momentum: 0.5 }), RangeError);
  await assert.rejects(trainWithCheckpoint(network, iris, { ...kept, checkpointSeconds: -1 }), RangeError);
});
