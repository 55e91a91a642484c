/** Numbers of any shape, row-major. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Most numbers one file may unfold to: 256 MB of doubles. */
const MAX_ELEMENTS: number = 2 ** 25;

/**
 * The numbers in a NumPy `.npy` file (format versions 1 to 3) as doubles: floats, integers and booleans of any byte order,
 * in C or Fortran order. Values are kept as they are, NaN and infinities included.
 *
 * Format: `numpy/lib/format.py`, "NPY format".
 *
 * @param bytes the file's content
 * @param file its name, for messages
 * @throws Error when the file is not such an array, is shorter or longer than its shape says, or holds integers beyond 2^53
 */
export function readNpy(bytes: Uint8Array, file: string): NumericArray {
  const { dtype, fortran, shape, body } = readHeader(bytes, file);
  if (dtype === '|O')
    throw new Error(`Cannot read ${file} as numbers: it holds objects; use readNumpyObjects`);
  return decode(dtype, shape, fortran, body, file);
}

/** What a `.npy` file says of itself, and its content. */
export interface NpyHeader {
  /** NumPy's type string, such as '<f8'. */
  readonly dtype: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly body: Uint8Array;
}

/** @throws Error when the file does not begin as a `.npy` file does */
export function readHeader(bytes: Uint8Array, file: string): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new Error(`Cannot read ${file}: a .npy file begins with \\x93NUMPY, this one does not`);
  }
  const version = bytes[6];
  if (version < 1 || version > 3)
    throw new Error(`Cannot read ${file}: .npy version ${version}; 1 to 3 are read`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) throw new Error(`Cannot read ${file}: it is cut off inside its header`);

  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const pattern =
    /^\{'descr': '([<>|=]?\w{1,3})', 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}, ?)*(?:\d{1,15},?)?)\), ?\}\s*$/;
  const match = pattern.exec(text);
  if (match === null)
    throw new Error(`Cannot read ${file}: its .npy header is not understood: ${text.slice(0, 200).trim()}`);
  const shape = match[3]
    .split(',')
    .filter(size => size.trim() !== '')
    .map(Number);
  return { dtype: match[1], fortran: match[2] === 'True', shape, body: bytes.subarray(start + length) };
}

type Get = (view: DataView, at: number, little: boolean) => number;

const GETTERS: Readonly<Record<string, Get>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => exact(view.getBigInt64(at, little)),
  u8: (view, at, little) => exact(view.getBigUint64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
};

/** Turns the bytes of an array into doubles, row-major. */
export function decode(
  dtype: string,
  shape: readonly number[],
  fortran: boolean,
  bytes: Uint8Array,
  file: string,
): NumericArray {
  const type = dtype.replace(/^[<>|=]/, '');
  const get = Object.hasOwn(GETTERS, type) ? GETTERS[type] : undefined;
  if (get === undefined) throw new Error(`Cannot read ${file}: numbers of type ${dtype} are not read`);
  const count = product(shape);
  checkElements(count, file);
  const size = Number(type[1]);
  if (bytes.length !== count * size) {
    throw new Error(
      `Cannot read ${file}: shape [${shape}] of ${dtype} takes ${count * size} bytes, there are ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !dtype.startsWith('>');
  const values = new Float64Array(count);
  try {
    for (let i = 0; i < count; i++) values[i] = get(view, i * size, little);
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
  return { shape, values: fortran ? rowMajor(values, shape) : values };
}

/** Reorders column-major values. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const reordered = new Float64Array(values.length);
  for (let from = 0; from < values.length; from++) {
    let rest = from;
    let to = 0;
    let stride = values.length;
    for (const size of shape) {
      stride /= size;
      to += (rest % size) * stride;
      rest = Math.floor(rest / size);
    }
    reordered[to] = values[from];
  }
  return reordered;
}

function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`integer ${value} is beyond 2^53`);
  return number;
}

/** Number of entries of an array with these sizes. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

/** @throws Error when a file unfolds to more numbers than is sane. */
export function checkElements(elements: number, file: string): void {
  if (elements <= MAX_ELEMENTS) return;
  throw new Error(`Cannot read ${file}: it unfolds to ${elements} numbers, at most ${MAX_ELEMENTS} are read`);
}
