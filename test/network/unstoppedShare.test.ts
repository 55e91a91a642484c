import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNetwork, loadDataset, train, unstoppedShare } from '../../src';

test('unstoppedShare counts the runs that the limit of epochs ended', async () => {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const run = (accuracy: number) =>
    train(network, iris, { epochs: 2, learningRate: 0.05, stop: { part: 'train', accuracy } });
  const runs = [await run(1), await run(0.01), await run(1)];
  const { count, of, low, high } = unstoppedShare(runs);
  assert.deepEqual([count, of], [2, 3]);
  assert.ok(low > 0.2 && high < 0.95);
  const endless = await train(network, iris, { epochs: 1, learningRate: 0.05 });
  assert.throws(() => unstoppedShare([endless]), /stop rule/);
  assert.throws(() => unstoppedShare([{} as never]), TypeError);
});
