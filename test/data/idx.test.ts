import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readIdx } from '../../src/data/idx';

/** Two images of 1 x 3 bytes. */
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

test('readIdx gives shape and bytes, gzip-compressed or not', () => {
  for (const bytes of [images, gzipSync(images)]) {
    const { shape, values } = readIdx(bytes, 'x');
    assert.deepEqual(shape, [2, 1, 3]);
    assert.deepEqual([...values], [1, 2, 3, 4, 5, 255]);
  }
});

test('a file that is cut off or has bytes to spare is refused', () => {
  for (let length = 0; length < images.length; length++) {
    assert.throws(
      () => readIdx(images.subarray(0, length), 'x.gz'),
      /^Error: Cannot read x\.gz/,
      `${length} bytes`,
    );
  }
  assert.throws(
    () => readIdx(Uint8Array.of(...images, 0), 'x'),
    /shape \[2,1,3\] takes 6 bytes, there are 7/,
  );
  assert.throws(() => readIdx(gzipSync(images).subarray(0, -5), 'x.gz'), /Cannot unpack x\.gz/);
});

test('a wrong beginning or number type is refused', () => {
  assert.throws(() => readIdx(Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), 'x'), /begins with two zero bytes/);
  assert.throws(() => readIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), 'x'), /number type is 13/);
  assert.throws(() => readIdx(Uint8Array.of(0x1f, 0x8b, 1, 2, 3), 'x'), /Cannot unpack x/);
});

test('a gzip file that unpacks too far is refused', () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 28 + 1));
  assert.throws(() => readIdx(bomb, 'bomb.gz'), /Cannot unpack bomb\.gz: Cannot create a Buffer larger than/);
});
