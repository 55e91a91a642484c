import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { crc32c } from '../../src/data/crc32c';
import { chunkEncoder, chunkFault } from '../../src/data/zarrChunk';
import { chunkPath, type ZarrLayout } from '../../src/data/zarrLayout';
import { zarrReader } from '../../src/data/zarrReader';
import { randomStream } from '../../src/statistics/random';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-zarr-'));
after(() => rmSync(folder, { recursive: true }));

test('crc32c gives the checksums of RFC 3720, appendix B.4', () => {
  assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assert.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
  assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
  // The check value of the catalogue of CRCs.
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
});

describe('a chunk', () => {
  test('is read back by zarrita with its bits, of every type and with awkward numbers', async () => {
    const encode = await chunkEncoder();
    const random = randomStream(1, 'chunk');
    for (const type of ['float64', 'float32', 'uint8'] as const) {
      const layout: ZarrLayout = { name: type, type, axes: ['a', 'b'], shape: [7, 5], chunk: [7, 5] };
      const values = Array.from({ length: 35 }, () => 10 * random());
      if (type !== 'uint8') values.splice(0, 5, Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-310, -1e300);
      const create = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array }[type];
      const numbers = create.from(values);
      const file = join(folder, chunkPath(type, [0, 0]));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await encode(numbers));
      const { data, stride } = await (await zarrReader(folder, layout))([0, 0]);
      assert.deepEqual(data, numbers);
      assert.deepEqual(stride, [1, 7]); // one column after another
    }
  });

  test('that cannot be made smaller is read back too', async () => {
    const encode = await chunkEncoder();
    const random = randomStream(3, 'noise');
    for (let length = 1; length <= 60; length++) {
      const layout: ZarrLayout = {
        name: `noise${length}`,
        type: 'float64',
        axes: ['a'],
        shape: [length],
        chunk: [length],
      };
      const numbers = Float64Array.from({ length }, () => Math.exp(600 * (random() - 0.5)));
      mkdirSync(join(folder, layout.name, 'c'), { recursive: true });
      writeFileSync(join(folder, chunkPath(layout.name, [0])), await encode(numbers));
      assert.deepEqual((await (await zarrReader(folder, layout))([0])).data, numbers);
    }
  });

  test('of slowly changing weights is a fifth smaller than its numbers', async () => {
    const encode = await chunkEncoder();
    const random = randomStream(2, 'weights');
    const weights = Float64Array.from({ length: 200 * 100 }, () => 0);
    for (let w = 0, value = 0; w < 100; w++) {
      value = random() - 0.5;
      for (let t = 0; t < 200; t++) weights[w * 200 + t] = value += 0.001 * (random() - 0.5);
    }
    const { length } = await encode(weights);
    assert.ok(length < 0.8 * weights.byteLength, `${length} of ${weights.byteLength}`);
  });

  test('with any changed byte, or cut, is refused', async () => {
    const encode = await chunkEncoder();
    const file = await encode(Float64Array.from({ length: 10 }, (_, i) => Math.sin(i)));
    assert.equal(chunkFault(file, 80), null);
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at] ^= 1 << (at % 8);
      assert.match(chunkFault(changed, 80) ?? '', /checksum/, `byte ${at}`);
      assert.notEqual(chunkFault(file.subarray(0, at), 80), null);
    }
    assert.match(chunkFault(file, 88) ?? '', /does not hold 88 bytes/);
  });
});
