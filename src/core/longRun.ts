/** How far a long task is. `done` and `total` count `unit`s. */
export interface Progress {
  /** What is done, as 'train on iris'. */
  readonly task: string;
  /** Units finished. */
  readonly done: number;
  /** Units in all. */
  readonly total: number;
  /** What is counted, as 'epochs'. */
  readonly unit: string;
  /** The number to watch while the task runs, such as the training loss. */
  readonly value?: {
    /** What the number is. */
    readonly name: string;
    /** Its present value. */
    readonly number: number;
  };
}

/** What every long function accepts. */
export interface LongRunOptions {
  /** Stops the task at the next pause (at most about 20 ms away) with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called at most ten times a second and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Makes the options of one task that was given none of its own. */
export type LongRunDefaults = () => LongRunOptions;

let defaults: LongRunDefaults = () => ({});

/**
 * Sets what a long task does for options it is not given; options that it is given win, one by one. Until the notebook
 * room calls this, such a task cannot be stopped and tells nobody how far it is: lower rooms know nothing of display.
 */
export function setLongRunDefaults(create: LongRunDefaults): void {
  defaults = create;
}

const PAUSE_EVERY_MS = 20;
const REPORT_EVERY_MS = 100;
/** Questions between two readings of the clock, while they all come within so short a time. */
const MOST_UNREAD = 15;
const QUICK_MS = 0.1;

/**
 * Keeps a long loop polite: `await pause(progress)` inside it yields to the event loop every 20 ms, throws the signal's
 * reason when aborted, and reports progress at most ten times a second. `finish` always reports.
 */
export class LongRun {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  #lastPause: number = performance.now();
  #lastRead: number = performance.now();
  /** Questions that go unanswered by the clock: how many at a time, and how many are left. */
  #stride = 0;
  #unread = 0;
  #lastReport = Number.NEGATIVE_INFINITY;

  constructor(options: LongRunOptions) {
    const { signal, onProgress } = { ...defaults(), ...given(options) };
    this.#signal = signal;
    this.#onProgress = onProgress;
    signal?.throwIfAborted();
  }

  /** True when the loop ran long enough to owe a pause; cheap enough to ask at every step: of quick steps few read the clock. */
  get isDue(): boolean {
    if (this.#unread > 0) {
      this.#unread--;
      return false;
    }
    const now = performance.now();
    this.#stride = now - this.#lastRead < QUICK_MS ? Math.min(2 * this.#stride + 1, MOST_UNREAD) : 0;
    this.#unread = this.#stride;
    this.#lastRead = now;
    return now - this.#lastPause >= PAUSE_EVERY_MS;
  }

  /** The signal in force, for what the loop hands its work to: requests, workers. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  async pause(progress: Progress): Promise<void> {
    // Asked before the report too: what was shown as stopped must not seem to go on.
    this.#signal?.throwIfAborted();
    const now = performance.now();
    if (now - this.#lastReport >= REPORT_EVERY_MS) {
      this.#lastReport = now;
      this.#onProgress?.(progress);
    }
    await new Promise<void>(resolve => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#lastPause = performance.now();
  }

  /** What `work` resolves to, or, when aborted before that, at once the signal's reason. Ends no work: workers are the caller's. */
  async orAbort<T>(work: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return work;
    let onAbort = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  finish(progress: Progress): void {
    this.#onProgress?.(progress);
  }
}

/** The options that are there; one that is undefined is not. */
function given({ signal, onProgress }: LongRunOptions): LongRunOptions {
  return { ...(signal && { signal }), ...(onProgress && { onProgress }) };
}
