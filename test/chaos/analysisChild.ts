import { createHash } from 'node:crypto';
import { exponentsWhileTraining } from '../../src/chaos/exponentsWhileTraining';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { trainWithCheckpoint } from '../../src/network/trainWithCheckpoint';

/**
 * A run long enough to be killed in: an analysed training, then a training under a stop rule that is not met. Run as a program
 * with a folder, it says `started`, then the hash of its results.
 */
export async function analysisHash(folder: string | undefined): Promise<string> {
  const iris = await loadDataset('iris');
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const training = { epochs: 40, learningRate: 0.05, batch: 2, shuffle: 'each-epoch', seed: 3 } as const;
  const kept = (part: string) =>
    folder === undefined ? {} : { checkpoint: `${folder}/${part}`, checkpointSeconds: 0 };
  const { run, exponents, target } = await exponentsWhileTraining(network, iris, training, {
    estimator: 'rosenstein',
    window: 50,
    overlap: 0.3,
    workers: 0,
    ...kept('exponents'),
  });
  const again = await trainWithCheckpoint(network, iris, {
    ...training,
    epochs: 2,
    stop: { part: 'train', accuracy: 1 },
    ...kept('training'),
  });
  const hash = createHash('sha256');
  for (const array of [exponents.values, exponents.status, target, ...again.final.weights])
    hash.update(array);
  hash.update(JSON.stringify([run.epochs, [...exponents.ends], again.epochs]));
  for (const weights of run.final.weights) hash.update(weights);
  return hash.digest('hex');
}

if (require.main === module) {
  console.log('started');
  analysisHash(process.argv[2]).then(
    hash => console.log(hash),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
