/** One result to write. */
export interface Named<T = unknown> {
  /** As given by the user. */
  readonly result: string;
  /** File name without ending. */
  readonly name: string;
  readonly value: T;
}
