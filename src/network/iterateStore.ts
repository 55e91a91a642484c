const CHUNK_BYTES = 8 * 2 ** 20;
/** Below, a loop copies faster than a call of `set`. */
const SHORT = 100;

/** How numbers are kept: to the last bit, or rounded to 24 bits (relative error up to 6e-8) in half the space. */
export type Storage = 'float64' | 'float32';

/** Bytes of one number. */
export const bytesPerNumber: Readonly<Record<Storage, number>> = { float64: 8, float32: 4 };

/** Columns that are transposed side by side: one by one, each number would cost a line of the processor's cache. */
const BLOCK = 64;

/** Rows of equal length kept in memory in the order they came, in chunks, so that the last length need not be known. */
export class IterateStore {
  readonly #width: number;
  readonly #storage: Storage;
  readonly #rowsPerChunk: number;
  readonly #expected: number;
  readonly #chunks: (Float64Array | Float32Array)[] = [];
  #length = 0;

  /**
   * @param width numbers in a row
   * @param expected rows that come, if known: no more memory is taken for them than they need; more may come
   */
  constructor(width: number, storage: Storage = 'float64', expected: number = Number.POSITIVE_INFINITY) {
    this.#expected = expected;
    this.#width = width;
    this.#storage = storage;
    this.#rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / (bytesPerNumber[storage] * width)));
  }

  get length(): number {
    return this.#length;
  }

  /** Copies the first numbers of `row`, as many as fit, to the end. */
  append(row: Float64Array | Float32Array): void {
    const at = this.#length % this.#rowsPerChunk;
    if (at === 0) {
      const left = this.#expected - this.#length;
      const rows = left > 0 ? Math.min(left, this.#rowsPerChunk) : this.#rowsPerChunk;
      const size = rows * this.#width;
      this.#chunks.push(this.#storage === 'float64' ? new Float64Array(size) : new Float32Array(size));
    }
    const chunk = this.#chunks[this.#chunks.length - 1];
    const width = this.#width;
    const start = at * width;
    if (width < SHORT) for (let c = 0; c < width; c++) chunk[start + c] = row[c];
    else chunk.set(row.length > width ? row.subarray(0, width) : row, start);
    this.#length++;
  }

  /** A copy of one row. */
  row(index: number): Float64Array {
    return Float64Array.from(this.#view(index));
  }

  /** The first `columns` columns of rows start … start + length - 1, transposed: columns x length, row-major. */
  transposed(
    start: number,
    length: number,
    columns: number,
    series: Float64Array = new Float64Array(columns * length),
  ): Float64Array {
    for (let first = 0; first < columns; first += BLOCK) {
      const end = Math.min(columns, first + BLOCK);
      for (let t = 0; t < length; t++) {
        const chunk = this.#chunks[Math.floor((start + t) / this.#rowsPerChunk)];
        const row = ((start + t) % this.#rowsPerChunk) * this.#width;
        for (let c = first; c < end; c++) series[c * length + t] = chunk[row + c];
      }
    }
    return series;
  }

  #view(index: number): Float64Array | Float32Array {
    const at = index % this.#rowsPerChunk;
    const chunk = this.#chunks[Math.floor(index / this.#rowsPerChunk)];
    return chunk.subarray(at * this.#width, (at + 1) * this.#width);
  }
}
