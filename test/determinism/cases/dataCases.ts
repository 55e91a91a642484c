import {
  auditDataset,
  bootstrapInterval,
  createNetwork,
  datasetFromArrays,
  lipschitzConstant,
  loadDataset,
  mean,
  NumpyRandom,
  normal,
  pairedDifference,
  type Random,
  randomStream,
} from '../../../src/index';
import { type Cases, seeded } from '../case';

const accuracies = [0.86, 0.88, 0.87, 0.9, 0.85, 0.88, 0.91, 0.87, 0.89];
const rivals = [0.85, 0.88, 0.84, 0.91, 0.83, 0.87, 0.88, 0.88, 0.86];

const drawn = (random: Random) => Array.from({ length: 200 }, random);

export const dataCases: Cases = {
  NumpyRandom: seeded(seed => {
    const random = new NumpyRandom(seed);
    const order = random.permutation(50);
    const chosen = random.choice(50, 20);
    return { order, chosen, numbers: drawn(() => random.random()) };
  }),
  randomStream: seeded(seed => drawn(randomStream(seed, 'a stream'))),
  normal: seeded(seed => drawn(normal(randomStream(seed, 'a stream'), 2, 3))),
  loadDataset: seeded(seed => loadDataset('iris', { procedure: 'sound', seed })),
  auditDataset: seeded(seed => auditDataset('iris', { seed })),
  datasetFromArrays: seeded(seed =>
    datasetFromArrays(
      accuracies.concat(rivals, accuracies).map((x, i) => [x, i]),
      'abcabcabcabcabcabcabcabcabc'.split(''),
      { seed },
    ),
  ),
  createNetwork: seeded(seed => [
    createNetwork({ layers: [4, 6, 3], seed }),
    createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed }),
  ]),
  lipschitzConstant: seeded(seed => lipschitzConstant('sigmoid', { seed, pairs: 500 })),
  bootstrapInterval: seeded(seed => bootstrapInterval(accuracies, mean, { seed, draws: 500 })),
  pairedDifference: seeded(seed => pairedDifference(accuracies, rivals, { seed, draws: 500 })),
};
