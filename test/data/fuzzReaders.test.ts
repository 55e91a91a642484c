import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { readCsv } from '../../src/data/csv';
import { sha256 } from '../../src/data/download';
import { fetchFile } from '../../src/data/fetchFile';
import { readIdx } from '../../src/data/idx';
import { placeInside } from '../../src/data/manifest';
import { product, readNpy } from '../../src/data/npy';
import { readNumpyObjects } from '../../src/data/numpyObjects';
import { readStateDict } from '../../src/data/stateDict';
import { parseManifest } from '../../src/export/checkExport';
import { exportFormat, exportVersion } from '../../src/export/exportManifest';
import { createMask } from '../../src/network/mask';
import { decodeNetwork, saveNetwork } from '../../src/network/networkFile';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { parseNotebook } from '../../src/notebook/notebookFile';
import { fuzzRuns } from '../support/awkwardSeries';
import { isClear } from '../support/awkwardText';
import { fuzzReader, readerRuns } from '../support/fuzzReader';
import { mutants } from '../support/mutate';
import { npyFixtures } from './npyFixtures';
import { op, pickle } from './pickleBytes';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-readers-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

fuzzReader(
  'CSV',
  [
    text('a,b,class\n1,2.5,x\n-3e4,?,"y, z"\n5,6,x\n'),
    text('\ufeffa;b\r\n1,5;2\r\n3;"4\n5"\r\n'),
    text('p\tq\tr\n1\t2\t3\n4\t5\t6\n'),
  ],
  bytes => {
    const { columns, rows } = readCsv(bytes, 'made-up.csv');
    assert.ok(rows.length > 0 && rows.every(row => row.length === columns.length));
  },
  [',', ';', '"', '\n', '\r', 'NaN', '1e999', '""', '\t', 'é'],
);

const npyFiles = Object.values(npyFixtures).map(each => Uint8Array.from(Buffer.from(each, 'base64')));
fuzzReader(
  'npy',
  npyFiles.slice(0, 3),
  bytes => {
    const { shape, values } = readNpy(bytes, 'made-up.npy');
    assert.equal(values.length, product(shape));
  },
  ["'shape': (99999999999,)", '(-1,)', '<f8', '|O', 'True', "'descr'", ', ', '('],
);
fuzzReader('npy object', [npyFiles[6]], bytes => readNumpyObjects(bytes, 'made-up.npy'), [
  'numpy',
  'ndarray',
  'os',
]);

const tuple = (...items: readonly (readonly number[])[]): number[] => [op.mark, ...items, op.tuple].flat();
const ordered = [op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce].flat();
const tensor = [
  op.global('torch._utils', '_rebuild_tensor_v2'),
  op.mark,
  tuple(op.text('storage'), op.global('torch', 'FloatStorage'), op.text('0'), op.text('cpu'), op.int4(4)),
  op.persid,
  op.int4(0),
  tuple(op.int4(2), op.int4(2)),
  tuple(op.int4(2), op.int4(1)),
  [0x89],
  ordered,
  op.tuple,
  op.reduce,
].flat();
const statePickle = pickle(ordered, [op.text('t0'), tensor, op.setItem].flat());
const floats = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const archive = (content: Uint8Array, level: 0 | 6): Uint8Array =>
  zipSync({ 'm/data.pkl': content, 'm/data/0': floats }, { level });
const readState = (bytes: Uint8Array): void => {
  for (const { shape, values } of readStateDict(bytes, 'm.pth').values()) {
    assert.equal(values.length, product(shape));
  }
};
fuzzReader('pth', [archive(statePickle, 0), archive(statePickle, 6)], readState, ['../../m/data.pkl', 'PK']);
fuzzReader('pth (pickle inside)', [statePickle], bytes => readState(archive(bytes, 0)), ['torch', '0']);

const idx = Uint8Array.of(
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  3,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
);
const readBytes = (bytes: Uint8Array): void => {
  const { shape, values } = readIdx(bytes, 'made-up.idx');
  assert.equal(values.length, product(shape));
};
fuzzReader('IDX', [idx, Uint8Array.from(gzipSync(idx))], readBytes);
fuzzReader('IDX (inside gzip)', [idx], bytes => readBytes(gzipSync(bytes)));

const network = networkFromWeights({
  layers: [2, 3, 1],
  activation: 'sigmoid',
  output: 'sigmoid',
  weights: [Float64Array.of(1, -2, 3, 0.5, 1e-300, 0), Float64Array.of(1, 2, 3)],
  biases: [Float64Array.of(0, 1, 2), Float64Array.of(-1)],
  mask: createMask([2, 3, 1], [5], 'made up'),
});
const ofNetworks = ['null', '[]', '{}', '1e999', '"sigmoid"', '-0', '99999999999', '__proto__', '"layers"'];
for (const extension of ['json', 'safetensors']) {
  const path = join(folder, `network.${extension}`);
  const sound = async (): Promise<Uint8Array[]> => {
    await saveNetwork(network, path);
    return [readFileSync(path)];
  };
  const read = (bytes: Uint8Array): void => {
    const { layers, weights } = decodeNetwork(bytes, path);
    for (const [l, matrix] of weights.entries()) assert.equal(matrix.length, layers[l] * layers[l + 1]);
  };
  fuzzReader(`network ${extension}`, sound, read, ofNetworks);
}

const manifest = {
  format: exportFormat,
  version: exportVersion,
  files: [{ path: 'tables/a.csv', sha256: 'ab' }],
};
fuzzReader(
  'manifest JSON',
  [text(JSON.stringify(manifest))],
  bytes => {
    for (const { path } of parseManifest(bytes, folder).files)
      assert.ok(isInside(join(folder, path), folder));
  },
  ['../', '/', '\\', 'null', '..', 'C:', '[]', '{}', '\\u0000'],
);

const notebook = {
  cells: [{ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source: ['1 + 1'] }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
fuzzReader(
  'notebook JSON',
  [text(JSON.stringify(notebook))],
  bytes => {
    const { cells } = parseNotebook(Buffer.from(bytes).toString('utf8'), 'made-up.ipynb');
    assert.ok(Array.isArray(cells));
  },
  ['null', '[]', '{}', '"cells"', '1'],
);

function isInside(path: string, of: string): boolean {
  return resolve(path).startsWith(resolve(of) + sep);
}

const names = mutants([text('uci/iris/iris.data'), text('a.csv'), text('b/c/d.npy')], {
  seed: 20_250,
  words: ['../', '..', '/', '\\', 'C:', '\0', './', '%2e%2e/', '~', '//', 'file:', '....//', '\u2215'],
});

test(`${readerRuns} names of data files lead into their folder or are refused`, () => {
  for (let run = 0; run < readerRuns; run++) {
    const name = Buffer.from(names.next().value).toString('utf8');
    try {
      assert.ok(isInside(placeInside(folder, name), folder), JSON.stringify(name));
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      isClear(error);
    }
  }
});

test('files of any name are fetched into the cache and nowhere else', async () => {
  const content = 'the content';
  const server = createServer((_, response) => response.end(content)).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const outside = join(folder, 'outside');
  const cache = join(outside, 'cache');
  mkdirSync(cache, { recursive: true });
  let fetched = 0;
  for (let run = 0; run < fuzzRuns / 2; run++) {
    const name = Buffer.from(names.next().value).toString('utf8');
    const entry = {
      addresses: [`http://127.0.0.1:${port}/`],
      bytes: content.length,
      sha256: sha256(text(content)),
    };
    const file = { ...entry, name, licence: '', citation: '', columns: [] };
    await fetchFile(file, { cache, mirror: join(outside, 'none') }).then(
      ({ path }) => {
        fetched++;
        assert.ok(isInside(path, cache), JSON.stringify(name));
      },
      error => isClear(error, [Error, RangeError]),
    );
  }
  server.close();
  assert.ok(fetched > fuzzRuns / 20, `only ${fetched} names were good`);
  assert.deepEqual(readdirSync(outside), ['cache']);
});
