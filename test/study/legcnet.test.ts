import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grangerScan } from '../../src/causality/grangerScan';
import { makeStationary } from '../../src/causality/makeStationary';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { loadDataset } from '../../src/data/loadDataset';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { applyMask, removedWeights } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { misclassification } from '../../src/network/misclassification';
import { publishedNetwork } from '../../src/network/publishedNetwork';
import { recordTwin } from '../../src/network/recordTwin';
import { retrain } from '../../src/network/retrain';
import { train } from '../../src/network/train';
import { controlNetworks } from '../../src/pruning/controlNetworks';
import { scoresFromScan } from '../../src/pruning/scoresFromScan';
import { trainingFlops } from '../../src/pruning/searchCost';
import { type SelectWeightsOptions, selectWeights } from '../../src/pruning/selectWeights';
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

  test('hold the pruned network against all controls, trained as it is, with seeded draws', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training } = studyProcedure('iris', 'sound', { seed: 3, maxEpochs: 60 }).FT;
    const run = await legcnetFT(network, iris, { training });
    const { mask, scan } = run.search;
    const init = { name: 'resampled', from: network } as const;
    const scores = scoresFromScan(scan, { remove: 'non-causal' });
    const { controls } = controlNetworks(network, mask, { init, seed: 1, scores });
    assert.deepEqual(
      run.controls.map(({ name }) => name),
      ['random', 'shuffled', 'inverted', 'reinitialised', 'smaller-dense'],
    );
    for (const [c, { run: trained, weights, flops }] of run.controls.entries()) {
      const alone = await train(controls[c].network, iris, training);
      assert.deepEqual(trained.epochs, alone.epochs);
      assert.equal(weights, controls[c].weights);
      assert.equal(flops, trainingFlops(alone, iris));
      if (controls[c].name !== 'smaller-dense') assert.equal(weights, 42 - mask.removed);
    }
    const last = run.cost.stages[run.cost.stages.length - 1];
    assert.equal(last.name, 'training under the mask'); // the comparison is not a cost of the pruned network
    const again = await legcnetFT(network, iris, { training });
    const curves = ({ controls: of }: typeof run): unknown => of.map(each => each.run.epochs);
    assert.deepEqual(curves(again), curves(run));
    const drawn = await legcnetFT(network, iris, { training, controlSeed: 2, controls: ['shuffled'] });
    assert.deepEqual(
      drawn.controls.map(({ name }) => name),
      ['shuffled'],
    );
    assert.notDeepEqual(drawn.controls[0].run.initial.mask?.kept, run.controls[1].run.initial.mask?.kept);
    const bare = await legcnetFT(network, iris, { training, controls: 'none' });
    assert.deepEqual(bare.controls, []);
    assert.deepEqual(bare.sparse.epochs, run.sparse.epochs);
  });

  test('controls stand against masks that remove nothing, everything or the unanswered', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training } = studyProcedure('iris', 'sound', { maxEpochs: 40 }).FT;
    const named = async (rule: SelectWeightsOptions, search = {}): Promise<(string | number)[]> => {
      const run = await legcnetFT(network, iris, { training, search: { ...search, rule } });
      return [run.search.mask.removed, ...run.controls.map(({ name }) => name)];
    };
    const all = ['random', 'shuffled', 'inverted', 'reinitialised', 'smaller-dense'];
    assert.deepEqual(await named({ remove: 'causal', alpha: 0 }), [0, ...all]);
    assert.deepEqual(await named({ remove: 'non-causal', alpha: 0 }), [42, ...all]);
    const tooFew = { length: { epochs: 5 }, scan: { test: 'f', lag: 1 } };
    const ranked = all.filter(name => name !== 'inverted');
    assert.deepEqual(await named({ remove: 'non-causal', unanswered: 'remove' }, tooFew), [42, ...ranked]);
    const tested = ['random', 'shuffled', 'shuffled-tested', ...all.slice(2)];
    assert.deepEqual(await named({ remove: 'non-causal' }, tooFew), [0, ...tested]);
  });

  test('refuse unknown controls and a network that has lost weights before any training', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const training = { epochs: 2, learningRate: 0.05 };
    const controls = ['shuffeld'] as never;
    await assert.rejects(legcnetFT(network, iris, { training, controls }), /controls must be one of random/);
    await assert.rejects(
      legcnetFT(network, iris, { training, controls: 'all' as never }),
      /must be an array/,
    );
    await assert.rejects(legcnetFT(network, iris, { training, controlSeed: 0.5 }), RangeError);
    const worn = applyMask(network, createMask([4, 6, 3], [1], 'by hand'));
    await assert.rejects(legcnetFT(worn, iris, { training }), /controls: 'none' goes without them/);
  });

  const skip = skipUnless(...trainingFiles('iris3f'));
  test('under published remove what the study removed', { skip }, async () => {
    const iris3f = await loadDataset('iris3f', { procedure: 'published' });
    const initial = await publishedNetwork('iris3f', 1);
    for (const [variant, run] of Object.entries({ FT: legcnetFT, PT: legcnetPT })) {
      const name = variant as 'FT' | 'PT';
      const options = { ...studyProcedure('iris3f', 'published')[name], controls: 'none' } as const;
      const { search } = await run(initial, iris3f, options);
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
    let reports = 0;
    const onProgress = (): void => void reports++;
    const search = { target: { part: 'test' }, scan: { maxLag: 0 } } as const;
    await assert.rejects(
      legcnetFT(network, iris, { training, search, onProgress }),
      /^RangeError: Cannot run LEGCNet-FT: search\.scan: .*maxLag must be a whole number/,
    );
    assert.equal(reports, 0, 'before any training');
  });
});
