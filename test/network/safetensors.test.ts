import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from '../../src/network/safetensors';

/** A file put together by hand from the format's description: length, header, data. */
function file(header: string, data: number[], headerBytes = header.length): Uint8Array {
  const bytes = Buffer.alloc(8 + header.length + data.length);
  bytes.writeBigUInt64LE(BigInt(headerBytes), 0);
  bytes.write(header, 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

// 1.5 in float32 is 3f c0 00 00, in float64 3f f8 00 …; both stored little-endian.
const f32 = [0, 0, 0xc0, 0x3f];
const f64 = [0, 0, 0, 0, 0, 0, 0xf8, 0x3f];

describe('decodeSafetensors', () => {
  test('reads F64, F32 and U8 wherever they lie', () => {
    const header =
      '{"__metadata__":{"a":"b"},"c":{"dtype":"F64","shape":[1,1],"data_offsets":[5,13]},' +
      '"d":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"e":{"dtype":"F32","shape":[],"data_offsets":[1,5]}}';
    const { tensors, metadata } = decodeSafetensors(file(header, [7, ...f32, ...f64]));
    assert.deepEqual(metadata, { a: 'b' });
    assert.deepEqual(tensors.get('c')?.values, Float64Array.of(1.5));
    assert.deepEqual(tensors.get('c')?.shape, [1, 1]);
    assert.deepEqual(tensors.get('d')?.values, Uint8Array.of(7));
    assert.deepEqual(tensors.get('e')?.values, Float32Array.of(1.5));
  });

  const entry = (from: number, to: number, shape = '[1]', dtype = 'F32') =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;
  const malformed: [string, Uint8Array, RegExp][] = [
    ['a file shorter than 8 bytes', Uint8Array.of(1, 2), /header of NaN bytes in a file of 2/],
    ['a header longer than the file', file('{}', [], 3), /header of 3 bytes in a file of 10/],
    ['a header of impossible length', file('{}', [], 2 ** 52), /header of 4503599627370496 bytes/],
    ['a header that is not JSON', file('{]', []), /not JSON/],
    ['a header that is a list', file('[]', []), /not a JSON object/],
    ['metadata that is not text', file('{"__metadata__":{"a":1}}', []), /metadata/],
    ['an unknown dtype', file(`{"a":${entry(0, 2, '[1]', 'F16')}}`, [0, 0]), /dtype F16/],
    ['a shape that needs more bytes', file(`{"a":${entry(0, 4, '[2]')}}`, f32), /needs 8 bytes, got 4/],
    ['a negative length', file(`{"a":${entry(0, 4, '[-1]')}}`, f32), /needs a shape/],
    [
      'offsets beyond the end',
      file(`{"a":${entry(0, 4)}}`, [0]),
      /bytes 0 to 4, expected to start at 0 of 1/,
    ],
    [
      'tensors that overlap',
      file(`{"a":${entry(0, 4)},"b":${entry(2, 6)}}`, [...f32, 0, 0]),
      /tensor b at bytes 2/,
    ],
    [
      'tensors with a gap',
      file(`{"a":${entry(0, 4)},"b":${entry(5, 9)}}`, [...f32, 0, ...f32]),
      /start at 4/,
    ],
    ['bytes of no tensor', file(`{"a":${entry(0, 4)}}`, [...f32, 9]), /1 bytes belong to no tensor/],
    ['an entry that is no object', file('{"a":3}', []), /dtype undefined/],
  ];
  for (const [what, bytes, message] of malformed) {
    test(`refuses ${what}`, () => {
      assert.throws(() => decodeSafetensors(bytes), { name: 'RangeError', message });
    });
  }
});

describe('encodeSafetensors', () => {
  test('aligns header and tensors to 8 bytes and is undone by decoding', () => {
    const tensors = new Map<string, SafeTensor>([
      ['kept', { dtype: 'U8', shape: [3], values: Uint8Array.of(1, 0, 1) }],
      ['w', { dtype: 'F64', shape: [2, 1], values: Float64Array.of(Math.PI, -0) }],
    ]);
    const bytes = encodeSafetensors({ tensors, metadata: { note: 'é' } });
    assert.equal(Buffer.from(bytes).readBigUInt64LE(0) % 8n, 0n);
    const decoded = decodeSafetensors(bytes);
    assert.deepEqual(decoded.metadata, { note: 'é' });
    assert.deepEqual(decoded.tensors.get('w'), tensors.get('w'));
    assert.deepEqual(decoded.tensors.get('kept'), tensors.get('kept'));
  });
});
