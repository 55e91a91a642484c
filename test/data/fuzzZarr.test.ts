import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { weightCount } from '../../src/core/weightLayers';
import { crc32c } from '../../src/data/crc32c';
import { loadDataset } from '../../src/data/loadDataset';
import { chunkEncoder } from '../../src/data/zarrChunk';
import { chunkPath, zarrMetadata } from '../../src/data/zarrLayout';
import { zarrReader } from '../../src/data/zarrReader';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import type { FolderAttributes } from '../../src/network/folderAttributes';
import { fixedArrays, growingArrays } from '../../src/network/folderLayout';
import { createMask } from '../../src/network/mask';
import { openRecording } from '../../src/network/openRecording';
import { recordTwin } from '../../src/network/recordTwin';
import { fuzzJsonReader, fuzzReader } from '../support/fuzzReader';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-zarr-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const store = join(folder, 'zarr');
const metadata = join(store, 'zarr.json');
const small = createNetwork({ layers: [4, 2, 3], seed: 1 });

/** A twin under a mask has every array that a recording may have. */
async function recordSmall(): Promise<string> {
  rmSync(store, { recursive: true, force: true });
  const iris = await loadDataset('iris');
  const masked = applyMask(small, createMask(small.layers, [5], 'made up'));
  await recordTwin(masked, iris, { epochs: 1, learningRate: 0.1, rescaleEvery: 50, store });
  return readFileSync(metadata, 'utf8');
}

async function readSmall(): Promise<void> {
  const recording = await openRecording(store);
  const { weights, iterates } = recording;
  assert.ok(recording.iterates > 0 && recording.epochs.length >= 0);
  const length = Math.min(iterates, 1000);
  const { series } = await recording.readWindow(iterates - length, length);
  assert.equal(series.length, weights * length);
  assert.equal((await recording.networkAt(0)).mask?.kept.length ?? weights, weights);
}

fuzzReader(
  'Zarr metadata',
  async () => [Buffer.from(await recordSmall())],
  async bytes => {
    writeFileSync(metadata, bytes);
    await readSmall();
  },
  ['null', '[]', '{}', '"../"', '99999999', '"float64"', '"chunk_shape"', '-1', '"unfinished"', '1e9'],
);

let group: { readonly consolidated_metadata: { readonly metadata: object } };
fuzzJsonReader(
  'recording attributes',
  async () => {
    group = JSON.parse(await recordSmall());
    const { attributes } = group as unknown as { readonly attributes: object };
    const alone = { content: 'weights', difference: null, mask: null };
    return [attributes, { ...attributes, ...alone }, { ...attributes, status: 'unfinished' }];
  },
  async bytes => {
    const attributes = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const fitting = { ...group.consolidated_metadata, metadata: metadataFor(attributes) };
    writeFileSync(metadata, JSON.stringify({ ...group, attributes, consolidated_metadata: fitting }));
    await readSmall();
  },
);

/** Arrays as these attributes ask for them, so that what is behind their comparison is reached; else those of the recording. */
function metadataFor(attributes: FolderAttributes): object {
  try {
    const { network: stored, storage, chunk_iterates: rows, iterates, mask, difference, status } = attributes;
    const layers = stored.layers as readonly number[];
    const shape = {
      weights: weightCount(layers),
      others: layers.slice(1).reduce((sum, width) => sum + width, 0),
      storage,
      rows,
      isPair: difference !== null,
      isMasked: mask !== null,
    };
    const arrays = [...growingArrays(shape, iterates), ...fixedArrays(shape, status === 'complete')];
    return Object.fromEntries(arrays.map(each => [each.name, zarrMetadata(each)]));
  } catch {
    return group.consolidated_metadata.metadata;
  }
}

const layout = { name: 'made-up', type: 'float64', axes: ['a', 'b'], shape: [7, 5], chunk: [7, 5] } as const;
fuzzReader(
  'Zarr chunk',
  async () => {
    const encode = await chunkEncoder();
    const file = join(folder, chunkPath(layout.name, [0, 0]));
    mkdirSync(dirname(file), { recursive: true });
    const numbers = Float64Array.from({ length: 35 }, (_, i) => Math.sin(i));
    return [await encode(numbers), await encode(new Float64Array(35))];
  },
  async bytes => {
    // Two in three get a checksum that is right, so that what is behind it is reached.
    if (bytes.length >= 4 && bytes.length % 3 !== 0) {
      const end = bytes.length - 4;
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(end, crc32c(bytes.subarray(0, end)), true);
    }
    writeFileSync(join(folder, chunkPath(layout.name, [0, 0])), bytes);
    const { data } = await (await zarrReader(folder, layout))([0, 0]);
    assert.equal(data.length, 35);
  },
);
