import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  captureModel,
  iterativePruning,
  type Model,
  openRecording,
  type Recording,
  recordTangent,
  recordTraining,
  recordTwin,
  retrain,
  type Trainable,
  train,
  trainWithCheckpoint,
} from '../../../src/index';
import { smallConvNet, stripes } from '../../network/models';
import { tfjsSkip } from '../../network/tfjsSkip';
import { type Cases, seeded } from '../case';
import { freshFolder, given, training } from '../given';

/** What a recording holds, wherever that lies: all iterates in one piece, and again in pieces of an odd size. */
async function content<T extends Trainable>(recording: Recording<T>): Promise<unknown> {
  const {
    readWindow,
    networkAt: _,
    store: _store,
    iterates,
    ...facts
  } = recording as Recording<T> & {
    readonly store?: unknown;
  };
  const whole = await readWindow(0, iterates);
  const pieces: unknown[] = [];
  for (let start = 0; start + 37 <= iterates; start += 101) pieces.push(await readWindow(start, 37));
  return { ...facts, iterates, whole, pieces, middle: await recording.networkAt(Math.floor(iterates / 2)) };
}

interface Place {
  /** Where the iterates go. */
  readonly place: 'disk' | 'disk, read anew';
  /** Iterates that wait for the disk. */
  readonly memoryLimit: number;
}

const places: readonly Partial<Place>[] = [
  { memoryLimit: 1e8 },
  { place: 'disk' },
  { place: 'disk', memoryLimit: 40_000 },
  { place: 'disk, read anew', memoryLimit: 100_000 },
];

/** Records in memory or on disk, as the change says, and reads it all. */
async function recorded<T extends Trainable>(
  { place, ...options }: Partial<Place>,
  record: (options: { readonly memoryLimit?: number; readonly store?: string }) => Promise<Recording<T>>,
): Promise<unknown> {
  if (place === undefined) return content(await record(options));
  const store = freshFolder();
  const recording = await record({ ...options, store });
  return content<Trainable>(place === 'disk' ? recording : await openRecording(store));
}

/** Every file of a folder, by its path in it. */
function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => statSync(join(folder, file)).isFile())
    .sort();
  return new Map(files.map(file => [file, new Uint8Array(readFileSync(join(folder, file)))]));
}

let model: Promise<Model> | undefined;

/** One model: TensorFlow numbers the layers of every next one, and the numbers stand in their names. */
function captured(): Promise<Model> {
  model ??= smallConvNet().then(captureModel);
  return model;
}

const short = { ...training, epochs: 3 };
const withTfjs = { epochs: 1, learningRate: 0.05, shuffle: 'each-epoch', batch: 8, engine: 'tfjs' } as const;
const ofModel = { epochs: 2, batch: 8, shuffle: 'each-epoch' } as const;

export const trainingCases: Cases = {
  train: [
    seeded(async seed => {
      const { network, iris } = await given();
      return train(network, iris, { ...training, seed });
    }),
    seeded(
      async seed => {
        const { network, iris } = await given();
        return train(network, iris, { ...training, batch: 8, momentum: 0.5, loss: 'cross-entropy', seed });
      },
      { title: 'batches of 8, momentum, cross-entropy' },
    ),
    seeded<{ readonly threads: number }>(
      async (seed, change) => {
        const { network, iris } = await given();
        return train(network, iris, { ...training, batch: 40, engine: 'fused32', seed, ...change });
      },
      { title: 'float32, in several threads', changes: [{ threads: 1 }, { threads: 2 }, { threads: 3 }] },
    ),
    seeded(
      async seed => {
        const { network, iris } = await given();
        return train(network, iris, { ...withTfjs, optimizer: 'adam', seed });
      },
      { title: 'TensorFlow', skip: tfjsSkip },
    ),
    seeded(async seed => train(await captured(), stripes(), { ...ofModel, seed }), {
      title: 'a convolutional TensorFlow model',
      skip: tfjsSkip,
    }),
  ],
  trainWithCheckpoint: seeded<{ readonly checkpointed: boolean; readonly checkpointSeconds: number }>(
    async (seed, { checkpointed = false, ...change }) => {
      const { network, iris } = await given();
      const options = { ...short, seed, ...(checkpointed && { checkpoint: freshFolder(), ...change }) };
      const first = await trainWithCheckpoint(network, iris, options);
      return checkpointed ? trainWithCheckpoint(network, iris, options) : first;
    },
    { changes: [{ checkpointed: true }, { checkpointed: true, checkpointSeconds: 0.001 }] },
  ),
  retrain: seeded(async seed => {
    const { network, mask, iris } = await given();
    return retrain(network, mask, iris, { ...short, seed });
  }),
  recordTraining: [
    seeded<Place>(
      async (seed, change) => {
        const { network, iris } = await given();
        return recorded(change, options => recordTraining(network, iris, { ...short, seed, ...options }));
      },
      { changes: places },
    ),
    seeded<Place>(
      async (seed, change) => {
        const { network, iris } = await given();
        const room = { ...short, seed, storage: 'float32' } as const;
        return recorded(change, options => recordTraining(network, iris, { ...room, ...options }));
      },
      { title: 'kept in float32', changes: places },
    ),
    seeded(
      async seed => {
        const { network, iris } = await given();
        const store = freshFolder();
        await recordTraining(network, iris, { ...short, seed, store });
        return filesIn(store);
      },
      { title: 'files of a store' },
    ),
    seeded<Place>(
      async (seed, change) => {
        const net = await captured();
        return recorded(change, options => recordTraining(net, stripes(), { ...ofModel, seed, ...options }));
      },
      { title: 'a convolutional TensorFlow model', changes: places, skip: tfjsSkip },
    ),
  ],
  recordTwin: seeded<Place>(
    async (seed, change) => {
      const { network, iris } = await given();
      const settings = { ...short, seed, rescaleEvery: 50 };
      return recorded(change, options => recordTwin(network, iris, { ...settings, ...options }));
    },
    { changes: places },
  ),
  recordTangent: seeded<Place>(
    async (seed, change) => {
      const { network, iris } = await given();
      return recorded(change, options => recordTangent(network, iris, { ...short, seed, ...options }));
    },
    { changes: places },
  ),
  iterativePruning: seeded(async seed => {
    const { network, iris } = await given();
    return iterativePruning(network, iris, {
      rule: 'magnitude',
      share: 0.5,
      rounds: 2,
      training: { ...short, seed },
    });
  }),
};
