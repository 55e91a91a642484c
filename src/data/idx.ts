import { gunzipSync } from 'node:zlib';

/** Unsigned bytes of any shape, row-major. */
export interface ByteArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** Most bytes a gzip file may unpack to. */
const MAX_BYTES = 2 ** 28;

/**
 * The unsigned bytes in an IDX file (MNIST's format), gzip-compressed or not: images have shape [count, rows, columns],
 * labels [count].
 *
 * Format: Y. LeCun, "The MNIST database of handwritten digits", section "File formats". Other number types are not read.
 *
 * @param bytes the file's content
 * @param file its name, for messages
 * @throws Error when the file is not gzip or IDX, or is shorter or longer than its shape says
 */
export function readIdx(bytes: Uint8Array, file: string): ByteArray {
  const raw = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, file) : bytes;
  if (raw.length < 4 || raw[0] !== 0 || raw[1] !== 0) {
    throw new Error(`Cannot read ${file}: an IDX file begins with two zero bytes, this one does not`);
  }
  const [, , type, dimensions] = raw;
  if (type !== 0x08)
    throw new Error(`Cannot read ${file}: its IDX number type is ${type}; only 8 (bytes) is read`);
  const start = 4 + 4 * dimensions;
  if (raw.length < start) throw new Error(`Cannot read ${file}: it is cut off inside its header`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i, false));
  const required = shape.reduce((total, size) => total * size, 1);
  if (raw.length - start !== required) {
    throw new Error(
      `Cannot read ${file}: shape [${shape}] takes ${required} bytes, there are ${raw.length - start}`,
    );
  }
  return { shape, values: raw.subarray(start) };
}

function gunzip(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    throw new Error(`Cannot unpack ${file}: ${(error as Error).message}`, { cause: error });
  }
}
