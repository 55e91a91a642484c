/** Milliseconds between two readings; a long task pauses after 20. */
const LEAP = 2;

/**
 * Does some work while every reading of `performance.now` is 2 ms after the last, so that a long task pauses at every tenth step, and
 * tasks that go on at the same time take turns all the while.
 */
export async function withLeapingClock<T>(work: () => Promise<T>): Promise<T> {
  let time = performance.now();
  Object.defineProperty(performance, 'now', { configurable: true, value: () => (time += LEAP) });
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(performance, 'now');
  }
}
