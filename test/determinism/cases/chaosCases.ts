import {
  analysisMemory,
  exponentsWhileTraining,
  groupedDifference,
  misclassification,
  openRecording,
  type Recording,
  randomStream,
  recordTraining,
  recordTwin,
  surrogate,
  surrogateTest,
  type WindowedLyapunovOptions,
  windowedLyapunov,
  windowedSurrogateTest,
} from '../../../src/index';
import { type Case, type Cases, seeded, threads, unseeded } from '../case';
import { freshFolder, given, training } from '../given';

/** A recording made anew, on disk. */
async function onDisk(content: 'weights' | 'difference', memoryLimit: number): Promise<Recording> {
  const { broad, iris } = await given();
  const store = freshFolder();
  const record = content === 'weights' ? recordTraining : recordTwin;
  await record(broad, iris, { ...training, store, memoryLimit });
  return (await openRecording(store)) as Recording;
}

interface Reading {
  readonly workers: number;
  /** Read from the disk, written in chunks of about so many bytes. */
  readonly chunk: number;
}

async function read(content: 'weights' | 'difference', chunk: number | undefined): Promise<Recording> {
  if (chunk !== undefined) return onDisk(content, chunk);
  const { recording, twin } = await given();
  return content === 'weights' ? recording : twin;
}

function exponents(
  content: 'weights' | 'difference',
  title: string,
  settings: WindowedLyapunovOptions,
): Case {
  return unseeded<Reading>(
    async ({ chunk, ...change }) => windowedLyapunov(await read(content, chunk), { ...settings, ...change }),
    { title, changes: [...threads, { chunk: 50_000 }, { chunk: 1e6, workers: 2 }] },
  );
}

interface Watching {
  readonly workers: number;
  /** Recorded first, analysed afterwards. */
  readonly recorded: boolean;
  readonly checkpointed: boolean;
}

/** Weights by Rosenstein's method or, with a perturbation, the difference to a second run by the direct one. */
function whileTraining(isPair: boolean): Case {
  return seeded<Watching>(
    async (seed, { recorded, checkpointed, workers }) => {
      const { broad, iris } = await given();
      const threads = workers === undefined ? {} : { workers };
      const settings = isPair
        ? ({ estimator: 'direct', window: 60, ...threads } as const)
        : ({ estimator: 'rosenstein', window: 60, ...threads } as const);
      const perturbation = { weight: 3, delta: 1e-6 };
      const run = { ...training, seed };
      if (recorded) {
        const recording = isPair
          ? await recordTwin(broad, iris, { ...run, perturbation })
          : await recordTraining(broad, iris, run);
        const found = await windowedLyapunov(recording, settings);
        const target = await misclassification(recording, iris.validation!, found.ends);
        return { exponents: found, target: Float64Array.from(target), final: recording.final };
      }
      const analysed = await exponentsWhileTraining(broad, iris, run, {
        ...settings,
        ...(isPair && { perturbation }),
        ...(checkpointed && { checkpoint: freshFolder(), checkpointSeconds: 0 }),
      });
      return { exponents: analysed.exponents, target: analysed.target, final: analysed.run.final };
    },
    {
      title: isPair ? 'a perturbed pair' : 'one run',
      changes: [...threads, { recorded: true }, ...(isPair ? [] : [{ checkpointed: true }])],
    },
  );
}

const logistic = Array.from({ length: 120 }, (_, i) => i).reduce<number[]>(
  series => [...series, 4 * series[series.length - 1] * (1 - series[series.length - 1])],
  [0.3],
);

export const chaosCases: Cases = {
  analysisMemory: unseeded<{ readonly twin: boolean }>(async change => {
    const { network, iris } = await given();
    return analysisMemory(network, iris, training, { window: 50, ...change });
  }),
  windowedLyapunov: [
    exponents('difference', 'direct', { window: 40 }),
    exponents('weights', 'rosenstein', { estimator: 'rosenstein', window: 100 }),
    exponents('weights', 'as published', { estimator: 'rosenstein', preset: 'published', windows: 1 }),
    exponents('weights', 'kantz', { estimator: 'kantz', window: 80, windows: 2 }),
  ],
  exponentsWhileTraining: [whileTraining(false), whileTraining(true)],
  misclassification: unseeded<Reading>(
    async ({ chunk }) => {
      const { iris } = await given();
      const recording = await read('weights', chunk);
      return misclassification(recording, iris.test, [0, 7, 100, 333, recording.iterates - 1]);
    },
    { changes: [{ chunk: 50_000 }] },
  ),
  groupedDifference: unseeded<Reading>(
    async ({ chunk }) =>
      windowedLyapunov(groupedDifference((await read('difference', chunk)) as never, 'layer'), {
        window: 40,
      }),
    { changes: [{ chunk: 50_000 }] },
  ),
  surrogate: seeded(seed =>
    (['shuffle', 'phase', 'iaaft'] as const).map(kind =>
      surrogate(logistic, kind, randomStream(seed, 'surrogates')),
    ),
  ),
  surrogateTest: seeded(seed =>
    surrogateTest(logistic, { estimator: 'rosenstein', surrogate: 'shuffle', seed }),
  ),
  windowedSurrogateTest: seeded<Reading>(
    async (seed, { chunk }) =>
      windowedSurrogateTest(await read('weights', chunk), {
        estimator: 'rosenstein',
        surrogate: 'shuffle',
        window: 100,
        sampledWeights: 4,
        sampledWindows: 3,
        seed,
      }),
    { changes: [{ chunk: 50_000 }] },
  ),
};
