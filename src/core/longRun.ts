/** How far a long task is. `done` and `total` count `unit`s. */
export interface Progress {
  readonly task: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** The number to watch while the task runs, such as the training loss. */
  readonly value?: { readonly name: string; readonly number: number };
}

/** What every long function accepts. */
export interface LongRunOptions {
  /** Stops the task at the next pause (at most about 20 ms away) with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called at most ten times a second and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
}

const PAUSE_EVERY_MS = 20;
const REPORT_EVERY_MS = 100;

/**
 * Keeps a long loop polite: `await pause(progress)` inside it yields to the event loop every 20 ms, throws the signal's
 * reason when aborted, and reports progress at most ten times a second. `finish` always reports.
 */
export class LongRun {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  #lastPause: number = performance.now();
  #lastReport = Number.NEGATIVE_INFINITY;

  constructor({ signal, onProgress }: LongRunOptions) {
    this.#signal = signal;
    this.#onProgress = onProgress;
    signal?.throwIfAborted();
  }

  /** True when the loop ran long enough to owe a pause; cheap enough to ask at every step. */
  get isDue(): boolean {
    return performance.now() - this.#lastPause >= PAUSE_EVERY_MS;
  }

  async pause(progress: Progress): Promise<void> {
    const now = performance.now();
    if (now - this.#lastReport >= REPORT_EVERY_MS) {
      this.#lastReport = now;
      this.#onProgress?.(progress);
    }
    await new Promise<void>(resolve => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#lastPause = performance.now();
  }

  finish(progress: Progress): void {
    this.#onProgress?.(progress);
  }
}
