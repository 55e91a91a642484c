/** What a training loop needs of the arithmetic behind it. */
export interface Engine {
  /** All weights, then all biases (`flattenParameters`). The array may be reused by the next step: copy what you keep. */
  parameters(): Float64Array;
  /** One update with the training rows `order[from]` … `order[to - 1]`. */
  step(order: Int32Array, from: number, to: number): void;
  /** Frees memory that JavaScript does not manage. */
  dispose(): void;
}
