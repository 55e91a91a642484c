import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { train } from '../../src/network/train';
import { soundSearch } from '../../src/study/legcnet';
import { searchedMask } from '../../src/study/searchedMask';

test('searchedMask says when the default window of 200 does not fit, as when it is named', async () => {
  const iris = await loadDataset('iris', { procedure: 'described' });
  const network = createNetwork({ layers: [4, 2, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const training = { epochs: 1, learningRate: 0.05 };
  const dense = await train(network, iris, training);
  for (const exponents of [{}, { window: 200, first: 1 }]) {
    const search = { ...soundSearch, exponents };
    assert.match(
      String(await searchedMask(network, iris, training, search, dense, {})),
      /^The \d+ updates that are looked at hold no window of 200\.$/,
    );
  }
});
