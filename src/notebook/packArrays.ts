import type { Trace } from '../figures/figure';

/** Numbers as Plotly reads them from JSON since plotly.js 2.28: little-endian bytes in base64. */
export interface PackedNumbers {
  readonly dtype: 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'f4' | 'f8';
  readonly bdata: string;
  /** `rows, columns` of a matrix, row-major; missing for a list. */
  readonly shape?: string;
}

/** Lists shorter than this gain nothing. */
const LEAST_NUMBERS = 16;

/** What names of numbers, commas and quotes add to the bytes. */
const FRAME = 28;

/** Lists whose gaps are gaps of the drawing, whether they are null or NaN. */
const coordinates: ReadonlySet<string> = new Set(['x', 'y', 'z']);

/**
 * A drawing's traces with their lists of numbers packed, where that is shorter: whole numbers exactly, others in four bytes when
 * that keeps six digits, else in eight. Text, mixed and short lists stay as they are, and so does what has been packed before.
 */
export function packArrays(data: readonly Trace[]): readonly Trace[] {
  // A value that moves in its seventh digit may fall into the next bin.
  return data.map(trace => pack(trace, '', !trace.type.startsWith('histogram')) as Trace);
}

/** @param mayRound whether six digits are enough for coordinates */
function pack(value: unknown, key: string, mayRound: boolean): unknown {
  if (Array.isArray(value)) {
    // Plotly unpacks a matrix as a whole only, never row by row.
    if (Array.isArray(value[0])) return packMatrix(value, key, mayRound) ?? value;
    return packList(value, key, mayRound) ?? value.map(item => pack(item, key, mayRound));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, pack(item, name, mayRound)]));
}

/** Rows of equal length, such as the colours of a heat map. */
function packMatrix(rows: readonly unknown[], key: string, mayRound: boolean): PackedNumbers | null {
  if (!coordinates.has(key)) return null;
  const columns = (rows[0] as readonly unknown[]).length;
  if (!rows.every(row => Array.isArray(row) && row.length === columns)) return null;
  const packed = packList(rows.flat(), key, mayRound);
  return packed && { ...packed, shape: `${rows.length}, ${columns}` };
}

function packList(list: readonly unknown[], key: string, mayRound: boolean): PackedNumbers | null {
  if (list.length < LEAST_NUMBERS) return null;
  const hasGaps = list.includes(null);
  if (hasGaps && !coordinates.has(key)) return null;
  if (!list.every(item => typeof item === 'number' || item === null)) return null;
  const numbers = list.map(item => item ?? Number.NaN);
  const dtype = typeOf(numbers, key, mayRound);
  const bytes = new Uint8Array(arrays[dtype].from(numbers).buffer);
  const packed = { dtype, bdata: Buffer.from(bytes).toString('base64') };
  return packed.bdata.length + FRAME < JSON.stringify(list).length ? packed : null;
}

const arrays = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

function typeOf(numbers: readonly number[], key: string, mayRound: boolean): PackedNumbers['dtype'] {
  const low = numbers.reduce((least, value) => Math.min(least, value), 0);
  const high = numbers.reduce((most, value) => Math.max(most, value), 0);
  if (numbers.every(Number.isInteger)) {
    for (const [bits, signed, unsigned] of [
      [8, 'i1', 'u1'],
      [16, 'i2', 'u2'],
      [32, 'i4', 'u4'],
    ] as const) {
      if (low >= 0 && high < 2 ** bits) return unsigned;
      if (low >= -(2 ** (bits - 1)) && high < 2 ** (bits - 1)) return signed;
    }
  }
  // What is printed as it is may not change in its last digits.
  const isDrawn = mayRound && (coordinates.has(key) || key.startsWith('array'));
  return isDrawn && numbers.every(keepsDigits) ? 'f4' : 'f8';
}

/** Four bytes give back every number of at most six digits. */
function keepsDigits(value: number): boolean {
  return Number.isNaN(value) || Number(Math.fround(value).toPrecision(6)) === value;
}
