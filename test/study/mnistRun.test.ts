import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset, mnistRun, publishedChoices, publishedNetwork, savedMnistRuns } from '../../src';
import { datasetEntry } from '../../src/data/manifest';
import { removedWeights } from '../../src/network/applyMask';
import { causalSearch } from '../../src/study/causalSearch';
import { formatMnistRuns } from '../../src/study/formatMnistRun';
import { liveSearch } from '../../src/study/liveSearch';
import { searchOf } from '../../src/study/maskChoice';
import { asCodedIndices } from '../../src/study/mnistOutcome';
import { mnistRecord } from '../../src/study/mnistRecord';
import { mnistTraining, paddedRows } from '../../src/study/mnistTraining';
import { studyTraining } from '../../src/study/studyTraining';
import { skipUnless, trainingFiles } from '../support/mirror';
import { madeUpMnistRun } from './madeUpMnistRun';

const skip = skipUnless(...trainingFiles('mnist'), ...datasetEntry('mnist').masks);

test('rows of a part are counted as 128 x batches, as the published figures imply', () => {
  assert.equal(paddedRows(29_399), 29_440);
  assert.equal(paddedRows(12_601), 12_672);
});

test('the code masks layer 2, never layer 3, and for its first weight also the last of layer 1', () => {
  assert.deepEqual(asCodedIndices([39_201, 40_699, 40_700, 40_999]), [39_201, 40_699]);
  assert.deepEqual(asCodedIndices([39_200, 40_999]), [39_199, 39_200]);
});

const irisWeights = skipUnless('chaotic-pruning/init/iris.npy');

test('a live search finds what a recorded one finds', { skip: irisWeights }, async () => {
  const iris = await loadDataset('iris');
  const network = await publishedNetwork('iris', 2);
  const training = studyTraining('iris', 'published');
  for (const variant of ['FT', 'PT'] as const) {
    const settings = searchOf({ ...publishedChoices.iris[variant], epochs: 30 });
    const recorded = await causalSearch(network, iris, training, settings);
    const live = await liveSearch(network, iris, training, settings, { workers: 1 });
    assert.deepEqual(live.scan, recorded.scan);
    assert.deepEqual(live.mask, recorded.mask);
  }
  const share = { ...searchOf(publishedChoices.iris.FT), length: { share: 0.1 } };
  await assert.rejects(liveSearch(network, iris, training, share), /its number of epochs is required/);
});

test('an MNIST run tests all 41 000 weights and goes on from its checkpoint to the same numbers', {
  skip,
}, async () => {
  const checkpoint = mkdtempSync(join(tmpdir(), 'legcnet-mnist-'));
  try {
    // One epoch has 231 iterates, 5 windows of 50, which carry one lag.
    const choice = { epochs: 1, maxLag: 1 };
    const options = {
      choices: { FT: choice, PT: choice },
      networks: ['dense', 'FT', 'FT last', 'PT published'],
      maxEpochs: 1,
      checkpoint,
    } as const;
    const run = await mnistRun(3, options);
    const again = await mnistRun(3, options);
    // Nothing is done again: what it cost is read, too.
    assert.deepEqual({ ...again, cost: again.cost.steps }, { ...run, cost: run.cost.steps });
    assert.ok(run.cost.steps['FT search'].seconds > 0);

    const [search] = run.searches;
    assert.equal(search.windows, 5);
    assert.equal(search.overlap.published, 138);
    const byName = new Map(run.networks.map(network => [network.network, network]));
    assert.deepEqual([...byName.keys()], options.networks);
    const removed = search.removedByLayer.reduce((sum, count) => sum + count, 0);
    assert.equal(byName.get('FT')?.removed, removed);
    assert.equal(byName.get('FT')?.flops, 41_000 - removed);
    assert.equal(byName.get('FT last')?.removed, search.removedByLayer[1] + search.removedByLayer[2]);
    assert.equal(byName.get('PT published')?.flops, 40_867);
    const { asIntended, asCoded } = byName.get('dense')!;
    assert.ok(!asIntended.stopped && asIntended.epochs === 1 && asIntended.publishedEpoch === 0);
    assert.equal(asCoded.accuracy, Math.round(asIntended.accuracy * 12_601) / 12_672);

    const dataset = await loadDataset('mnist');
    const network = await publishedNetwork('mnist', 3);
    const settings = searchOf({ ...publishedChoices.mnist.FT, ...choice });
    const recorded = await causalSearch(network, dataset, mnistTraining(dataset, { seed: 42 }), settings);
    assert.equal(recorded.mask.removed, removed);
    assert.equal(
      search.overlap.recomputed,
      Array.from(removedWeights(recorded.mask)).filter(weight => weight >= 39_200).length,
    );
  } finally {
    rmSync(checkpoint, { recursive: true, force: true });
  }
});

test('a saved run is made again: the dense network of initialisation 3', { skip }, async () => {
  const saved = savedMnistRuns().rows.find(({ run }) => run.init === 3)!.run;
  const { networks, split } = await mnistRun(3, { seed: saved.seed, networks: ['dense'] });
  assert.deepEqual(networks, [saved.networks[0]]);
  assert.equal(split, saved.split);
});

test('a run is shown one network a line, the paper’s epoch first', () => {
  const text = formatMnistRuns([madeUpMnistRun()]);
  assert.match(text, /dense\s+0\s+41000\s+27\s+0\.9100\s+0\.9000\s+> 99\s+0\.9000\s+0\.8000/);
  assert.match(
    text,
    /removed of layers 1, 2, 3: 4000, 100, 20; of the last 1800 weights the study removed 138, shared 10/,
  );
});

test('a run is a record of Tables 1 to 3 for each kind of masks and each way to count', () => {
  const run = madeUpMnistRun();
  const { arms, start } = mnistRecord(run, 'last', 'asIntended');
  assert.deepEqual(start, { init: 3 });
  assert.deepEqual(arms.dense, [{ removed: 0, weights: 41_000, epochs: 28, accuracy: 0.91, f1: 0.9 }]);
  // 'FT last' and 'PT last' stand fourth and fifth.
  assert.deepEqual([arms.FT[0].removed, arms.PT[0].removed], [30, 40]);
  assert.equal(mnistRecord(run, 'published', 'asCoded').arms.magnitude[0].epochs, null);
  const short = { ...run, networks: run.networks.slice(0, 3) };
  assert.throws(() => mnistRecord(short, 'all', 'asCoded'), /initialisation 3 was run without random/);
});

test('initialisations and networks that do not exist are refused', async () => {
  await assert.rejects(mnistRun(6), /init must be a whole number from 1 to 5, 6 came/);
  await assert.rejects(mnistRun(1, { networks: ['SNIP'] as never }), /'SNIP' came/);
});
