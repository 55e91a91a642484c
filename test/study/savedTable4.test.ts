import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import {
  fitPowerLaw,
  impliedLargest,
  savedFigure5,
  savedSpectralRecords,
  savedTable4,
  spectralNetworks,
  spectralRecord,
  table4Agreement,
} from '../../src';
import { figure5PanelFigures } from '../../src/study/figurePanels';
import { spectralRowsJson } from '../../src/study/savedSpectralRecords';
import { spectralTableText } from '../../src/study/spectralTableText';
import { table4AgreementText } from '../../src/study/table4AgreementText';
import { formatTextTable } from '../../src/study/textTable';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const records = savedSpectralRecords();
const layers = records.flatMap(({ networks }) => networks.flatMap(network => network.layers));

test('saved rows: five initialisations, five networks that reached the benchmark, three layers', () => {
  assert.deepEqual(
    records.map(({ init }) => init),
    [1, 2, 3, 4, 5],
  );
  for (const { networks, command, version, seed, draws, seconds, cpuSeconds } of records) {
    assert.deepEqual(
      networks.map(({ name }) => name),
      ['dense', 'LEGCNet-FT', 'LEGCNet-PT', 'random', 'magnitude'],
    );
    // 40 % and 25 % of 41 000 weights.
    assert.deepEqual([networks[0].removed, networks[3].removed, networks[4].removed], [0, 16_400, 10_250]);
    assert.ok(networks.every(({ stopped, accuracy }) => stopped && accuracy > 0.9));
    assert.deepEqual(networks[4].epochs, networks[0].epochs);
    assert.match(command, /^legcnet table 4 --recompute --init \d --save$/);
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual([seed, draws], [42, 499]);
    assert.ok(seconds > 0 && cpuSeconds > 30);
  }
});

test('saved columns are those of the saved eigenvalues', () => {
  assert.equal(layers.length, 75);
  for (const layer of layers) {
    const { eigenvalues, shuffled } = layer;
    const { alpha, xmin, distance, tail, count } = fitPowerLaw(eigenvalues, { threshold: 1e-5 });
    assert.deepEqual(
      [layer.alpha, layer.xmin, layer.distance, layer.tail, layer.count],
      [alpha, xmin, distance, tail, count],
    );
    assert.equal(layer.largest, eigenvalues[eigenvalues.length - 1]);
    assert.equal(layer.alphaWeighted, alpha * Math.log10(layer.largest));
    assert.equal(eigenvalues.length, [50, 30, 10][layer.layer - 1]);
    assert.equal(shuffled.length, 5 * eigenvalues.length);
    assert.equal(shuffled[shuffled.length - 1], Number(layer.largestRandom.toPrecision(4)));
    for (const p of [layer.pAlpha, layer.pLargest, layer.pAbove]) {
      assert.ok(p >= 1 / 500 && p <= 1 && Math.abs(500 * p - Math.round(500 * p)) < 1e-9);
    }
    // Shuffling keeps the sum of squared weights, which is the sum of eigenvalues, in each of the five copies.
    const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
    assert.ok(Math.abs(sum(shuffled) / 5 / sum(eigenvalues) - 1) < 1e-3);
  }
});

test('the table from saved rows has the paper beside five initialisations', () => {
  const { rows, draws, null: kind } = savedTable4();
  assert.equal(rows.length, 15);
  assert.deepEqual([draws, kind], [499, 'permutation']);
  assert.deepEqual(
    rows.map(({ alpha }) => alpha.published),
    [2.19, 1.51, 1.94, 2.24, 1.51, 2.29, 2.19, 1.51, 2.73, 2.3, 1.7, 2.0, 2.19, 1.55, 1.96],
  );
  assert.ok(rows.every(({ alpha, inits }) => alpha.distribution?.n === 5 && inits.length === 5));
  assert.deepEqual(
    rows[3].diagnoses.map(({ alpha }) => alpha),
    records.map(({ networks }) => networks[1].layers[0].alpha),
  );
  assert.ok(!('eigenvalues' in rows[3].diagnoses[0]));
  // Alpha is above 1: intervals that reach below say so, and those of the first two layers do not.
  const impossible = rows.filter(({ alpha }) => alpha.distribution!.interval![0] < 1);
  assert.deepEqual(
    impossible.map(({ layer }) => layer),
    [3, 3, 3, 3, 3],
  );
  assert.match(
    formatTextTable(spectralTableText(savedTable4())),
    /^5 intervals reach below 1, where no alpha lies/m,
  );
  const alone = savedTable4(records.slice(0, 1));
  assert.doesNotMatch(formatTextTable(spectralTableText(alone)), /intervals reach below/);
  assert.throws(() => savedTable4([]), RangeError);
  assert.throws(() => savedTable4([records[0], { ...records[1], draws: 99 }]), /same seed/);
});

test('alpha: the middle layer lies below 2 in every network, the last one says nothing', () => {
  const of = (layer: number) => layers.filter(each => each.layer === layer);
  assert.ok(of(1).every(({ alpha, pAlpha }) => alpha > 2 && alpha < 3 && pAlpha < 0.05));
  assert.ok(of(2).every(({ alpha, pAlpha }) => alpha < 2 && pAlpha < 0.05));
  const last = of(3).map(({ alpha }) => alpha);
  assert.ok(Math.min(...last) < 2 && Math.max(...last) > 6);
  assert.ok(of(3).every(({ verdict }) => verdict === 'none'));
});

test('the columns of Table 4 give the largest eigenvalue away, and it is not that of the figures', () => {
  // alpha 2.24 and weighted 1.64 (LEGCNet-FT, layer 1): 10^(1.64 / 2.24) = 5.40.
  const [low, high] = impliedLargest(2.24, 1.64);
  assert.deepEqual([low.toFixed(2), high.toFixed(2)], ['5.35', '5.45']);
  const { rows, otherLargest, otherAlpha, recovered, ours } = table4Agreement();
  assert.deepEqual([recovered, ours], [75, 75]);
  assert.deepEqual([otherLargest, otherAlpha], [9, 6]);
  const differ = rows.filter(row => !row.sameLargest).map(({ network, layer }) => `${network} ${layer}`);
  for (const layer of ['dense 2', 'LEGCNet-FT 1', 'LEGCNet-FT 2', 'LEGCNet-FT 3', 'random 3']) {
    assert.ok(differ.includes(layer), layer);
  }
  for (const layer of ['dense 1', 'dense 3', 'magnitude 1', 'magnitude 3'])
    assert.ok(!differ.includes(layer));
  assert.match(
    formatTextTable(table4AgreementText(table4Agreement())),
    /LEGCNet-FT +1 +5\.3–5\.4 +≠ +6\.1–6\.2/,
  );
});

test('whatever the layer, its largest eigenvalue lies in the range that its printed columns imply', () => {
  const alphas = fc.double({ min: 1.05, max: 20, noNaN: true });
  const powers = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(alphas, powers, (alpha, power) => {
      const [low, high] = impliedLargest(Number(alpha.toFixed(2)), Number((alpha * power).toFixed(2)));
      const largest = 10 ** power;
      assert.ok(low <= largest * (1 + 1e-9) && largest <= high * (1 + 1e-9), `${low} ${largest} ${high}`);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('Figure 5 from saved rows: a panel a network, or a panel a figure', () => {
  assert.equal(savedFigure5().data.length, 6);
  assert.equal(savedFigure5({ networks: ['dense', 'random'], layers: [1, 2, 3], init: 5 }).data.length, 12);
  const panels = figure5PanelFigures({ layers: [2] });
  assert.deepEqual(
    panels.map(({ name }) => name),
    ['dense, layer 2', 'LEGCNet-FT, layer 2', 'LEGCNet-PT, layer 2'],
  );
  const [shape] = panels[0].figure.layout.shapes as { x0: number }[];
  const dense = records[2].networks[0].layers[1];
  assert.equal(shape.x0, Number(dense.largestRandom.toPrecision(6)));
  assert.throws(() => savedFigure5({ init: 6 }), /initialisations 1, 2, 3, 4, 5 are saved, 6 came/);
  const [first] = savedSpectralRecords();
  assert.throws(() => savedFigure5({ records: [first] }), /initialisations 1 are saved, 3 came/);
  assert.throws(() => savedFigure5({ layers: [4] }), RangeError);
  assert.throws(() => savedFigure5({ networks: ['sparse' as never] }), RangeError);
});

test('there are five initialisations to train from', async () => {
  await assert.rejects(spectralNetworks(6).next(), /init must be/);
  await assert.rejects(spectralRecord(0), /init must be/);
});

test('a record replaces that of its initialisation; what is not a number stays that', () => {
  const file = join(folder, 'rows.json');
  assert.deepEqual(savedSpectralRecords(file), []);
  const [first, second] = records;
  const [network, ...others] = first.networks;
  const [layer, ...rest] = network.layers;
  const broken = {
    ...first,
    networks: [
      { ...network, layers: [{ ...layer, alpha: Number.NaN, pAlpha: Number.NaN }, ...rest] },
      ...others,
    ],
  };
  writeFileSync(file, spectralRowsJson([first, second], broken));
  const read = savedSpectralRecords(file);
  assert.deepEqual(read, [broken, second]);
  const [row] = savedTable4([read[0]]).rows;
  assert.deepEqual([row.alpha.ours, row.significant], [null, 0]);
});
