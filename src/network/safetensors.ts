/** A tensor of a safetensors file, row-major. */
export type SafeTensor =
  | { readonly dtype: 'F64'; readonly shape: readonly number[]; readonly values: Float64Array }
  | { readonly dtype: 'F32'; readonly shape: readonly number[]; readonly values: Float32Array }
  | { readonly dtype: 'U8'; readonly shape: readonly number[]; readonly values: Uint8Array };

export interface SafeTensors {
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: SafeTensor['dtype'];
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const itemBytes: Readonly<Record<SafeTensor['dtype'], number>> = { F64: 8, F32: 4, U8: 1 };
/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * The bytes of a safetensors file: header length (8 bytes, little-endian), header as JSON padded to 8 bytes, then the
 * tensors without gaps, wider numbers first so that all are aligned. Source: the format section of the safetensors README.
 */
export function encodeSafetensors({ tensors, metadata }: SafeTensors): Uint8Array {
  const ordered = [...tensors].sort(([, a], [, b]) => itemBytes[b.dtype] - itemBytes[a.dtype]);
  const header: [string, HeaderEntry | Readonly<Record<string, string>>][] = [['__metadata__', metadata]];
  let end = 0;
  for (const [name, { dtype, shape, values }] of ordered) {
    header.push([name, { dtype, shape, data_offsets: [end, end + values.byteLength] }]);
    end += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)), 'utf8');
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = Buffer.alloc(8 + headerBytes + end, ' ');
  bytes.writeBigUInt64LE(BigInt(headerBytes), 0);
  text.copy(bytes, 8);
  let at = 8 + headerBytes;
  for (const [, { values }] of ordered) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Reads the bytes of a safetensors file whose tensors are F64, F32 or U8.
 *
 * @throws RangeError saying what is wrong: header length, JSON, dtype, shape, or tensors that overlap, leave gaps or leave
 *   the file
 */
export function decodeSafetensors(bytes: Uint8Array): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = bytes.length < 8 ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(headerBytes <= Math.min(bytes.length - 8, MAX_HEADER_BYTES))) {
    throw malformed(`header of ${headerBytes} bytes in a file of ${bytes.length}`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes));
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || !Object.values(metadata).every(value => typeof value === 'string')) {
    throw malformed('metadata must map names to text');
  }
  const data = bytes.subarray(8 + headerBytes);
  const tensors = new Map<string, SafeTensor>();
  let expected = 0;
  for (const [name, entry] of Object.entries(entries).map(checkEntry).sort(byOffset)) {
    const [from, to] = entry.data_offsets;
    if (from !== expected || to > data.length) {
      throw malformed(
        `tensor ${name} at bytes ${from} to ${to}, expected to start at ${expected} of ${data.length}`,
      );
    }
    tensors.set(name, tensor(entry, data.slice(from, to)));
    expected = to;
  }
  if (expected !== data.length) throw malformed(`${data.length - expected} bytes belong to no tensor`);
  return { tensors, metadata: metadata as Record<string, string> };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed('the header is not JSON', cause);
  }
  if (!isObject(header)) throw malformed('the header is not a JSON object');
  return header;
}

function checkEntry([name, entry]: [string, unknown]): [string, HeaderEntry] {
  const { dtype, shape, data_offsets: offsets } = (isObject(entry) ? entry : {}) as Partial<HeaderEntry>;
  const size = itemBytes[dtype as SafeTensor['dtype']];
  if (size === undefined)
    throw malformed(`tensor ${name} has dtype ${String(dtype)}; F64, F32 and U8 are read`);
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw malformed(`tensor ${name} needs a shape and two offsets`);
  }
  const items = shape.reduce((product, length) => product * length, 1);
  if (offsets[1] - offsets[0] !== items * size) {
    throw malformed(
      `tensor ${name} of shape [${shape}] needs ${items * size} bytes, got ${offsets[1] - offsets[0]}`,
    );
  }
  return [name, entry as HeaderEntry];
}

function tensor({ dtype, shape }: HeaderEntry, bytes: Uint8Array): SafeTensor {
  if (dtype === 'U8') return { dtype, shape, values: Uint8Array.from(bytes) };
  // A fresh buffer is aligned, whatever the offset in the file was.
  const { buffer } = Uint8Array.from(bytes);
  return dtype === 'F64'
    ? { dtype, shape, values: new Float64Array(buffer) }
    : { dtype, shape, values: new Float32Array(buffer) };
}

function byOffset([, a]: [string, HeaderEntry], [, b]: [string, HeaderEntry]): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(entry => Number.isSafeInteger(entry) && entry >= 0);
}

function malformed(what: string, cause?: unknown): RangeError {
  return new RangeError(`Cannot read safetensors: ${what}`, { cause });
}
