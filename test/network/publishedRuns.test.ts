import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { datasetEntry } from '../../src/data/manifest';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { type StudyName, studySettings } from '../../src/data/studySettings';
import { createMask } from '../../src/network/mask';
import { publishedNetwork } from '../../src/network/publishedNetwork';
import { retrain } from '../../src/network/retrain';
import { type TrainingRun, type TrainOptions, train } from '../../src/network/train';
import { skipUnless, trainingFiles } from '../support/mirror';

function optionsOf(name: StudyName): TrainOptions {
  const { learningRate, benchmark, recordedEpochs } = studySettings[name];
  const stop = { part: 'train', accuracy: benchmark } as const;
  return { epochs: recordedEpochs + 50, learningRate, accuracyRule: 'all-outputs', stop };
}

async function pruned(name: StudyName, variant: 'FT' | 'PT', init: number): Promise<TrainingRun> {
  const network = await publishedNetwork(name, init);
  const removed = await publishedMaskIndices(name, variant, init);
  const mask = createMask(network.layers, removed, variant);
  return retrain(network, mask, await loadDataset(name), optionsOf(name));
}

/** As the paper prints them: 0-based index of the last epoch, accuracy and macro F1 with four digits. */
function printed({
  epochCount,
  testAccuracy,
  testF1,
  stopped,
}: TrainingRun): [boolean, number, string, string] {
  return [stopped, epochCount - 1, testAccuracy.toFixed(4), testF1.toFixed(4)];
}

// Tables 1 and 2 of the paper.
const rows = {
  iris: {
    init: 5,
    dense: [182, '0.9000', '0.9124'],
    FT: [166, '0.9000', '0.9419'],
    PT: [173, '0.9000', '0.9124'],
  },
  cancer: {
    init: 2,
    dense: [70, '0.8759', '0.8656'],
    FT: [38, '0.8686', '0.8570'],
    PT: [24, '0.8759', '0.8643'],
  },
} as const;

describe('the published initial weights', () => {
  for (const name of ['iris', 'cancer'] as const) {
    const { init, dense, FT, PT } = rows[name];
    const skip = skipUnless(...trainingFiles(name));
    test(`train to the paper’s dense row of ${name}`, { skip }, async () => {
      const run = await train(await publishedNetwork(name, init), await loadDataset(name), optionsOf(name));
      assert.deepEqual(printed(run), [true, ...dense]);
    });
    test(`train to the paper’s pruned rows of ${name} under the published masks`, { skip }, async () => {
      assert.deepEqual(printed(await pruned(name, 'FT', init)), [true, ...FT]);
      assert.deepEqual(printed(await pruned(name, 'PT', init)), [true, ...PT]);
    });
  }

  const skip = skipUnless(...datasetEntry('mnist').weights);
  test('make MNIST a 784-50-30-10 network with softmax outputs', { skip }, async () => {
    const { layers, output } = await publishedNetwork('mnist', 3);
    assert.deepEqual([layers, output], [[784, 50, 30, 10], 'softmax']);
  });
});
