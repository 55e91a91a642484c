import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../src/data/dataset';
import { datasetFromArrays } from '../src/data/datasetFromArrays';
import { loadDataset } from '../src/data/loadDataset';
import { studySettings } from '../src/data/studySettings';
import { createNetwork } from '../src/network/createNetwork';
import type { Network } from '../src/network/network';
import { flattenParameters } from '../src/network/parameters';
import { recordTraining } from '../src/network/recordTraining';
import type { EngineName } from '../src/network/trainingSettings';
import { randomStream } from '../src/statistics/random';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { tfjsLoop } from './tfjsLoop';
import { medianSeconds, processorSecondsOf, processorTimes } from './timing';

const SAME_WORK = 'loss and accuracies after each epoch on both sides';

/** Training of Iris's network with every iterate recorded, one row an update, beside TensorFlow.js and PyTorch. */
export async function benchIris(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const { layers, learningRate, batch } = studySettings.iris;
  const network = createNetwork({ layers, seed: 1 });
  // Ours is over too soon to be timed with as few epochs as theirs.
  const [epochs, torchEpochs, tfjsEpochs] = quick ? [200, 10, 2] : [500, 50, 5];
  const loss = { ours: Number.NaN, tfjs: Number.NaN, oursAtTfjs: Number.NaN };
  const busy = { ours: [] as number[], tfjs: [] as number[] };
  /** Of 1,000 iterates. */
  const scaled = (seconds: number, count: number): number =>
    (1000 * seconds) / (count * Math.ceil(iris.train.rows / batch));
  const record = async (count: number): Promise<number> => {
    const { epochs: measured } = await recordTraining(network, iris, { epochs: count, learningRate, batch });
    return measured[count - 1].loss;
  };
  loss.ours = await record(torchEpochs);
  loss.oursAtTfjs = await record(tfjsEpochs);
  const torch = torchPeer(peers, network, iris, {
    epochs: torchEpochs,
    learningRate,
    batch,
    dtype: 'float64',
  });
  try {
    const [ours, tfjs, pytorch] = await medianSeconds(quick ? 3 : 7, [
      async () => {
        const run = await processorSecondsOf(() => record(epochs));
        busy.ours.push(scaled(run.processor, epochs));
        return run.seconds;
      },
      async () => {
        const run = await tfjsLoop(network, iris, tfjsEpochs, learningRate, batch);
        loss.tfjs = run.loss;
        busy.tfjs.push(scaled(run.processor, tfjsEpochs));
        return run.seconds;
      },
      torch.ask,
    ]);
    const task = `train and record, Iris ${layers.join('-')}, batch ${batch}, 1,000 iterates`;
    const seconds = scaled(ours, epochs);
    const processor = {
      tfjs: processorTimes(busy.ours, busy.tfjs),
      torch: processorTimes(
        busy.ours,
        torch.processor.map(taken => scaled(taken, torchEpochs)),
      ),
    };
    return [
      benchRow(
        `${task}, against TensorFlow.js`,
        seconds,
        's',
        { ratio: 300 },
        {
          name: 'tfjs-node loop, float32',
          value: scaled(tfjs, tfjsEpochs),
          processorRatio: processor.tfjs.ratio,
          how: `measured over ${tfjsEpochs} epochs, ours over ${epochs}; ${SAME_WORK}; ${processor.tfjs.text}; losses differ by ${gap(loss.tfjs, loss.oursAtTfjs)}`,
        },
      ),
      benchRow(
        `${task}, against PyTorch`,
        seconds,
        's',
        { ratio: 100 },
        peers && {
          name: 'PyTorch loop, float64',
          value: scaled(pytorch, torchEpochs),
          processorRatio: processor.torch.ratio,
          how: `measured over ${torchEpochs} epochs, ours over ${epochs}; ${SAME_WORK}; ${torch.said()}; ${processor.torch.text}; losses differ by ${gap(torch.loss(), loss.ours)}`,
        },
      ),
    ];
  } finally {
    torch.remove();
  }
}

/** The partial training of MNIST's network with every iterate recorded into memory, in float64 and float32. */
export async function benchMnist(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const { dataset, source } = await images();
  const { layers, learningRate, batch, partialEpochs } = studySettings.mnist;
  const network = createNetwork({ layers, output: 'softmax', seed: 1 });
  const epochs = quick ? 1 : partialEpochs;
  const perEpoch = Math.ceil(dataset.train.rows / batch);
  const rows: BenchRow[] = [];
  for (const [engine, dtype, target] of [
    ['fused', 'float64', 0.5],
    ['fused32', 'float32', 1],
  ] as const satisfies readonly (readonly [EngineName, string, number])[]) {
    let loss = Number.NaN;
    const busy: number[] = [];
    const torch = torchPeer(peers, network, dataset, { epochs, learningRate, batch, dtype });
    try {
      const [ours, pytorch] = await medianSeconds(quick ? 1 : 3, [
        async () => {
          const run = await processorSecondsOf(async () => {
            const options = { epochs, learningRate, batch, engine, storage: dtype };
            loss = (await recordTraining(network, dataset, options)).epochs[epochs - 1].loss;
          });
          busy.push(run.processor);
          return run.seconds;
        },
        torch.ask,
      ]);
      const processor = processorTimes(busy, torch.processor);
      rows.push(
        benchRow(
          `train and record, MNIST ${layers.join('-')}, batch ${batch}, ${dtype}, ${epochs * perEpoch} iterates`,
          ours,
          's',
          { ratio: target },
          peers && {
            name: `PyTorch loop, ${dtype}`,
            value: pytorch,
            processorRatio: processor.ratio,
            how: `measured, all iterates kept in memory on both sides; ${SAME_WORK}; ${torch.said()}; ${processor.text}; losses differ by ${gap(torch.loss(), loss)}`,
          },
          `engine '${engine}'; ${source}`,
        ),
      );
    } finally {
      torch.remove();
    }
  }
  return rows;
}

/** MNIST where its files are at hand, else rows of its shape, four in five pixels black as there. */
async function images(): Promise<{ readonly dataset: Dataset; readonly source: string }> {
  if (process.env.LEGCNET_DATA !== undefined) {
    return { dataset: await loadDataset('mnist', { procedure: 'published' }), source: "MNIST's images" };
  }
  const random = randomStream(1, 'bench images');
  const rows = 42_000;
  const values = Float64Array.from({ length: rows * 784 }, () => (random() < 0.81 ? 0 : random()));
  const labels = Array.from({ length: rows }, () => Math.floor(10 * random()));
  const dataset = datasetFromArrays({ shape: [rows, 784], dataSync: () => values }, labels, {
    procedure: 'described',
    scaling: 'none',
  });
  return { dataset, source: "random rows of MNIST's shape, because LEGCNET_DATA names no mirror" };
}

/** The same training in PyTorch, its data handed over in a file. */
function torchPeer(
  peers: Peers | null,
  network: Network,
  { train, test }: Dataset,
  settings: {
    readonly epochs: number;
    readonly learningRate: number;
    readonly batch: number;
    readonly dtype: string;
  },
) {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-bench-'));
  const file = join(folder, 'data.f64');
  for (const numbers of [train.inputs, train.targets, test.inputs, test.targets]) {
    writeFileSync(file, numbers, { flag: 'a' });
  }
  let last = { threads: 0, loss: Number.NaN, processor: Number.NaN };
  const processor: number[] = [];
  return {
    async ask(): Promise<number> {
      if (peers === null) return Number.NaN;
      const { seconds, answer } = await peers.ask<typeof last>({
        task: 'train',
        ...settings,
        file,
        rows: [train.rows, test.rows],
        layers: network.layers,
        output: network.output,
        parameters: [...flattenParameters(network)],
      });
      last = answer;
      processor.push(answer.processor);
      return seconds;
    },
    loss: () => last.loss,
    processor,
    said: () => `${last.threads} ${last.threads === 1 ? 'thread' : 'threads'}, the faster number here`,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function gap(a: number, b: number): string {
  return Math.abs(a - b).toExponential(0);
}
