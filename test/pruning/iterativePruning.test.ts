import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Progress } from '../../src/core/longRun';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { flattenParameters } from '../../src/network/parameters';
import { train } from '../../src/network/train';
import { type IterativePruningOptions, iterativePruning } from '../../src/pruning/iterativePruning';
import { layerRanges } from '../../src/pruning/layerRanges';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { maskFromScores } from '../../src/pruning/maskFromScores';
import { pruningScores } from '../../src/pruning/pruningScores';
import { toyDataset } from '../network/toyDataset';

const data = toyDataset();
const layers = [4, 6, 3];
const network = createNetwork({ layers, init: 'glorot-normal', seed: 1 });
const training = { epochs: 20, learningRate: 0.5, shuffle: 'each-epoch', seed: 5 } as const;

/** Values of the kept weights and of all biases. */
function keptOf(of: typeof network): number[] {
  const { mask } = of;
  return Array.from(flattenParameters(of)).filter((_, k) => mask?.kept[k] !== 0);
}

describe('iterativePruning', () => {
  test('in one round without training is the mask of the scores', async () => {
    for (const rule of ['magnitude', 'snip', 'synflow'] as const) {
      const pruned = await iterativePruning(network, data, { rule, share: 0.4, rounds: 1 });
      const scores = await pruningScores(network, data, { rule });
      assert.deepEqual(pruned.mask.kept, maskFromScores(scores, { share: 0.4 }).kept);
      assert.deepEqual(pruned.network, applyMask(network, pruned.mask));
      assert.equal(pruned.searchEpochs, 0);
    }
  });

  test('in one round with training and rewinding is magnitude of trained weights, put on the initial ones', async () => {
    const run = await train(network, data, training);
    const byHand = applyMask(network, magnitudeMask(run.final, { count: 20 }));
    const pruned = await iterativePruning(network, data, {
      rule: 'magnitude',
      count: 20,
      rounds: 1,
      training,
    });
    assert.deepEqual(pruned.network.weights, byHand.weights);
    assert.equal(pruned.searchEpochs, 20);
  });

  test('in two rounds retrains what is left, by hand the same', async () => {
    // 42 weights, 10 to stay: after one of two rounds 42 sqrt(10 / 42) = 20.49.
    const first = magnitudeMask((await train(network, data, training)).final, { count: 22 });
    const again = await train(applyMask(network, first), data, training);
    const second = magnitudeMask(again.final, { count: 32 });
    const pruned = await iterativePruning(network, data, {
      rule: 'magnitude',
      count: 32,
      rounds: 2,
      training,
    });
    assert.deepEqual(pruned.rounds[0].mask.kept, first.kept);
    assert.deepEqual(pruned.mask.kept, second.kept);
    assert.notDeepEqual(
      second.kept,
      magnitudeMask(pruned.rounds[0].run!.final, { count: 32 }).kept,
      'one shot would do the same',
    );
    assert.equal(pruned.searchEpochs, 40);
  });

  test('removes the same share of what is left in every round, or the same number; masks are nested and end exact', async () => {
    const removed = async (options: Pick<IterativePruningOptions, 'schedule' | 'scope'>, rounds: number) => {
      const { rounds: each, mask } = await iterativePruning(network, null, {
        rule: 'synflow',
        share: 0.75,
        rounds,
        ...options,
      });
      each.slice(1).forEach((round, r) => {
        each[r].mask.kept.forEach((bit, weight) => {
          assert.ok(bit === 1 || round.mask.kept[weight] === 0);
        });
      });
      assert.deepEqual(each[rounds - 1].mask, mask);
      return each.map(round => round.mask.removed);
    };
    // 0.75 x 42 = 31.5, half to even 32, so 10 stay: 42 (10 / 42)^(r / 3) = 26.03, 16.13, 10.
    assert.deepEqual(await removed({}, 3), [16, 26, 32]);
    assert.deepEqual(await removed({ schedule: 'linear' }, 3), [11, 21, 32]);
    assert.equal((await removed({}, 100)).at(-1), 32);
    // Per layer 18 of 24 and 13.5 -> 14 of 18.
    assert.equal((await removed({ scope: 'layer' }, 100)).at(-1), 32);
  });

  test('SynFlow in 100 rounds keeps every layer alive where one shot lets one die', async () => {
    const deep = createNetwork({ layers: [4, 10, 10, 10, 3], init: 'glorot-normal', seed: 2 });
    const alive = async (rounds: number) => {
      const { mask } = await iterativePruning(deep, null, { rule: 'synflow', share: 0.97, rounds });
      return layerRanges(deep.layers).map(({ from, to }) =>
        mask.kept.subarray(from, to).some(bit => bit === 1),
      );
    };
    assert.ok((await alive(100)).every(Boolean));
    assert.ok(!(await alive(1)).every(Boolean));
  });

  test('rewinds to an epoch: the weights are those after so many epochs of the dense run', async () => {
    const early = await train(network, data, { ...training, epochs: 2 });
    const pruned = await iterativePruning(network, data, {
      rule: 'magnitude',
      share: 0.5,
      rounds: 2,
      training,
      rewind: { epoch: 2 },
    });
    assert.deepEqual(keptOf(pruned.network), keptOf(applyMask(early.final, pruned.mask)));
  });

  test('without rewinding goes on from the trained weights', async () => {
    const pruned = await iterativePruning(network, data, {
      rule: 'magnitude',
      share: 0.5,
      rounds: 2,
      training,
      rewind: 'never',
    });
    const last = pruned.rounds[1].run!;
    assert.deepEqual(keptOf(pruned.network), keptOf(applyMask(last.final, pruned.mask)));
    assert.deepEqual(
      last.initial.weights,
      applyMask(pruned.rounds[0].run!.final, pruned.rounds[0].mask).weights,
    );
  });

  test('goes on from a mask that the network wears', async () => {
    const worn = applyMask(network, createMask(layers, [0, 5, 30], 'by hand'));
    const pruned = await iterativePruning(worn, null, {
      rule: 'lamp',
      count: 23,
      rounds: 2,
      schedule: 'linear',
    });
    assert.deepEqual(
      pruned.rounds.map(({ mask }) => mask.removed),
      [13, 23],
    );
    for (const weight of [0, 5, 30]) assert.equal(pruned.mask.kept[weight], 0);
  });

  test('reports rounds, lets others run meanwhile, and stops at the signal', async () => {
    const seen: Progress[] = [];
    const options = { rule: 'magnitude', share: 0.5, rounds: 3, training } as const;
    await iterativePruning(network, data, { ...options, onProgress: each => seen.push(each) });
    assert.deepEqual(seen.at(-1), { task: 'Pruning by magnitude', done: 3, total: 3, unit: 'rounds' });
    assert.ok(seen.every(({ task, unit }) => task === 'Pruning by magnitude' && unit === 'rounds'));
    const counts = seen.map(({ done }) => done);
    assert.deepEqual(counts, [...counts].sort());
    const wide = createNetwork({ layers: [100, 100, 100, 3], seed: 1 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 30);
    const { signal } = stop;
    await assert.rejects(
      iterativePruning(wide, null, { rule: 'synflow', share: 0.9, rounds: 2000, signal }),
      /enough/,
    );
  });

  test('refuses what makes no sense', async () => {
    const refused = (options: object, given: unknown = data) =>
      iterativePruning(
        network,
        given as typeof data,
        {
          rule: 'magnitude',
          share: 0.5,
          rounds: 1,
          ...options,
        } as IterativePruningOptions,
      );
    await assert.rejects(refused({ rounds: 0 }), RangeError);
    await assert.rejects(refused({ rewind: 'initial' }), /rewind needs training/);
    await assert.rejects(refused({ training, rewind: 'start' }), RangeError);
    await assert.rejects(refused({ training, rewind: { epoch: 21 } }), RangeError);
    await assert.rejects(refused({ training }, null), TypeError);
    await assert.rejects(refused({ training: { ...training, epochs: 0 } }), RangeError);
    await assert.rejects(refused({ schedule: 'cubic' }), RangeError);
    await assert.rejects(refused({ round: 3 }), TypeError);
    await assert.rejects(refused({ share: undefined, count: 5, scope: 'layer' }), TypeError);
    const stop = { part: 'train', accuracy: 0.01 } as const;
    await assert.rejects(
      refused({ training: { ...training, stop }, rewind: { epoch: 3 } }),
      /met its stop rule after 1 epochs, before epoch 3/,
    );
  });
});
