import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { loadDataset } from '../../src/data/loadDataset';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import type { DifferenceRecording } from '../../src/network/differenceRecording';
import { createMask } from '../../src/network/mask';
import { misclassification } from '../../src/network/misclassification';
import { openRecording } from '../../src/network/openRecording';
import type { Recording } from '../../src/network/recording';
import { recordTangent } from '../../src/network/recordTangent';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { loadTensorFlow } from '../../src/network/tensorflow';
import { train } from '../../src/network/train';
import type { Trainable } from '../../src/network/trainable';
import { registerViews } from '../../src/notebook/resultViews';
import { randomStream } from '../../src/statistics/random';
import { convLayers, smallConvNet, stripes } from './models';
import { dataset, hashOf, network, options } from './storedRuns';
import { tfjsSkip } from './tfjsSkip';

const above = mkdtempSync(join(tmpdir(), 'legcnet-store-'));
after(() => rmSync(above, { recursive: true }));
let places = 0;
const place = (): string => join(above, String(++places));

/** What a recording says, its functions and its place aside. */
function fieldsOf(recording: Recording<Trainable>): Record<string, unknown> {
  const { readWindow: _, networkAt: __, store: ___, ...fields } = recording;
  return JSON.parse(JSON.stringify(fields));
}

async function same(disk: Recording<Trainable>, memory: Recording<Trainable>): Promise<void> {
  assert.deepEqual(fieldsOf(disk), fieldsOf(memory));
  assert.equal(await hashOf(disk), await hashOf(memory));
  const { logNorm } = memory as Partial<DifferenceRecording>;
  assert.deepEqual((disk as Partial<DifferenceRecording>).logNorm, logNorm);
}

describe('a recording on disk is the one in memory, bit for bit, as it is made and opened again', () => {
  const mask = createMask(network.layers, [3, 4, 699], 'three weights');
  const masked = applyMask(network, mask);
  const stop = { part: 'train', accuracy: 0.7 } as const;
  const kinds: Record<string, (more: { store?: string }) => Promise<Recording<Trainable>>> = {
    'a training': more => recordTraining(network, dataset, { ...options, ...more }),
    'a training under a stop rule and a mask, shuffled': more =>
      recordTraining(masked, dataset, {
        ...options,
        stop,
        shuffle: 'each-epoch',
        seed: 4,
        batch: 3,
        ...more,
      }),
    'a training kept in float32': more =>
      recordTraining(network, dataset, { ...options, storage: 'float32', ...more }),
    'a twin': more => recordTwin(network, dataset, { ...options, ...more }),
    'a twin that is rescaled': more =>
      recordTwin(network, dataset, {
        ...options,
        ...more,
        rescaleEvery: 30,
        perturbation: { weight: [1, 5], delta: 1e-5 },
      }),
    'a tangent': more => recordTangent(network, dataset, { ...options, rescaleEvery: 77, ...more }),
    'a training that diverges': more =>
      recordTraining(network, dataset, { epochs: 20, learningRate: 1e200, ...more }),
  };
  for (const [name, record] of Object.entries(kinds)) {
    test(name, async () => {
      const store = place();
      const memory = await record({});
      const made = await record({ store });
      await same(made, memory);
      const opened = await openRecording(store);
      await same(opened, memory);
      assert.deepEqual(opened.store, { folder: store, status: 'complete' });
      assert.equal(memory.store, undefined);
    });
  }

  test('as the example says', async () => {
    const iris = await loadDataset('iris');
    const folder = place();
    const small = createNetwork({ layers: [4, 6, 3], seed: 1 });
    await recordTraining(small, iris, { epochs: 2, learningRate: 0.05, store: folder });
    assert.equal((await openRecording(folder)).iterates, 241);
  });

  test('so that exponents and misclassification on it are the same', async () => {
    const store = place();
    const memory = await recordTwin(network, dataset, options);
    await recordTwin(network, dataset, { ...options, store });
    const opened = await openRecording(store);
    const [a, b] = await Promise.all([memory, opened].map(each => windowedLyapunov(each, { window: 90 })));
    assert.equal(a.windows, 8);
    assert.deepEqual([b.values, b.status, b.ends], [a.values, a.status, a.ends]);
    assert.deepEqual(
      await misclassification(opened, dataset.test, a.ends),
      await misclassification(memory, dataset.test, a.ends),
    );
  });

  test('a twin of a compiled model, which trains on as the original does', { skip: tfjsSkip }, async () => {
    const rows = stripes();
    const run = { epochs: 6, batch: 7, perturbation: { weight: 2, delta: 1e-2 } };
    const store = place();
    const model = await smallConvNet();
    const memory = await recordTwin(model, rows, run);
    await same(await recordTwin(model, rows, { ...run, store }), memory);
    const opened = await openRecording<typeof memory>(store);
    assert.equal(await hashOf(opened), await hashOf(memory));
    assert.deepEqual(opened.initial.parameters, memory.initial.parameters);
    assert.deepEqual(opened.final.parameters, memory.final.parameters);
    assert.deepEqual(opened.settings, memory.settings);
    const { initial } = opened;
    assert.equal(initial.architecture.optimizer, memory.initial.architecture.optimizer);
    const again = await train(initial, rows, { epochs: 6, batch: 7 });
    assert.deepEqual(again.final.parameters, memory.final.parameters);
    assert.deepEqual(
      await misclassification(opened, rows.test, [0, 30]),
      await misclassification(memory, rows.test, [0, 30]),
    );
  });

  test('a model with a loss of its own needs that model where the loss is asked for', {
    skip: tfjsSkip,
  }, async () => {
    const tf = await loadTensorFlow();
    const model = convLayers(tf);
    model.compile({
      optimizer: tf.train.sgd(0.05),
      loss: (y, outputs) => tf.losses.meanSquaredError(y, outputs),
    });
    const store = place();
    const rows = stripes();
    const memory = await recordTraining(model, rows, { epochs: 2 });
    await recordTraining(model, rows, { epochs: 2, store });
    const alone = await openRecording(store);
    assert.equal(await hashOf(alone), await hashOf(memory));
    await assert.rejects(misclassification(alone, rows.test, [0]), /no file holds: open the recording with/);
    const helped = await openRecording(store, { model });
    assert.deepEqual(
      await misclassification(helped, rows.test, [0, 5]),
      await misclassification(memory, rows.test, [0, 5]),
    );
    const other = openRecording(store, { model: await smallDense() });
    await assert.rejects(other, /the model other has other tensors/);
  });
});

async function smallDense() {
  const tf = await loadTensorFlow();
  const other = tf.sequential({ name: 'other', layers: [tf.layers.dense({ units: 3, inputShape: [25] })] });
  other.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return other;
}

describe('a folder is never overwritten', () => {
  test('a store that is there is refused and left whole', async () => {
    const store = place();
    await recordTraining(network, dataset, { ...options, epochs: 2, store });
    const before = await hashOf(await openRecording(store));
    await assert.rejects(recordTraining(network, dataset, { ...options, store }), {
      message: `Cannot record to ${store}: a Zarr store is there, and nothing is ever overwritten; name another folder, or delete this one`,
    });
    assert.equal(await hashOf(await openRecording(store)), before);
  });

  test('a folder with anything in it is refused, an empty one is taken', async () => {
    const store = place();
    mkdirSync(store);
    writeFileSync(join(store, 'notes.txt'), 'mine');
    await assert.rejects(recordTwin(network, dataset, { ...options, store }), /the folder is not empty/);
    assert.deepEqual(readdirSync(store), ['notes.txt']);
    rmSync(join(store, 'notes.txt'));
    await recordTraining(network, dataset, { ...options, epochs: 1, store });
    assert.equal((await openRecording(store)).iterates, 41);
  });

  test('of two recordings that begin at once in one folder, one is refused', async () => {
    const store = place();
    const both = await Promise.allSettled(
      [1, 2].map(epochs => recordTraining(network, dataset, { ...options, epochs, store })),
    );
    assert.equal(both.filter(({ status }) => status === 'rejected').length, 1);
    await openRecording(store);
  });

  test('bad options are refused before a folder is made', async () => {
    const store = place();
    await assert.rejects(recordTraining(network, dataset, { ...options, store: 5 as never }), TypeError);
    await assert.rejects(
      recordTraining(network, dataset, { ...options, store, storage: 'int8' as never }),
      RangeError,
    );
    await assert.rejects(recordTwin(network, dataset, { ...options, store, memoryLimit: 5000 }), {
      name: 'RangeError',
      message: /one iterate takes 12040 bytes, the limit is 5000/,
    });
    assert.ok(!existsSync(store));
  });
});

/** Runs the program that records until it ends, or is killed some time after it began. */
function runAndKill(store: string, delay: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, 'storedRuns.js'), store]);
    let complaint = '';
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on('data', text => {
      complaint += text;
    });
    child.stdout.on('data', () => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === null && code !== 0) reject(new Error(complaint));
      else resolve(signal === 'SIGKILL');
    });
  });
}

describe('an interrupted recording', () => {
  test('killed at any moment opens with the iterates that were written whole', async t => {
    const memory = await recordTwin(network, dataset, { ...options, epochs: 250 });
    const random = randomStream(7, 'moments to kill at');
    const lengths: number[] = [];
    for (let kills = 0; kills < 8; kills++) {
      const store = place();
      assert.ok(await runAndKill(store, 20 + 800 * random()), 'it was to be killed');
      const opened = await openRecording<DifferenceRecording>(store).catch((error: Error) => error.message);
      if (typeof opened === 'string') {
        assert.match(opened, /no iterate was written whole|no JSON/);
        continue;
      }
      const { iterates, epochs } = opened;
      lengths.push(iterates);
      assert.deepEqual([opened.store?.status, iterates % 10, opened.stopped], ['unfinished', 0, false]);
      assert.equal(await hashOf(opened), await hashOf(memory, iterates));
      assert.deepEqual(epochs, memory.epochs.slice(0, epochs.length));
      assert.equal(epochs.length, Math.floor((iterates - 1) / 40));
      const { logNorm } = opened;
      assert.deepEqual(logNorm, memory.logNorm.slice(0, iterates));
      const [a, b] = [await opened.networkAt(iterates - 1), opened.final];
      assert.deepEqual(a, b);
    }
    t.diagnostic(`iterates found: ${lengths.join(', ')}`);
    assert.ok(new Set(lengths).size > 2, `${lengths}`);
  });

  test('whose last chunks a power cut kept from the disk ends before them', async () => {
    const store = place();
    const signal = new AbortController();
    const stop = (iterate: number): void => {
      if (iterate === 650) signal.abort(new Error('enough'));
    };
    const recording = { ...options, store, epochs: 100, signal: signal.signal, recorders: [stop] };
    await assert.rejects(recordTwin(network, dataset, recording), { message: 'enough' });
    const memory = await recordTwin(network, dataset, { ...options, epochs: 30 });
    const chunk = (...parts: string[]): string => join(store, ...parts);
    // Which of them the system writes first is its own business.
    for (const [file, content] of [
      [chunk('weights', 'c', '3', '0'), null],
      [chunk('growth', 'c', '2'), new Uint8Array(0)],
    ] as const) {
      if (content === null) rmSync(file);
      else writeFileSync(file, content);
      const opened = await openRecording<DifferenceRecording>(store);
      const { iterates, epochs, logNorm, final } = opened;
      assert.deepEqual([opened.store?.status, iterates], ['unfinished', content === null ? 600 : 400]);
      assert.equal(await hashOf(opened), await hashOf(memory, iterates));
      assert.deepEqual(epochs, memory.epochs.slice(0, Math.floor((iterates - 1) / 40)));
      assert.deepEqual(logNorm, memory.logNorm.slice(0, iterates));
      assert.deepEqual(final, await memory.networkAt(iterates - 1));
    }
    for (const row of ['0', '1']) rmSync(chunk('difference', 'c', row), { recursive: true });
    await assert.rejects(openRecording(store), /no iterate was written whole/);
  });

  test('stopped by its signal or by an error keeps what was written, or leaves nothing', async () => {
    const signal = new AbortController();
    const stopAt =
      (last: number, stop: () => void) =>
      (iterate: number): void => {
        if (iterate === last) stop();
      };
    const store = place();
    const aborting = recordTraining(network, dataset, {
      ...options,
      store,
      signal: signal.signal,
      epochs: 10_000,
      recorders: [stopAt(450, () => signal.abort(new Error('enough')))],
    });
    await assert.rejects(aborting, { message: 'enough' });
    const opened = await openRecording(store);
    assert.equal(opened.store?.status, 'unfinished');
    // All that was recorded, also what had not filled a block.
    assert.ok(opened.iterates >= 450, `${opened.iterates}`);
    const memory = await recordTraining(network, dataset, { ...options, epochs: 30 });
    assert.equal(await hashOf(opened, 450), await hashOf(memory, 450));

    const early = place();
    const failing = recordTwin(network, dataset, {
      ...options,
      store: early,
      recorders: [
        stopAt(100, () => {
          throw new Error('my recorder failed');
        }),
      ],
    });
    await assert.rejects(failing, { message: 'my recorder failed' });
    assert.ok((await openRecording(early)).iterates >= 100);

    const never = place();
    const atOnce = recordTraining(network, dataset, {
      ...options,
      store: never,
      signal: AbortSignal.abort(),
    });
    await assert.rejects(atOnce);
    assert.deepEqual(existsSync(never) ? readdirSync(never) : [], []);
  });

  test('says that the disk does not take more, and what is readable', { skip: noShell() }, async () => {
    // Chunks of 200 iterates x 655 weights take 0.7 MB or so: the first that is larger than allowed fails.
    const store = place();
    const command = `ulimit -f 100; exec "$0" "$1" "$2" training`;
    const args = ['-c', command, process.execPath, join(__dirname, 'storedRuns.js'), store];
    const { stderr, status } = spawnSync('bash', args, { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(
      stderr.trim(),
      `Cannot go on recording to ${store}: the file would be larger than allowed (EFBIG)`,
    );
    assert.deepEqual(readdirSync(store), []);
  });
});

function noShell(): string | false {
  return spawnSync('bash', ['-c', 'ulimit -f 100']).status === 0 ? false : 'no bash that limits files';
}

describe('what is no readable recording says why', () => {
  const text = (folder: string): string => readFileSync(join(folder, 'zarr.json'), 'utf8');
  let whole = '';
  /** A copy of a recording whose metadata was changed. */
  async function changed(change: (group: Group) => void): Promise<string> {
    if (whole === '') {
      whole = place();
      await recordTwin(network, dataset, { ...options, store: whole });
    }
    const folder = place();
    cpSync(whole, folder, { recursive: true });
    const group = JSON.parse(text(folder)) as Group;
    change(group);
    writeFileSync(join(folder, 'zarr.json'), JSON.stringify(group));
    return folder;
  }
  interface Group {
    attributes: Record<string, unknown> & { network: { layers: number[] } };
    consolidated_metadata: {
      metadata: Record<string, { shape: number[]; chunk_key_encoding: { configuration: object } }>;
    };
  }

  test('nothing there, no JSON, a Zarr store of something else, a later format', async () => {
    const empty = place();
    await assert.rejects(openRecording(empty), {
      message: `Cannot open the recording ${empty}: there is no Zarr store (no zarr.json)`,
    });
    mkdirSync(empty);
    writeFileSync(join(empty, 'zarr.json'), '{');
    await assert.rejects(openRecording(empty), /its zarr.json is no JSON/);
    writeFileSync(join(empty, 'zarr.json'), '{"zarr_format": 3, "node_type": "group", "attributes": {}}');
    await assert.rejects(openRecording(empty), /it is a Zarr store, but no recording of legcnet/);
    const later = await changed(group => {
      group.attributes.format_version = 2;
    });
    await assert.rejects(openRecording(later), /its format has version 2, this version of legcnet reads 1/);
    await assert.rejects(openRecording(5 as never), TypeError);
    await assert.rejects(openRecording(empty, { model: network as never }), TypeError);
    await assert.rejects(openRecording(empty, { modle: 1 } as never), /perhaps 'model' was meant/);
  });

  test('metadata that leads outside the folder, or asks for more than the files hold', async () => {
    const outside = await changed(({ consolidated_metadata: { metadata } }) => {
      metadata.weights.chunk_key_encoding.configuration = { separator: '/../../' };
    });
    await assert.rejects(openRecording(outside), /the metadata of its array weights is not what belongs/);
    const longer = await changed(({ attributes, consolidated_metadata: { metadata } }) => {
      attributes.iterates = 1e9;
      for (const array of Object.values(metadata)) if (array.shape[0] === 721) array.shape[0] = 1e9;
    });
    await assert.rejects(openRecording(longer), /Cannot read .*it is missing/);
    const wider = await changed(({ attributes }) => {
      attributes.network.layers = [1e6, 1e6, 1e3];
    });
    await assert.rejects(openRecording(wider), /metadata of its array/);
    const notHere = await changed(({ attributes }) => {
      attributes.network.layers = ['../..' as never, 3];
    });
    await assert.rejects(openRecording(notHere), /layer width|layers/);
  });

  test('a chunk that is missing or damaged, where it is read', async () => {
    const folder = await changed(() => {});
    const opened = await openRecording(folder);
    const chunk = join(folder, 'difference', 'c', '2', '1');
    const bytes = readFileSync(chunk);
    bytes[1000] ^= 1;
    writeFileSync(chunk, bytes);
    await opened.readWindow(0, 400);
    await assert.rejects(opened.readWindow(300, 101), {
      message: `Cannot read ${chunk}: it is damaged, its checksum does not match`,
    });
    writeFileSync(chunk, new Uint8Array(2e6));
    await assert.rejects(opened.readWindow(300, 101), /it is damaged, it has 2000000 bytes/);
    rmSync(chunk);
    await assert.rejects(opened.readWindow(300, 101), { message: `Cannot read ${chunk}: it is missing` });
    await assert.rejects(windowedLyapunov(opened, { window: 100 }), /it is missing/);
  });

  test('a store of an earlier version, whose arrays do not say what they hold, is read as before', async () => {
    const folder = await changed(({ consolidated_metadata: { metadata } }) => {
      for (const array of Object.values(metadata)) Object.assign(array, { attributes: {} });
    });
    assert.equal(await hashOf(await openRecording(folder)), await hashOf(await openRecording(whole)));
    const own = await changed(({ consolidated_metadata: { metadata } }) => {
      Object.assign(metadata.weights, { attributes: { note: 'my own' } });
    });
    assert.equal((await openRecording(own)).iterates, 721);
  });

  test('any changed character of the metadata gives the same numbers or an error', async () => {
    const folder = await changed(() => {});
    const right = text(folder);
    const expected = await hashOf(await openRecording(folder));
    const random = randomStream(3, 'changed characters');
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      const at = Math.floor(random() * right.length);
      const put = '0123456789"{}[],:./-eE x'[Math.floor(random() * 24)];
      writeFileSync(join(folder, 'zarr.json'), right.slice(0, at) + put + right.slice(at + 1));
      const opened = await openRecording(folder).catch((error: Error) => error);
      if (opened instanceof Error) {
        assert.match(opened.message, /^Cannot open the recording /);
        refused++;
      } else if (opened.iterates === 721 && opened.store?.status === 'complete') {
        if (i % 10 === 0) assert.equal(await hashOf(opened), expected);
      }
    }
    assert.ok(refused > 100, `${refused}`);
  });
});

test('an opened recording shows where it lies, and that it is unfinished', async () => {
  const store = place();
  await recordTraining(network, dataset, { ...options, epochs: 1, store });
  registerViews();
  const shown = inspect(await openRecording(store));
  assert.match(shown, /Recorded weights: 700 series of 41 iterates/);
  assert.ok(shown.includes(store), shown);
});
