import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialWeights } from '../../src/data/initialWeights';
import { datasetEntry } from '../../src/data/manifest';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { datasetNames, studySettings } from '../../src/data/studySettings';
import { skipUnless } from '../support/mirror';

for (const name of datasetNames) {
  const skip = skipUnless(...datasetEntry(name).weights);
  test(`every published initialisation of ${name} has the layers of its network`, { skip }, async () => {
    const { initialisations } = studySettings[name];
    for (let k = 1; k <= initialisations; k++) {
      const { layers, weights, biases } = await initialWeights(name, k);
      assert.deepEqual(layers, studySettings[name].layers);
      assert.deepEqual(
        weights.map(w => w.length),
        layers.slice(1).map((width, l) => width * layers[l]),
      );
      assert.deepEqual(
        biases.map(b => b.length),
        layers.slice(1),
      );
    }
  });
}

test('initial weights are those NumPy reads', {
  skip: skipUnless(...datasetEntry('cancer').weights, ...datasetEntry('iris').weights),
}, async () => {
  // a = np.load('cancer2.npy', allow_pickle=True): a[1][0][0, :2], a[1][1][5], a[1][2][0, 5], a[1][3]; iris a[4][2][2, 1]
  const cancer = await initialWeights('cancer', 2);
  assert.deepEqual([...cancer.weights[0].subarray(0, 2)], [0.1505025114660821, -0.050840595489375265]);
  assert.equal(cancer.biases[0][5], -0.011197252059461718);
  assert.equal(cancer.weights[1][5], -0.026883417679517553);
  assert.equal(cancer.biases[1][0], -0.04398642876154176);
  assert.equal((await initialWeights('iris', 5)).weights[1][2 * 6 + 1], 0.06670561034697914);
});

test("MNIST's weights are the 32-bit floats of PyTorch", {
  skip: skipUnless(datasetEntry('mnist').weights[0]),
}, async () => {
  // struct.unpack('<39200f', zipfile.ZipFile('model_1.pth').read('archive/data/0')): first and last; data/4 likewise
  const { weights } = await initialWeights('mnist', 1);
  assert.deepEqual([weights[0][0], weights[0][39_199]], [0.018402257934212685, 0.025875527411699295]);
  assert.deepEqual([weights[2][0], weights[2][299]], [-0.14151298999786377, -0.07422145456075668]);
});

test('initialisations that were not published are refused', async () => {
  await assert.rejects(initialWeights('cancer', 0), /numbered 1 to 10, got 0/);
  await assert.rejects(initialWeights('mnist', 6), /numbered 1 to 5, got 6/);
  await assert.rejects(initialWeights('cancer', 1.5), RangeError);
  await assert.rejects(initialWeights('digits' as never, 1), /'digits'; there are cancer, titanic/);
});

test('the masks of the small networks hold as many weights as the study removed', async () => {
  // Counts of the published full-training masks of initialisations 1 to 5.
  const counts = {
    cancer: [10, 6, 4, 4, 2],
    titanic: [4, 1, 3, 4, 6],
    banknote: [2, 3, 1, 4, 3],
    iris: [2, 2, 2, 0, 2],
  };
  for (const [name, removed] of Object.entries(counts)) {
    for (const [i, count] of removed.entries()) {
      assert.equal(
        (await publishedMaskIndices(name as 'iris', 'FT', i + 1)).length,
        count,
        `${name} ${i + 1}`,
      );
    }
  }
  assert.deepEqual(await publishedMaskIndices('cancer', 'FT', 2), [6, 13, 14, 15, 33, 51]);
});

for (const name of datasetNames.filter(known => known !== 'vowel')) {
  const skip = skipUnless(...datasetEntry(name).masks);
  test(`every mask of ${name} lists weights of its network once, in ascending order`, { skip }, async () => {
    const { layers } = studySettings[name];
    const total = layers.slice(1).reduce((sum, width, l) => sum + width * layers[l], 0);
    for (const variant of ['FT', 'PT'] as const) {
      for (let k = 1; k <= 5; k++) {
        const indices = await publishedMaskIndices(name, variant, k);
        assert.ok(
          indices.every((index, i) => index < total && index > (indices[i - 1] ?? -1)),
          `${name} ${variant} ${k}`,
        );
      }
    }
  });
}

test("MNIST's masks count from the first weight of layer 2", {
  skip: skipUnless('chaotic-pruning/masks/mask_mnist_3.csv'),
}, async () => {
  const indices = await publishedMaskIndices('mnist', 'FT', 3);
  assert.equal(indices.length, 138);
  assert.ok(indices[0] >= 39_200 && indices.at(-1)! < 41_000);
});

test('masks that were not published are refused', async () => {
  await assert.rejects(publishedMaskIndices('vowel', 'FT', 1), /No mask was published for vowel/);
  await assert.rejects(publishedMaskIndices('iris', 'FT', 6), /numbered 1 to 5/);
  await assert.rejects(publishedMaskIndices('iris', 'XT' as never, 1), /'FT' or 'PT', got 'XT'/);
});
