import { chunkLength, type ZarrLayout } from '../data/zarrLayout';

/** Iterates of one array that wait to be written: one row of chunks. */
export class IterateBlock {
  readonly layout: ZarrLayout;
  readonly #width: number;
  readonly #numbers: Float64Array | Float32Array; // rows x width
  readonly #chunk: Float64Array | Float32Array; // columns x rows, as it stands in the file

  constructor(layout: ZarrLayout) {
    const create = (length: number) =>
      layout.type === 'float64' ? new Float64Array(length) : new Float32Array(length);
    this.layout = layout;
    this.#width = layout.shape[1] ?? 1;
    this.#numbers = create(layout.chunk[0] * this.#width);
    this.#chunk = create(chunkLength(layout));
  }

  set(row: number, values: Float64Array | Float32Array): void {
    this.#numbers.set(values, row * this.#width);
  }

  /** The chunks side by side, one after another in one buffer; what lies beyond the array is 0. */
  *chunks(held: number): Generator<Float64Array | Float32Array> {
    const [rows, columns = 1] = this.layout.chunk;
    const width = this.#width;
    const numbers = this.#numbers;
    const chunk = this.#chunk;
    for (let first = 0; first < width; first += columns) {
      chunk.fill(0);
      const count = Math.min(columns, width - first);
      for (let row = 0; row < held; row++) {
        const from = row * width + first;
        for (let c = 0; c < count; c++) chunk[c * rows + row] = numbers[from + c];
      }
      yield chunk;
    }
  }
}
