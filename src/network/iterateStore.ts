const CHUNK_BYTES = 8 * 2 ** 20;

/** Rows of equal length kept in memory in the order they came, in chunks, so that the last length need not be known. */
export class IterateStore {
  readonly #width: number;
  readonly #rowsPerChunk: number;
  readonly #chunks: Float64Array[] = [];
  #length = 0;

  /** @param width numbers in a row */
  constructor(width: number) {
    this.#width = width;
    this.#rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / (8 * width)));
  }

  get length(): number {
    return this.#length;
  }

  /** Copies a row to the end. */
  append(row: Float64Array): void {
    this.reserve().set(row);
  }

  /** Adds a row and hands it out to be filled in. */
  reserve(): Float64Array {
    const at = this.#length % this.#rowsPerChunk;
    if (at === 0) this.#chunks.push(new Float64Array(this.#rowsPerChunk * this.#width));
    this.#length++;
    return this.#chunks[this.#chunks.length - 1].subarray(at * this.#width, (at + 1) * this.#width);
  }

  /** A view of one row; it must not be written. */
  row(index: number): Float64Array {
    const at = index % this.#rowsPerChunk;
    const chunk = this.#chunks[Math.floor(index / this.#rowsPerChunk)];
    return chunk.subarray(at * this.#width, (at + 1) * this.#width);
  }

  /** The first `columns` columns of rows start … start + length - 1, transposed: columns x length, row-major. */
  transposed(start: number, length: number, columns: number): Float64Array {
    const series = new Float64Array(columns * length);
    for (let t = 0; t < length; t++) {
      const row = this.row(start + t);
      for (let c = 0; c < columns; c++) series[c * length + t] = row[c];
    }
    return series;
  }
}
