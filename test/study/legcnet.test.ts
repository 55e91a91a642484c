import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grangerScan } from '../../src/causality/grangerScan';
import { makeStationary } from '../../src/causality/makeStationary';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { loadDataset } from '../../src/data/loadDataset';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { removedWeights } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { misclassification } from '../../src/network/misclassification';
import { publishedNetwork } from '../../src/network/publishedNetwork';
import { recordTwin } from '../../src/network/recordTwin';
import { retrain } from '../../src/network/retrain';
import { train } from '../../src/network/train';
import { selectWeights } from '../../src/pruning/selectWeights';
import { legcnetFT, legcnetPT, soundSearch } from '../../src/study/legcnet';
import { studyProcedure } from '../../src/study/studyProcedure';
import { skipUnless, trainingFiles } from '../support/mirror';

const network = createNetwork({ layers: [4, 6, 3], seed: 1 });

describe('legcnetFT and legcnetPT', () => {
  test('under sound are the steps one after another', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training } = studyProcedure('iris', 'sound', { seed: 3, maxEpochs: 60 }).FT;
    const found = await legcnetFT(network, iris, { training });
    const { stop, ...free } = training;
    const dense = await train(network, iris, training);
    const recording = await recordTwin(network, iris, { ...free, epochs: dense.epochCount });
    const exponents = await windowedLyapunov(recording, { window: 200 });
    if (iris.validation === null) throw new Error('sound has a validation part');
    const errors = await misclassification(recording, iris.validation, exponents.ends);
    const { exponents: series, target } = makeStationary(exponents, errors);
    const scan = await grangerScan(series, target, { maxLag: 4, lagRule: 'bic' });
    const mask = selectWeights(scan, { remove: 'non-causal' });
    const sparse = await retrain(network, mask, iris, training);
    assert.deepEqual(found.dense.epochs, dense.epochs);
    assert.deepEqual([...found.search.scan.pValue], [...scan.pValue]);
    assert.deepEqual([...found.search.mask.kept], [...mask.kept]);
    assert.deepEqual(found.sparse.epochs, sparse.epochs);
    assert.equal(found.search.iterates, dense.epochCount * iris.train.rows + 1);
  });

  test('PT looks at the first tenth of the iterates, and both directions share out the weights', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training } = studyProcedure('iris', 'sound', { maxEpochs: 200 }).PT;
    const search = { exponents: { ...soundSearch.exponents, window: 40 } };
    const nonCausal = await legcnetPT(network, iris, { training, search });
    const denseIterates = nonCausal.dense.epochCount * iris.train.rows;
    assert.equal(nonCausal.search.iterates, Math.ceil(0.1 * denseIterates) + 1);
    assert.ok(nonCausal.search.stationary.exponents.ends.every(end => end <= 0.1 * denseIterates + 1));
    const causal = await legcnetPT(network, iris, {
      training,
      search: { ...search, rule: { remove: 'causal' } },
    });
    const answered = nonCausal.search.scan.pValue.filter(p => !Number.isNaN(p)).length;
    assert.equal(nonCausal.search.mask.removed + causal.search.mask.removed, answered);
  });

  const skip = skipUnless(...trainingFiles('iris3f'));
  test('under published remove what the study removed', { skip }, async () => {
    const iris3f = await loadDataset('iris3f', { procedure: 'published' });
    const initial = await publishedNetwork('iris3f', 1);
    for (const [variant, run] of Object.entries({ FT: legcnetFT, PT: legcnetPT })) {
      const name = variant as 'FT' | 'PT';
      const { search } = await run(initial, iris3f, studyProcedure('iris3f', 'published')[name]);
      assert.deepEqual([...removedWeights(search.mask)], await publishedMaskIndices('iris3f', name, 1));
    }
  });

  test('warn when every weight goes and when the windows are few', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training } = studyProcedure('iris', 'sound', { maxEpochs: 60 }).FT;
    const search = { length: { epochs: 17 }, rule: { remove: 'non-causal', alpha: 0 } } as const;
    const all = await legcnetFT(network, iris, { training, search });
    assert.equal(all.search.mask.removed, 42);
    assert.match(all.search.cautions.join(), /Every weight is removed.*Only 8 windows/);
    const more = await legcnetFT(network, iris, { training, search: { length: { epochs: 60 } } });
    assert.deepEqual(more.search.cautions, []);
  });

  test('say what is wrong: no validation part, an unknown option, a window that does not fit', async () => {
    const iris = await loadDataset('iris', { procedure: 'described' });
    const training = { epochs: 2, learningRate: 0.05 };
    await assert.rejects(legcnetFT(network, iris, { training }), /has no validation part/);
    await assert.rejects(legcnetFT(network, iris, { training, serach: {} } as never), /perhaps 'search'/);
    const misspelt = { training, search: { rules: { remove: 'causal' } } } as never;
    await assert.rejects(legcnetFT(network, iris, misspelt), /perhaps 'rule'/);
    const short = { target: { part: 'test', shift: 0 }, length: { epochs: 1 } } as const;
    await assert.rejects(legcnetFT(network, iris, { training, search: short }), /needs 201 iterates/);
  });
});
