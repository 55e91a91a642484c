import { endianness } from 'node:os';
import { product } from './npy';

/** Typed arrays that NumPy has a type for. */
export type NpyValues =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/** NumPy's type strings, all little-endian. */
export type NpyType = '<f8' | '<f4' | '<i4' | '<u4' | '<i2' | '<u2' | '|i1' | '|u1';

const ALIGNMENT = 64;

/**
 * The bytes of a NumPy `.npy` file (version 1.0, C order, little-endian); every number keeps its bits.
 *
 * Format: `numpy/lib/format.py`, "NPY format".
 *
 * @param shape sizes of the dimensions; default one dimension
 * @throws RangeError when the shape does not hold as many numbers as there are
 *
 * @example
 * import { readNpy } from './npy';
 * import { writeNpy } from './writeNpy';
 * readNpy(writeNpy(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]), 'made.npy').shape; // [2, 3]
 */
export function writeNpy(values: NpyValues, shape: readonly number[] = [values.length]): Uint8Array {
  if (product(shape) !== values.length) {
    throw new RangeError(
      `Cannot write an array: shape [${shape}] holds ${product(shape)} numbers, ${values.length} came`,
    );
  }
  return Buffer.concat([npyHeader(npyType(values), shape), littleEndian(values)]);
}

/** What stands in a `.npy` file before the numbers, for files that are written piece by piece. */
export function npyHeader(type: NpyType, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // 10 bytes before the text, a line end behind it, and the numbers aligned.
  const length = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(length, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(length - 10, 8);
  header.write(text, 10, 'latin1');
  header.write('\n', length - 1, 'latin1');
  return header;
}

/** NumPy's type of an array's numbers. */
export function npyType(values: NpyValues): NpyType {
  if (values instanceof Float64Array) return '<f8';
  if (values instanceof Float32Array) return '<f4';
  if (values instanceof Int32Array) return '<i4';
  if (values instanceof Uint32Array) return '<u4';
  if (values instanceof Int16Array) return '<i2';
  if (values instanceof Uint16Array) return '<u2';
  return values instanceof Int8Array ? '|i1' : '|u1';
}

/** The bytes of the numbers as the file keeps them; the array's own where this machine keeps them the same way. */
export function littleEndian(values: NpyValues): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const size = values.BYTES_PER_ELEMENT;
  if (endianness() === 'LE' || size === 1) return bytes;
  const copy = Buffer.from(bytes);
  if (size === 8) return copy.swap64();
  return size === 4 ? copy.swap32() : copy.swap16();
}
