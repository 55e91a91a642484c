import { createHash } from 'node:crypto';

/** Tells equal rows by equal text, whatever their length. */
export class RowKeys {
  readonly #values: Float64Array | Uint8Array;
  readonly #columns: number;
  readonly #row: Float32Array;

  /** @param values rows x columns, row-major */
  constructor(values: Float64Array | Uint8Array, columns: number) {
    this.#values = values;
    this.#columns = columns;
    this.#row = new Float32Array(columns);
  }

  /** Of a row, in single precision: numbers that differ by rounding only count as equal. */
  at(row: number): string {
    const start = row * this.#columns;
    // Adding 0 makes one zero of the two.
    for (let c = 0; c < this.#columns; c++) this.#row[c] = this.#values[start + c] + 0;
    return createHash('sha1').update(new Uint8Array(this.#row.buffer)).digest('base64');
  }
}
