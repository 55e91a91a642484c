import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDataset, publishedNetwork, savedVowelReadings, train, vowelReadings } from '../../src';
import { formatTextTable } from '../../src/study/textTable';
import { allVowelReadings, vowelDataset } from '../../src/study/vowelReading';
import { vowelReadingsText } from '../../src/study/vowelReadingsText';
import { skipUnless } from '../support/mirror';

const skip = skipUnless('vowel/vowel.csv', 'chaotic-pruning/init/vowel.npy');

test('the first reading splits and scales as procedure published does', { skip }, async () => {
  const [first] = allVowelReadings;
  const [ours, published] = [
    await vowelDataset(first),
    await loadDataset('vowel', { procedure: 'published' }),
  ];
  assert.deepEqual(ours.train, published.train);
  assert.deepEqual(ours.test, published.test);
});

test('each reading keeps 741 and 130 rows, every row once, scaled as it says', { skip }, async () => {
  for (const split of ['head', 'tail'] as const) {
    for (const { scaling } of allVowelReadings.slice(0, 40).filter((_, i) => i % 10 === 0)) {
      const { train, test } = await vowelDataset({ ...allVowelReadings[0], split, scaling });
      assert.deepEqual([train.rows, test.rows], [741, 130]);
      assert.equal(new Set([...train.sourceRows, ...test.sourceRows]).size, 871);
      const first = test.inputs.filter((_, i) => i % 3 === 0);
      const mean = first.reduce((sum, value) => sum + value, 0) / 130;
      const sd = Math.sqrt(first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 130);
      const range = [Math.min(...first), Math.max(...first)];
      if (scaling === 'own range') assert.deepEqual(range, [0, 1]);
      if (scaling === 'whole range') assert.ok(range[0] >= 0 && range[1] <= 1);
      const isStandard = Math.abs(mean) < 1e-12 && Math.abs(sd - 1) < 1e-12;
      assert.equal(isStandard, scaling === 'own moments');
      if (scaling === 'training moments') assert.ok(Math.abs(mean) < 0.3 && Math.abs(sd - 1) < 0.3);
    }
  }
});

test('from init 2 the paper’s accuracy .7462 stands at epoch 36, with F1 .7502 and not .7307', {
  skip,
}, async () => {
  const dataset = await vowelDataset(allVowelReadings[0]);
  const { epochs } = await train(await publishedNetwork('vowel', 2), dataset, {
    epochs: 37,
    learningRate: 3, // 0.5 times six outputs: the error signal of an output undivided
    accuracyRule: 'all-outputs',
  });
  assert.equal(epochs[36].testAccuracy.toFixed(4), '0.7462');
  assert.equal(epochs[36].testF1.toFixed(4), '0.7502');
});

test('a saved row comes out again', { skip }, async () => {
  const { rows, runs, equal } = savedVowelReadings();
  assert.equal(runs, 10 * allVowelReadings.length);
  assert.equal(equal.all, 0);
  const [first] = rows;
  const { init, publishedEpoch, accuracy, f1, distance, ...reading } = first;
  const again = await vowelReadings({ readings: [reading], inits: [init] });
  assert.deepEqual(again.rows, [first]);
});

test('saved rows are the nearest, in order, and print as a table', () => {
  const readings = savedVowelReadings();
  const distances = readings.rows.map(row => row.distance);
  assert.deepEqual(
    distances,
    [...distances].sort((a, b) => a - b),
  );
  const text = formatTextTable(vowelReadingsText(readings));
  assert.match(text, /^Readings.*\n *split.*distance\npublished +36 +0\.7462 +0\.7307/);
});

test('options that do not exist and initialisations that were not published throw', { skip }, async () => {
  await assert.rejects(vowelReadings({ init: 1 } as never), /'init'.*'inits' was meant/);
  await assert.rejects(vowelReadings({ inits: [11] }), RangeError);
});
