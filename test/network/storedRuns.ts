import { createHash } from 'node:crypto';
import type { Dataset } from '../../src/data/dataset';
import { createNetwork } from '../../src/network/createNetwork';
import type { Network } from '../../src/network/network';
import type { Recording } from '../../src/network/recording';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import type { Trainable } from '../../src/network/trainable';
import type { TrainOptions } from '../../src/network/trainingSettings';
import { toyDataset } from './toyDataset';

/** 721 iterates of 700 weights and 103 biases: four rows of two chunks, the last of both not full. */
export const network: Network = createNetwork({ layers: [4, 100, 3], seed: 1 });
export const dataset: Dataset = toyDataset();
export const options: Pick<TrainOptions, 'epochs'> & { learningRate: number } = {
  epochs: 18,
  learningRate: 0.1,
};

/** SHA-256 over the bits of some windows and networks: those at the borders of chunks of 200 iterates among them. */
export async function hashOf(
  recording: Recording<Trainable>,
  iterates: number = recording.iterates,
): Promise<string> {
  const hash = createHash('sha256');
  const windows = [
    [0, iterates],
    [1, 199],
    [199, 2],
    [200, 200],
    [399, 202],
    [iterates - 1, 1],
  ];
  for (const [start, length] of windows) {
    if (start + length <= iterates) hash.update((await recording.readWindow(start, length)).series);
  }
  for (const iterate of [0, 1, 199, 200, iterates - 1].filter(each => each < iterates)) {
    const found = await recording.networkAt(iterate);
    const parts = found.kind === 'network' ? [...found.weights, ...found.biases] : [found.parameters];
    for (const part of parts) hash.update(part);
  }
  return hash.digest('hex');
}

/**
 * Run as a program with a folder: records a twin there in blocks of ten iterates, slowly enough to be killed in, and says
 * `started` when the first block is on its way.
 */
async function main(store: string, what: string): Promise<void> {
  const perBlock = 10 * (8 * (2 * 700 + 103) + 16);
  const recorders = [
    (iterate: number): void => {
      if (iterate === 5) console.log('started');
    },
  ];
  const memory = { memoryLimit: perBlock, store, recorders };
  if (what === 'twin') await recordTwin(network, dataset, { ...options, ...memory, epochs: 250 });
  else await recordTraining(network, dataset, { ...options, store });
}

if (require.main === module) {
  main(process.argv[2], process.argv[3] ?? 'twin').catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
