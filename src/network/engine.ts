import type { Part } from '../data/dataset';

/** What a training loop needs of the arithmetic behind it. */
export interface Engine {
  /** All weights, then all other numbers (`flattenParameters`). The array may be reused by the next step: copy what you keep. */
  parameters(): Float64Array;
  /** The same numbers as an engine of float32 holds them, for recordings; absent where `parameters` are those that it holds. */
  float32?(): Float32Array;
  /** One update with the training rows `order[from]` … `order[to - 1]`. */
  step(order: Int32Array, from: number, to: number): void;
  /**
   * Updates with one training row each, `order[from]` … `order[to - 1]` or the first of them; returns how many, 0 where the next one
   * needs `step`. Absent where that would gain nothing.
   */
  singles?(order: Int32Array, from: number, to: number): number;
  /** What the rows of a part get from the parameters as they stand. */
  evaluate(part: Part): Evaluation;
  /** Frees memory that JavaScript does not manage. */
  dispose(): void;
}

export interface Evaluation {
  /** Mean over the rows. */
  readonly loss: number;
  /** rows x outputs, row-major; may be reused by the next evaluation of the same part. */
  readonly outputs: Float64Array;
}
