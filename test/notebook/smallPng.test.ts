import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { smallPng } from '../../src/notebook/smallPng';

/** A PNG with 4 bytes a pixel and every row stored by the given filter; written apart from the code under test. */
function pngOf(width: number, pixels: readonly (readonly number[])[], filter: number): Buffer {
  const height = pixels.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const flat = pixels.flat();
  const byte = (row: number, x: number) => (row < 0 || x < 0 ? 0 : flat[row * 4 * width + x]);
  const stored: number[] = [];
  for (let row = 0; row < height; row++) {
    stored.push(filter);
    for (let x = 0; x < 4 * width; x++) {
      const [a, b, c] = [byte(row, x - 4), byte(row - 1, x), byte(row - 1, x - 4)];
      const p = a + b - c;
      const nearest = [a, b, c].reduce((best, value) =>
        Math.abs(p - value) < Math.abs(p - best) ? value : best,
      );
      stored.push((byte(row, x) - [0, a, b, Math.floor((a + b) / 2), nearest][filter]) & 255);
    }
  }
  const chunk = (name: string, body: Uint8Array) => {
    const head = Buffer.concat([Buffer.from(name), body]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)];
    ends[0].writeUInt32BE(body.length);
    ends[1].writeUInt32BE(crc32(head));
    return Buffer.concat([ends[0], head, ends[1]]);
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(Uint8Array.from(stored), { level: 0 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Pixels of an image as smallPng writes it: one palette or three plain bytes a pixel, no filter. */
function pixelsOf(png: Uint8Array): number[][] {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    chunks.set(
      bytes.toString('latin1', at + 4, at + 8),
      bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)),
    );
  }
  const header = chunks.get('IHDR') as Buffer;
  const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]];
  const size = kind === 3 ? 1 : 3;
  const rows = inflateSync(chunks.get('IDAT') as Buffer);
  const palette = chunks.get('PLTE');
  return Array.from({ length: width * height }, (_, i) => {
    const at = Math.floor(i / width) * (width * size + 1) + 1 + (i % width) * size;
    if (kind === 2) return [...rows.subarray(at, at + 3)];
    return [...(palette as Buffer).subarray(3 * rows[at], 3 * rows[at] + 3)];
  });
}

const width = 40;

test('an image of few colours keeps every pixel, whichever way its rows were stored', () => {
  const pixels = Array.from({ length: 30 * width }, (_, i) => [(i * 7) % 200, i % 5, (i * i) % 11, 255]);
  const few = pixels.map(([r, g, b, a]) => [r - (r % 50), g * 40, b > 5 ? 255 : 0, a]);
  for (let filter = 0; filter <= 4; filter++) {
    const png = pngOf(width, few, filter);
    const small = smallPng(png);
    assert.ok(small.length < png.length / 4);
    assert.deepEqual(
      pixelsOf(small),
      few.map(pixel => pixel.slice(0, 3)),
      `filter ${filter}`,
    );
  }
});

test('of many colours the rare ones move a little, or none does', () => {
  const close = Array.from({ length: 30 * width }, (_, i) => [i % 20, (i >> 4) % 20, 7, 255]);
  pixelsOf(smallPng(pngOf(width, close, 1))).forEach((pixel, i) => {
    const difference = pixel.reduce((sum, value, c) => sum + Math.abs(value - close[i][c]), 0);
    assert.ok(difference <= 48);
  });
  const wide = Array.from({ length: 30 * width }, (_, i) => [
    (i * 37) % 256,
    (i * 91) % 256,
    (i * 13) % 256,
    255,
  ]);
  assert.deepEqual(
    pixelsOf(smallPng(pngOf(width, wide, 4))),
    wide.map(pixel => pixel.slice(0, 3)),
  );
});

test('a transparent image comes back as it is', () => {
  const png = pngOf(2, Array(4).fill([1, 2, 3, 128]), 0);
  assert.equal(smallPng(png), png);
});
