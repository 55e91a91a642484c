/** Both arrays share their memory. */
export interface DyingTask {
  /** How many more workers this task kills. */
  readonly deaths: Int32Array;
  readonly answer: Float64Array;
}

export function dieOrAnswer({ deaths, answer }: DyingTask): void {
  if (Atomics.sub(deaths, 0, 1) > 0) process.exit(7);
  answer[0] = 42;
}
