import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { studySettings } from '../../src/data/studySettings';
import { removedWeights } from '../../src/network/applyMask';
import { publishedNetwork } from '../../src/network/publishedNetwork';
import { retrain } from '../../src/network/retrain';
import { maskChoices, publishedMaskOrder, savedMaskChoices } from '../../src/study/maskChoices';
import { maskChoicesTexts } from '../../src/study/maskChoicesTexts';
import { orderAgreement } from '../../src/study/maskOverlap';
import { publishedTable } from '../../src/study/publishedNumbers';
import { recomputedMask } from '../../src/study/recomputedMask';
import { smallDatasets } from '../../src/study/smallDatasets';
import { studyTraining } from '../../src/study/studyTraining';
import { table1, table2 } from '../../src/study/tables';
import { formatTextTable } from '../../src/study/textTable';
import { triedChoices } from '../../src/study/triedChoices';
import { skipUnless, trainingFiles } from '../support/mirror';

describe('masks made again from the initial weights', () => {
  for (const name of smallDatasets) {
    const init = studySettings[name].initialisation ?? 1;
    for (const variant of ['FT', 'PT'] as const) {
      const skip = skipUnless(...trainingFiles(name));
      test(`${name} ${variant} ${init} is the published mask, its p-values in the printed order`, {
        skip,
      }, async () => {
        const { mask, pValue, overlap } = await recomputedMask(name, variant, init);
        const published = await publishedMaskIndices(name, variant, init);
        assert.deepEqual([...removedWeights(mask)], published);
        assert.equal(overlap.shared, published.length);
        assert.equal(overlap.jaccard, 1);
        assert.equal(orderAgreement(publishedMaskOrder(name, variant, init), pValue).outOfOrder, 0);
      });
    }
  }

  const skip = skipUnless(...trainingFiles('iris3f', 'banknote'));

  test('the last state of the repository (-s3, lags to 14) does not give them', { skip }, async () => {
    const choice = { steps: 3, maxLag: 14, zeroRule: true };
    const { overlap } = await recomputedMask('iris3f', 'FT', 1, { choice });
    assert.ok(overlap.shared < 10 && overlap.jaccard < 0.8);
  });

  test("the paper's PT row of Iris3f wears the mask made with lags up to 8", { skip }, async () => {
    const { mask } = await recomputedMask('iris3f', 'PT', 2, { choice: { maxLag: 8 } });
    const dataset = await loadDataset('iris3f', { procedure: 'published' });
    const network = await publishedNetwork('iris3f', 2);
    const run = await retrain(network, mask, dataset, studyTraining('iris3f', 'published'));
    const { flopsPT, epochsPT, accPT, f1PT } = publishedTable('table2').iris3f;
    assert.equal(36 - mask.removed, flopsPT);
    assert.equal(run.epochCount - 1, epochsPT);
    assert.equal(run.testAccuracy.toFixed(4), accPT.toFixed(4));
    assert.equal(run.testF1.toFixed(4), f1PT.toFixed(4));
  });

  test("one weight of Banknote's PT masks hangs on exact distances", { skip }, async () => {
    // In doubles two ties fall the other way, and weight 7 goes too: a pinned value of ours, not known from elsewhere.
    const { mask } = await recomputedMask('banknote', 'PT', 5, { choice: { distances: 'double' } });
    const published = await publishedMaskIndices('banknote', 'PT', 5);
    assert.deepEqual(
      [...removedWeights(mask)],
      [...published, 7].sort((a, b) => a - b),
    );
  });

  test('a misspelt option or choice is refused', async () => {
    const choices = { choices: { steps: 3 } } as never;
    await assert.rejects(recomputedMask('iris3f', 'FT', 1, choices), /perhaps 'choice'/);
    const choice = { choice: { step: 3 } } as never;
    await assert.rejects(recomputedMask('iris3f', 'FT', 1, choice), /perhaps 'steps'/);
    await assert.rejects(maskChoices({ variant: ['FT'] } as never), /perhaps 'variants'/);
  });

  test('a window that does not fit and an initialisation without mask are refused', { skip }, async () => {
    await assert.rejects(recomputedMask('iris3f', 'PT', 1, { choice: { window: 5000 } }), RangeError);
    await assert.rejects(recomputedMask('iris3f', 'FT', 6), RangeError);
  });
});

describe('tables with recomputed masks', { skip: skipUnless(...trainingFiles('iris')) }, () => {
  test('hold the cells of the published masks and the overlaps', async () => {
    for (const make of [table1, table2]) {
      const iris = { datasets: ['iris'], recompute: true } as const;
      const recomputed = await make({ ...iris, masks: 'recomputed' });
      const published = await make({ ...iris, masks: 'published' });
      assert.equal(recomputed.masks, 'recomputed');
      assert.deepEqual(recomputed.rows[0].cells, published.rows[0].cells);
      assert.equal(published.rows[0].masks, undefined);
      assert.deepEqual(recomputed.rows[0].masks?.FT, {
        removed: [6, 16],
        published: 2,
        recomputed: 2,
        shared: 2,
        jaccard: 1,
        chance: 4 / 42,
      });
      assert.equal(recomputed.rows[0].masks?.PT !== undefined, make === table2);
    }
  });
});

describe('the table of choices', () => {
  test('the published order lists the published masks', async () => {
    for (const name of smallDatasets) {
      for (const variant of ['FT', 'PT'] as const) {
        for (let init = 1; init <= 5; init++) {
          const order = [...publishedMaskOrder(name, variant, init)].sort((a, b) => a - b);
          assert.deepEqual(order, await publishedMaskIndices(name, variant, init));
        }
      }
    }
  });

  test('saved rows are the choices tried, in their order', () => {
    const saved = savedMaskChoices().rows.map(({ variant, choice }) => `${variant} ${choice}`);
    assert.deepEqual(
      saved,
      triedChoices.map(({ variant, words }) => `${variant} ${words}`),
    );
  });

  for (const [variant, weights] of [
    ['FT', 94],
    ['PT', 308],
  ] as const) {
    test(`${variant}: the first row gives all ${weights} weights, and no other orders them better`, () => {
      const [first, ...others] = savedMaskChoices().rows.filter(row => row.variant === variant);
      assert.deepEqual(
        [first.total.published, first.total.recomputed, first.total.shared],
        Array(3).fill(weights),
      );
      assert.equal(first.total.outOfOrder, 0);
      const equal = others.filter(({ total }) => total.jaccard === 1);
      const better = equal.filter(({ total }) => total.inOrder > first.total.inOrder);
      assert.deepEqual(better, []);
    });
  }

  test('rows can be made again for one data set', {
    skip: skipUnless(...trainingFiles('iris3f')),
  }, async () => {
    const choices = triedChoices.filter(
      ({ variant, words }) => variant === 'PT' && /^(published|one lag)/.test(words),
    );
    const table = await maskChoices({ variants: ['PT'], datasets: ['iris3f'], choices });
    const saved = savedMaskChoices().rows.filter(({ choice }) =>
      choices.some(({ words }) => words === choice),
    );
    assert.equal(table.rows.length, 3);
    assert.deepEqual(
      table.rows.map(row => row.datasets.iris3f),
      saved.filter(row => row.variant === 'PT').map(row => row.datasets.iris3f),
    );
    assert.match(
      maskChoicesTexts(table).map(formatTextTable).join('\n\n'),
      /LEGCNet-PT: shared with the published masks/,
    );
  });
});
