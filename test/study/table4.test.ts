import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createNetwork,
  figure5,
  layerSpectrum,
  publishedNetwork,
  randomizedSpectrum,
  randomMask,
  spectralRow,
  table4,
} from '../../src';
import { datasetEntry } from '../../src/data/manifest';
import { applyMask } from '../../src/network/applyMask';
import { cellDistribution } from '../../src/study/cellDistribution';
import { spectralTableText } from '../../src/study/spectralTableText';
import { formatTextTable } from '../../src/study/textTable';
import { skipUnless } from '../support/mirror';

const made = (seed: number) => createNetwork({ layers: [40, 20, 10], init: 'lecun-uniform', seed });

test('spectralRow has a diagnosis for every layer, that of layerSpectrum', async () => {
  const network = made(1);
  const { layers } = await spectralRow(network, { seed: 1, draws: 30 });
  assert.equal(layers.length, 2);
  layers.forEach(({ layer, alpha, alphaWeighted, tail, verdict, pAlpha }) => {
    const spectrum = layerSpectrum(network, layer);
    assert.deepEqual(
      [alpha, alphaWeighted, tail],
      [spectrum.powerLaw.alpha, spectrum.alphaWeighted, spectrum.powerLaw.tail],
    );
    assert.equal(verdict, 'none');
    assert.ok(pAlpha > 0.03 && pAlpha <= 1);
  });
});

test('table4: the mean of several initialisations with the interval of one more, the cell of one network alone', async () => {
  const networks = [1, 2, 3].map(init => ({ name: 'dense' as const, init, network: made(init) }));
  const alone = {
    name: 'random' as const,
    init: 1,
    network: applyMask(made(1), randomMask([40, 20, 10], { share: 0.4, seed: 1 })),
  };
  const { rows } = await table4([alone, ...networks], { seed: 1, draws: 20 });
  assert.deepEqual(
    rows.map(({ network, layer }) => `${network} ${layer}`),
    ['dense 1', 'dense 2', 'random 1', 'random 2'],
  );
  const alphas = networks.map(({ network }) => layerSpectrum(network, 2).powerLaw.alpha);
  const { alpha, inits, diagnoses } = rows[1];
  assert.deepEqual(alpha.distribution, cellDistribution(alphas, 0, 1.51, 2));
  assert.equal(alpha.published, 1.51);
  assert.deepEqual(inits, [1, 2, 3]);
  assert.equal(diagnoses.length, 3);
  assert.equal(rows[2].alpha.ours, layerSpectrum(alone.network, 1).powerLaw.alpha);
  assert.equal(rows[2].alpha.match, false);
});

test('a layer without a power law has a cell with its reason', async () => {
  const network = createNetwork({ layers: [12, 11], init: 'zeros', seed: 1 });
  const { rows } = await table4([{ name: 'dense', init: 1, network }], { seed: 1, draws: 5 });
  assert.deepEqual([rows[0].alpha.ours, rows[0].alpha.match], [null, false]);
  assert.match(rows[0].alpha.reason ?? '', /No power law/);
  assert.equal(rows[0].significant, 0);
  await assert.rejects(table4([], { seed: 1 }), RangeError);
  await assert.rejects(table4([{ name: 'sparse' as never, init: 1, network }], { seed: 1 }), RangeError);
});

test('figure5: a panel a network, of several layers a row a network', () => {
  const networks = ['dense', 'LEGCNet-FT', 'LEGCNet-PT'].map((name, i) => ({ name, network: made(i) }));
  assert.equal(figure5(networks, { seed: 1 }).data.length, 6);
  const all = figure5(networks, { seed: 1, layers: [1, 2] });
  assert.equal(all.data.length, 12);
  assert.match(all.summary, /LEGCNet-PT, layer 2/);
  const twin = randomizedSpectrum(layerSpectrum(networks[1].network, 1), { seed: 1 });
  assert.equal((all.layout.shapes as { x0: number }[])[2].x0, Number(twin.largestShuffled.toPrecision(6)));
  assert.throws(() => figure5([], { seed: 1 }), RangeError);
  assert.throws(() => figure5(networks, { seed: 1, layers: [3] }), RangeError);
});

const noWeights = skipUnless(...datasetEntry('mnist').weights);

test("untrained, MNIST's published networks have no significant alpha, though WeightWatcher calls layers well trained", {
  skip: noWeights,
}, async () => {
  const networks = await Promise.all(
    [1, 2, 3, 4, 5].map(async init => ({
      name: 'dense' as const,
      init,
      network: await publishedNetwork('mnist', init),
    })),
  );
  const table = await table4(networks, { seed: 1, draws: 60 });
  const significant = table.rows.reduce((sum, row) => sum + row.significant, 0);
  // 15 layers at 5 %: five or more have probability 0.0006.
  assert.ok(significant < 5, `${significant}`);
  const small = table.rows.filter(({ layer }) => layer > 1).flatMap(({ diagnoses }) => diagnoses);
  assert.ok(small.filter(({ label }) => label === 'well-trained').length >= 5);
  assert.ok(small.every(({ verdict, tail }) => verdict === 'none' || tail >= 25));
  assert.ok(small.every(({ layer, verdict }) => layer === 2 || verdict === 'none'));
  assert.match(formatTextTable(spectralTableText(table)), /dense {2,}3 /);
});
