import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Colours of a palette image: first the most frequent, then those that would otherwise move furthest. */
const PALETTE = 256;
const FREQUENT = 128;

/** Largest difference in red, green and blue together that a palette may make. */
const VISIBLE = 48;

/**
 * The same PNG in fewer bytes: a drawing has few colours, so a pixel needs one byte where the browser writes four. Of more
 * than 256 colours those stay that are frequent or unlike the others, and each other one becomes the nearest of them; where
 * that could be seen, all stay, at three bytes a pixel. Images of another kind than 8-bit, opaque, not interlaced come back as they are.
 */
export function smallPng(png: Uint8Array): Uint8Array {
  const image = readPng(png);
  if (image === null) return png;
  const { width, height, colours } = image;
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const { palette, places, difference } = choosePalette(counts);
  const small =
    difference <= VISIBLE
      ? writePng(
          width,
          height,
          3,
          1,
          (row, x, out, at) => {
            out[at] = places.get(colours[row * width + x])!;
          },
          palette,
        )
      : writePng(width, height, 2, 3, (row, x, out, at) => {
          for (let c = 0; c < 3; c++) out[at + c] = (colours[row * width + x] >>> (16 - 8 * c)) & 255;
        });
  return small.length < png.length ? small : png;
}

interface Palette {
  readonly palette: readonly number[];
  /** Place of each colour's stand-in. */
  readonly places: ReadonlyMap<number, number>;
  /** Largest distance between a colour and its stand-in. */
  readonly difference: number;
}

/** @param counts how many pixels have each colour */
function choosePalette(counts: ReadonlyMap<number, number>): Palette {
  const colours = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
  const palette: number[] = [];
  const places = new Int32Array(colours.length);
  const distances = new Float64Array(colours.length).fill(Number.POSITIVE_INFINITY);
  let furthest = 0;
  while (palette.length < PALETTE && distances[furthest] > 0) {
    const added = palette.length < Math.min(FREQUENT, colours.length) ? palette.length : furthest;
    palette.push(colours[added]);
    colours.forEach((colour, i) => {
      const away = distance(colour, colours[added]);
      if (away < distances[i]) {
        distances[i] = away;
        places[i] = palette.length - 1;
      }
    });
    furthest = distances.reduce((best, value, i) => (value > distances[best] ? i : best), 0);
  }
  return {
    palette,
    places: new Map(colours.map((colour, i) => [colour, places[i]])),
    difference: distances[furthest],
  };
}

/** Colours are 0xRRGGBB. */
function distance(a: number, b: number): number {
  let sum = 0;
  for (let shift = 0; shift <= 16; shift += 8) sum += Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255));
  return sum;
}

/** Pixels of an image, row by row, as 0xRRGGBB; null for kinds that are not read. */
function readPng(png: Uint8Array): { width: number; height: number; colours: Uint32Array } | null {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const data: Uint8Array[] = [];
  let [width, height, depth, kind, interlace] = [0, 0, 0, 0, 0];
  for (let at = SIGNATURE.length; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const body = png.subarray(at + 8, at + 8 + view.getUint32(at));
    if (name === 'IHDR') {
      [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      [depth, kind, interlace] = [body[8], body[9], body[12]];
    } else if (name === 'IDAT') data.push(body);
  }
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0) return null;
  const size = kind === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * size, height, size);
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i++) {
    const at = i * size;
    if (size === 4 && rows[at + 3] !== 255) return null;
    colours[i] = (rows[at] << 16) | (rows[at + 1] << 8) | rows[at + 2];
  }
  return { width, height, colours };
}

/** PNG specification, section 9: every byte is stored as the difference to a prediction from its neighbours. */
function unfilter(stored: Uint8Array, stride: number, height: number, size: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = stored[row * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = row * stride + x;
      const left = x >= size ? rows[at - size] : 0;
      const up = row > 0 ? rows[at - stride] : 0;
      const corner = x >= size && row > 0 ? rows[at - stride - size] : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      rows[at] = stored[row * (stride + 1) + 1 + x] + predicted;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

function writePng(
  width: number,
  height: number,
  kind: number,
  size: number,
  put: (row: number, x: number, out: Uint8Array, at: number) => void,
  palette: readonly number[] = [],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, kind, 0, 0, 0], 8);
  const stride = width * size + 1; // the first byte says: not filtered
  const rows = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) put(row, x, rows, row * stride + 1 + x * size);
  }
  const plte = Uint8Array.from(
    palette.flatMap(colour => [colour >>> 16, (colour >>> 8) & 255, colour & 255]),
  );
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette.length > 0 ? [chunk('PLTE', plte)] : []),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const whole = Buffer.alloc(12 + body.length);
  whole.writeUInt32BE(body.length, 0);
  whole.write(name, 4, 'latin1');
  whole.set(body, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length);
  return whole;
}
