import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNpy } from '../../src/data/npy';
import { type NpyValues, writeNpy } from '../../src/data/writeNpy';

/** What `numpy.save` of NumPy 2.4.6 writes: `b = io.BytesIO(); np.save(b, a); b.getvalue().hex()`. */
const spaces = (count: number): string => '20'.repeat(count);
const saved: readonly (readonly [NpyValues, readonly number[], string])[] = [
  [
    // np.array([[0.1, -0.0, np.nan], [np.inf, 1e-310, -2.5]])
    Float64Array.of(0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-310, -2.5),
    [2, 3],
    `934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c2033292c207d${spaces(58)}0a9a9999999999b93f0000000000000080000000000000f87f000000000000f07f2be6708b6812000000000000000004c0`,
  ],
  [
    // np.array([1, -2], dtype='<i4')
    Int32Array.of(1, -2),
    [2],
    `934e554d5059010076007b276465736372273a20273c6934272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c292c207d${spaces(60)}0a01000000feffffff`,
  ],
  [
    // np.array([7, 255], dtype='u1').reshape(1, 2, 1)
    Uint8Array.of(7, 255),
    [1, 2, 1],
    `934e554d5059010076007b276465736372273a20277c7531272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c20322c2031292c207d${spaces(55)}0a07ff`,
  ],
];

for (const [values, shape, bytes] of saved) {
  test(`writeNpy writes the bytes that NumPy writes: ${values.constructor.name} of shape [${shape}]`, () => {
    const made = writeNpy(values, shape);
    assert.equal(Buffer.from(made).toString('hex'), bytes);
    assert.deepEqual(readNpy(made, 'made.npy'), { shape, values: Float64Array.from(values) });
  });
}

test('numbers of every type come back as they were', () => {
  for (const values of [
    Float32Array.of(0.1, -1e30),
    Uint32Array.of(2 ** 32 - 1),
    Int16Array.of(-(2 ** 15)),
    Uint16Array.of(2 ** 16 - 1),
    Int8Array.of(-128),
    Uint8ClampedArray.of(300),
    new Float64Array(0),
    // Not at the start of its buffer.
    Float64Array.of(1, 2, 3).subarray(1),
  ]) {
    const { values: read } = readNpy(writeNpy(values), 'made.npy');
    assert.deepEqual(read, Float64Array.from(values), values.constructor.name);
  }
});

test('a shape that does not hold the numbers is refused', () => {
  assert.throws(() => writeNpy(new Float64Array(5), [2, 3]), /shape \[2,3\] holds 6 numbers, 5 came/);
});
