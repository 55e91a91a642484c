import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readCsv } from '../../src/data/csv';
import { loadDataset } from '../../src/data/loadDataset';
import { readNpy } from '../../src/data/npy';
import { checkExport } from '../../src/export/checkExport';
import type { ExportManifest } from '../../src/export/exportManifest';
import { type ExportOptions, exportResults } from '../../src/export/exportResults';
import { figure } from '../../src/figures/figure';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { fromLayersModel } from '../../src/network/layersModel';
import { createMask } from '../../src/network/mask';
import { loadNetwork } from '../../src/network/networkFile';
import { openRecording } from '../../src/network/openRecording';
import { recordTraining } from '../../src/network/recordTraining';
import { loadTensorFlow } from '../../src/network/tensorflow';
import { train } from '../../src/network/train';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import type { ExportedFolder } from '../../src/notebook/exportView';
import { table } from '../../src/notebook/table';
import { madeUpComparison, madeUpExponents, madeUpRecording, madeUpScan } from '../figures/madeUp';

const noChromium = findChromium() === null ? 'no Chromium on this machine' : false;
const above = mkdtempSync(join(tmpdir(), 'legcnet-export-'));
after(() => rmSync(above, { recursive: true }));

const { PATH, CHROMIUM } = process.env;
/** Most tests look at other files, and a browser takes seconds. */
function hideChromium(): void {
  process.env.PATH = '';
  process.env.CHROMIUM = '';
}
beforeEach(() => {
  process.env.PATH = PATH;
  if (CHROMIUM === undefined) delete process.env.CHROMIUM;
});

let runs = 0;
/** A place for each test. */
function place(): string {
  return join(above, String(++runs));
}

async function exported(
  results: Record<string, unknown>,
  options: ExportOptions = {},
): Promise<ExportedFolder> {
  return exportResults('made up', results, { out: place(), ...options });
}

const json = (made: ExportedFolder, path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(made.folder, path), 'utf8'));
const text = (made: ExportedFolder, path: string): string => readFileSync(join(made.folder, path), 'utf8');
const bytes = (made: ExportedFolder, path: string): Uint8Array => readFileSync(join(made.folder, path));

const mask = createMask([2, 2, 1], [0, 5], 'the first and the last');
const dense = createNetwork({ layers: [2, 2, 1], seed: 3 });
const drawing = figure(
  [{ type: 'scatter', x: [1, 2], y: [3, 5] }],
  { title: { text: 'Two points' } },
  'Two points rise.',
);

test('the example of exportResults gives the files that it says', async () => {
  const made = await exportResults('first', { mask }, { out: place() });
  assert.deepEqual(made.files, [
    'masks/mask.json',
    'environment.json',
    'CITATION.cff',
    'README.md',
    'manifest.json',
  ]);
  assert.deepEqual((await checkExport(made.folder)).differing, []);
});

test('a mask is written as indices and counts for each layer', async () => {
  const written = json(await exported({ mask }), 'masks/mask.json');
  assert.deepEqual(written.removedWeights, [0, 5]);
  assert.deepEqual(written.perLayer, [
    { layer: 'layer 1', inputs: 2, outputs: 2, weights: 4, kept: 3, removed: 1 },
    { layer: 'layer 2', inputs: 2, outputs: 1, weights: 2, kept: 1, removed: 1 },
  ]);
});

test('a network comes back from safetensors bit for bit with its mask, and from TensorFlow.js within float32', async () => {
  const network = applyMask(dense, mask);
  const made = await exported({ network });
  const read = await loadNetwork(join(made.folder, 'networks/network.safetensors'));
  assert.deepEqual(read.weights, network.weights);
  assert.deepEqual(read.biases, network.biases);
  assert.deepEqual(read.mask?.kept, mask.kept);
  const tf = await loadTensorFlow();
  const path = join(made.folder, 'networks/network/model.json');
  const model = await tf.loadLayersModel(pathToFileURL(path).href);
  const back = fromLayersModel(model);
  network.weights.forEach((matrix, l) => {
    assert.deepEqual(back.weights[l], Float64Array.from(Float32Array.from(matrix)));
    for (const [i, weight] of matrix.entries()) assert.ok(Math.abs(back.weights[l][i] - weight) <= 1e-7);
  });
  assert.deepEqual([back.activation, back.output], [network.activation, network.output]);
  // The same model given as such makes the same files.
  const again = await exported({ network: model });
  assert.deepEqual(bytes(again, 'networks/network/weights.bin'), bytes(made, 'networks/network/weights.bin'));
});

test('tables have full precision in CSV and JSON and the precision shown in LaTeX', async () => {
  const rows = [
    { 'share (%)': 1 / 3, name: 'a & b' },
    { 'share (%)': -1.25e-7, name: '50 %, "x"' },
  ];
  const made = await exported({ rows, shown: table(rows, { limit: 1 }) });
  const read = readCsv(text(made, 'tables/rows.csv'), 'rows.csv');
  assert.deepEqual(
    read.rows,
    rows.map(row => Object.values(row)),
  );
  assert.deepEqual(
    json(made, 'tables/rows.json').rows,
    rows.map(row => Object.values(row)),
  );
  const tex = text(made, 'tables/rows.tex');
  assert.match(tex, /share \(\\%\) & name \\\\/);
  assert.match(tex, /\$0\.3333\$ & a \\& b \\\\/);
  assert.match(tex, /\$-1\.25 \\times 10\^\{-7\}\$ & 50 \\%, \\textquotedbl\{\}x\\textquotedbl\{\} \\\\/);
  assert.deepEqual(
    made.leftOut.map(({ result, what }) => [result, what]),
    [['shown', 'rows 2 to 2']],
  );
});

test('a result without a form of its own becomes JSON of all fields, and the table that it shows', async () => {
  const made = await exported({ comparison: madeUpComparison() });
  assert.equal(json(made, 'results/comparison.json').dataset, 'toy');
  assert.match(text(made, 'tables/comparison.csv'), /^quantity,dense,sparse,difference\n/);
});

test('odd values are converted, never dropped without a word', async () => {
  const odd = {
    numbers: Float64Array.of(1 / 3, Number.NaN, Number.NEGATIVE_INFINITY, -0),
    map: new Map<unknown, unknown>([['a', new Set([1n])]]),
    when: new Date(0),
    why: new RangeError('because'),
    nothing: undefined,
    work: () => 1,
    ['__proto__']: 'a field',
  };
  const made = await exported({ odd, plain: 'words', long: new Float64Array(20_000).fill(0.1) });
  const read = json(made, 'results/odd.json');
  assert.deepEqual(read.numbers, [1 / 3, null, '-Infinity', -0]);
  assert.deepEqual(read.map, [['a', ['1']]]);
  assert.deepEqual([read.when, read.nothing], ['1970-01-01T00:00:00.000Z', null]);
  assert.deepEqual(read.why, { error: 'RangeError', message: 'because' });
  assert.deepEqual(made.leftOut, [
    { result: 'odd', what: 'work: function work', reason: 'it has no form in a file' },
  ]);
  assert.equal(json(made, 'results/plain.json'), 'words');
  assert.deepEqual(json(made, 'results/long.json'), { file: 'results/long.npy', length: 20_000 });
  assert.deepEqual(
    readNpy(bytes(made, 'results/long.npy'), 'long').values,
    new Float64Array(20_000).fill(0.1),
  );
});

test('parts that lie deep and have long names go to files that a file system takes', async () => {
  const long = 'x'.repeat(200);
  const deep = { [long]: { [long]: [dense, { [long]: new Float64Array(10_001) }] } };
  const made = await exported({ [long]: deep, twice: [dense, { again: dense }] });
  const name = 'x'.repeat(120);
  assert.deepEqual(made.files.slice(0, 5), [
    `results/${name}.json`,
    `networks/${name}.0.safetensors`,
    `results/${name}.${name}.npy`,
    'results/twice.json',
    'networks/twice.0.safetensors',
  ]);
  // A part that appears twice is one file.
  const read = JSON.parse(text(made, 'results/twice.json'));
  assert.deepEqual(read[1].again, read[0]);
});

test('a result that contains itself is an error that says where, and leaves nothing behind', async () => {
  const loop: Record<string, unknown> = {};
  loop.inner = { back: loop };
  const out = place();
  await assert.rejects(exportResults('loop', { loop }, { out }), /it contains itself, at inner\.back/);
  assert.deepEqual(readdirSync(out), []);
});

test('exponents and scans are written in their true shapes', async () => {
  const exponents = madeUpExponents();
  const scan = madeUpScan();
  const made = await exported({ exponents, scan });
  const { shape, values } = readNpy(bytes(made, 'results/exponents.values.npy'), 'values');
  assert.deepEqual(shape, [exponents.windows, exponents.weights]);
  assert.deepEqual(values, exponents.values);
  const lines = readCsv(text(made, 'tables/scan.weights.csv'), 'scan');
  assert.equal(lines.rows.length, scan.weights);
  const known = lines.rows.map(row => row[lines.columns.indexOf('p-value')] ?? Number.NaN);
  assert.deepEqual(known, Array.from(scan.pValue));
});

test('a recording gives its networks and epochs, and on request its series, bit for bit', async () => {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const recording = await recordTraining(network, iris, { epochs: 2, learningRate: 0.05 });
  const few = await exported({ recording, iris });
  assert.deepEqual(
    few.leftOut.map(({ result, what }) => [result, what]),
    [['recording', 'series, 241 x 42, 0.1 MB']],
  );
  assert.deepEqual(json(few, 'results/iris.json').name, 'iris');
  const { seeds, dataFiles } = json(few, 'environment.json') as {
    seeds: { seed: number }[];
    dataFiles: { dataset: string; sha256: string }[];
  };
  assert.ok(seeds.some(({ seed }) => seed === iris.seed));
  assert.ok(dataFiles.every(({ dataset, sha256 }) => dataset === 'iris' && /^[0-9a-f]{64}$/.test(sha256)));
  const made = await exported({ recording }, { recordings: true });
  const { shape, values } = readNpy(bytes(made, 'results/recording.series.npy'), 'series');
  assert.deepEqual(shape, [241, 42]);
  const { series } = await recording.readWindow(0, 241);
  for (const [k, t] of [
    [0, 0],
    [41, 240],
    [7, 100],
  ])
    assert.equal(values[t * 42 + k], series[k * 241 + t]);
  const final = await loadNetwork(join(made.folder, 'networks/recording.final.safetensors'));
  assert.deepEqual(final.weights, recording.final.weights);
  const run = await train(network, iris, { epochs: 2, learningRate: 0.05 });
  const trained = await exported({ run });
  assert.equal(readCsv(text(trained, 'tables/run.epochs.csv'), 'epochs').rows.length, 2);
});

test('a recording on disk leaves the same files as one in memory, and not where it lies', async () => {
  const iris = await loadDataset('iris');
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const training = { epochs: 2, learningRate: 0.05 };
  const store = join(place(), 'store');
  await recordTraining(network, iris, { ...training, store });
  const twin = await exported({ recording: await openRecording(store) }, { recordings: true });
  const memory = await exported(
    { recording: await recordTraining(network, iris, training) },
    { recordings: true },
  );
  assert.deepEqual(twin.files, memory.files);
  for (const path of twin.files.filter(name => /^(results|networks|tables)/.test(name))) {
    assert.deepEqual(bytes(twin, path), bytes(memory, path), path);
    assert.ok(!Buffer.from(bytes(twin, path)).includes(store), path);
  }
});

test('without Chromium a figure is still a live page and JSON, and the manifest says what is missing and why', async () => {
  hideChromium();
  const made = await exported({ drawing });
  assert.deepEqual(made.files.slice(0, 2), ['figures/drawing.html', 'figures/drawing.json']);
  const { leftOut } = json(made, 'manifest.json') as unknown as ExportManifest;
  assert.deepEqual(
    leftOut.map(({ result, what }) => [result, what]),
    [['drawing', 'PNG and SVG']],
  );
  assert.match(leftOut[0].reason, /needs Chromium or Chrome; install one or set CHROMIUM to its path/);
  assert.match(text(made, 'README.md'), /drawing: PNG and SVG: Drawing figures as images needs Chromium/);
});

test('with Chromium a figure is PNG and SVG too, and its page draws without a network', {
  skip: noChromium,
}, async () => {
  const evil = '</script><img src=x onerror=evil()>';
  const broken = figure([{ type: 'scatter', x: [1], y: [1] }], { height: -5 }, 'Cannot be drawn.');
  const tower = figure([{ type: 'scatter', x: [1], y: [1] }], { height: 1e6 }, 'Too tall for an image.');
  const made = await exported({ [evil]: drawing, broken, tower });
  assert.deepEqual(made.leftOut, [
    { result: 'broken', what: 'PNG', reason: 'Error: Height and width should be pixel values.' },
    { result: 'broken', what: 'SVG', reason: 'Error: Height and width should be pixel values.' },
    { result: 'tower', what: 'PNG', reason: 'Cannot draw a png of 760 x 1000000 pixels' },
  ]);
  const [name] = made.files[0].split('.html');
  assert.deepEqual([...bytes(made, `${name}.png`).subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  assert.match(text(made, `${name}.svg`), /^<svg [\s\S]*Two points[\s\S]*<\/svg>$/);
  const wrong: string[] = [];
  await withChromium(async browser => {
    const page = await (await browser.newContext({ offline: true })).newPage();
    page.on('pageerror', error => wrong.push(error.message));
    page.on('console', message => message.type() === 'error' && wrong.push(message.text()));
    page.on('request', request => /^(file|data|blob):/.test(request.url()) || wrong.push(request.url()));
    await page.goto(pathToFileURL(join(made.folder, `${name}.html`)).href);
    await page.waitForSelector('.main-svg', { timeout: 30_000 });
    assert.equal(await page.title(), evil);
    assert.equal(await page.locator('img').count(), 0);
  });
  assert.deepEqual(wrong, []);
});

test('checkExport names the file that was changed, is missing, or came later', async () => {
  const { folder, sha256 } = await exported({ mask, words: 'a', more: 'b' });
  writeFileSync(join(folder, 'results/words.json'), '"A"\n');
  rmSync(join(folder, 'results/more.json'));
  writeFileSync(join(folder, 'masks/later.txt'), '');
  const { differing, ...check } = await checkExport(folder);
  assert.equal(check.sha256, sha256);
  assert.deepEqual(differing, [
    { path: 'results/words.json', problem: 'changed' },
    { path: 'results/more.json', problem: 'missing' },
    { path: 'masks/later.txt', problem: 'not in the manifest' },
  ]);
  await assert.rejects(checkExport(above), /is no exported folder/);
  await assert.rejects(checkExport(1 as never), TypeError);
});

test('a manifest that names files outside its folder is refused', async () => {
  const { folder } = await exported({ mask });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, files: [{ path: '../../x', sha256: '' }] }));
  await assert.rejects(checkExport(folder), RangeError);
  await assert.rejects(
    exportResults('made up', { mask }, { out: join(folder, '..'), replace: true }),
    RangeError,
  );
});

test('a folder that is not empty is replaced only when asked to, and only if it is an export that nobody changed', async () => {
  const out = place();
  const again = (options: ExportOptions = {}): Promise<ExportedFolder> =>
    exportResults('made up', { other: 1 }, { out, ...options });
  const { folder } = await exportResults('made up', { mask }, { out });
  await assert.rejects(again(), /the folder is not empty; replace: true replaces an export/);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  await assert.rejects(
    again({ replace: true }),
    /it holds what it did not make: notes\.txt \(not in the manifest\)/,
  );
  rmSync(join(folder, 'notes.txt'));
  writeFileSync(join(folder, 'README.md'), 'My own words.');
  await assert.rejects(again({ replace: true }), /README\.md \(changed\)/);
  assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), 'My own words.');
  rmSync(join(folder, 'README.md'));
  await again({ replace: true });
  assert.deepEqual(readdirSync(out), ['made-up']);
  assert.deepEqual(readdirSync(folder).sort(), [
    'CITATION.cff',
    'README.md',
    'environment.json',
    'manifest.json',
    'results',
  ]);
  assert.deepEqual((await checkExport(folder)).differing, []);
});

test('files of others, links and folders with something in them stay, an empty folder is taken', async () => {
  const out = place();
  const attempt = (): Promise<ExportedFolder> => exportResults('made up', { mask }, { out, replace: true });
  mkdirSync(join(out, 'made-up'), { recursive: true });
  writeFileSync(join(out, 'made-up', 'thesis.txt'), 'mine');
  await assert.rejects(attempt(), /not an earlier export that could be replaced/);
  assert.deepEqual(readdirSync(join(out, 'made-up')), ['thesis.txt']);
  rmSync(join(out, 'made-up', 'thesis.txt'));
  await attempt();
  rmSync(join(out, 'made-up'), { recursive: true });
  writeFileSync(join(out, 'made-up'), 'mine');
  await assert.rejects(attempt(), /that is a file or a link, not a folder/);
  rmSync(join(out, 'made-up'));
  const elsewhere = (await exported({ mask })).folder;
  symlinkSync(elsewhere, join(out, 'made-up'), 'junction');
  await assert.rejects(attempt(), /that is a file or a link, not a folder/);
  assert.deepEqual((await checkExport(elsewhere)).differing, []);
});

test('a folder that is a link inside an earlier export is nothing that the export made', async () => {
  const { folder } = await exported({ mask });
  const { folder: elsewhere } = await exported({ mask });
  rmSync(join(folder, 'masks'), { recursive: true });
  symlinkSync(join(elsewhere, 'masks'), join(folder, 'masks'), 'junction');
  await assert.rejects(
    exportResults('made up', { mask }, { out: join(folder, '..'), replace: true }),
    /masks \(not in the manifest\)/,
  );
  assert.ok(existsSync(join(elsewhere, 'masks/mask.json')));
});

test('an export that is stopped leaves nothing, and what was there before stays', async () => {
  const out = place();
  const { sha256 } = await exportResults('made up', { mask }, { out });
  const stop = new AbortController();
  const seen: string[] = [];
  const long = {
    ...madeUpRecording('weights', 10, () => 0),
    readWindow: async (): Promise<never> => {
      seen.push(...readdirSync(out));
      stop.abort(new Error('enough'));
      throw stop.signal.reason;
    },
  };
  const options = { out, replace: true, recordings: true, signal: stop.signal };
  await assert.rejects(exportResults('made up', { mask, long }, options), /enough/);
  // While it worked, the work lay beside the folder, hidden.
  assert.ok(seen.some(name => name.startsWith('.made-up-unfinished-')));
  assert.deepEqual(readdirSync(out), ['made-up']);
  const check = await checkExport(join(out, 'made-up'));
  assert.deepEqual([check.sha256, check.differing], [sha256, []]);
});

test('names of results lead to names of files that are safe and different', async () => {
  const results = { '../x': 1, '/x': 2, X: 3, con: 4, '': 5, 'a.b': 6, 'a b': 7, ['__proto__']: 8 };
  const made = await exportResults('../../made/up', results, { out: place() });
  assert.ok(made.folder.endsWith(join(String(runs), 'made-up')));
  const values = made.files.filter(path => path.startsWith('results/'));
  assert.deepEqual(
    values,
    ['x', 'x-2', 'X-3', '_con', 'result', 'a-b', 'a-b-2', '__proto__'].map(name => `results/${name}.json`),
  );
  values.forEach((path, i) => {
    assert.equal(json(made, path), i + 1);
  });
  const { files } = json(made, 'manifest.json') as unknown as ExportManifest;
  assert.deepEqual(
    files.slice(0, 3).map(({ result }) => result),
    ['../x', '/x', 'X'],
  );
});

test('the folder is open to those whom other new folders are open to', async () => {
  const { folder } = await exported({ mask });
  const other = join(above, 'other');
  mkdirSync(other);
  assert.equal(statSync(folder).mode, statSync(other).mode);
});

test('the environment says what computed, and nothing of the user or the machine', async () => {
  const made = await exported({ mask }, { seed: 7, description: 'Why *this*.' });
  const found = json(made, 'environment.json');
  assert.equal(found.node, process.versions.node);
  assert.equal(found.seed, 7);
  assert.match(String((found.packages as Record<string, string>)['plotly.js-dist']), /^\d+\.\d+\.\d+$/);
  assert.match(String(found.packageLock), /^[0-9a-f]{64}$/);
  assert.doesNotMatch(text(made, 'environment.json'), new RegExp(above));
  assert.match(text(made, 'README.md'), /Why \\\*this\\\*\./);
  assert.match(text(made, 'CITATION.cff'), /^cff-version: 1\.2\.0/);
});

test('an export whose signal is aborted between two results stops before the next', async () => {
  const out = place();
  const stop = new AbortController();
  stop.abort(new Error('not at all'));
  await assert.rejects(exportResults('made up', { mask }, { out, signal: stop.signal }), /not at all/);
  assert.equal(existsSync(out), false);
});

for (const [what, attempt, message] of [
  ['a name that is no text', () => exportResults(1 as never, { mask }), /a name is required, 1 came/],
  ['an empty name', () => exportResults(' ', { mask }), /the name is empty/],
  [
    'a list of results',
    () => exportResults('x', [mask] as never),
    /an object with results by name is required/,
  ],
  [
    'a result without a name',
    () => exportResults('x', mask as never),
    /give the mask a name, as in \{ name: mask \}/,
  ],
  ['no results', () => exportResults('x', {}), /there are none/],
  [
    'an unknown option',
    () => exportResults('x', { mask }, { folder: 'y' } as never),
    /there is no option 'folder'/,
  ],
  ['a seed that is none', () => exportResults('x', { mask }, { seed: 0.5 }), /seed must be a whole number/],
] as const) {
  test(`exportResults refuses ${what}`, async () => {
    await assert.rejects(attempt, message);
  });
}
