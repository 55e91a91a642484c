import { randomUUID } from 'node:crypto';
import type { LongRunOptions, Progress } from '../core/longRun';
import { displayWith, flushUpdates } from './display';
import { interruptSignal, onInterrupt } from './interrupt';
import { type CellStatus, currentWriter, onCellEnd, type WriteDisplay } from './kernel';
import { describeTask, type TaskState, taskBundle } from './progressView';

/** Spread into the options of any long function: `recordTraining(network, data, { …, ...progress('Training') })`. */
export type ProgressOptions = Required<LongRunOptions>;

const LINE_EVERY_MS = 3000;
const UPDATE_EVERY_MS = 100;
/** Values kept for the curve; when full, every second one goes. */
const MOST_VALUES = 240;
/** A task that nobody asked to show is shown once it has taken this long. */
const QUIET_MS = 500;

/** Tasks that have reported and are not over. */
const running = new Set<Task>();

/**
 * Displays of quiet tasks that are done, by cell and name of the task: the next task of that name takes the place, so a
 * loop over twenty trainings leaves one bar and not twenty.
 */
const freePlaces = new WeakMap<WriteDisplay, Map<string, string[]>>();

onCellEnd(status => {
  for (const task of running) task.endWithCell(status);
  flushUpdates();
});
onInterrupt(() => {
  for (const task of running) task.stop();
});

/**
 * Shows one task where it runs: a bar, the time left and the falling value, in place, at most ten times a second, always
 * with a final state. In a terminal one line that rewrites itself; in a log a line every few seconds. The stop button
 * ends the task at its next pause.
 *
 * After `init()` every long task of a notebook does this by itself once it has taken half a second; `progress` gives it
 * a name of your own, and shows it at once.
 *
 * @param name what the reader is waiting for; default: the name that the task gives itself
 * @example
 * import { createNetwork, loadDataset, progress, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const run = await train(network, iris, { epochs: 50, learningRate: 0.05, ...progress('Iris, dense') });
 * run.epochCount; // 50
 */
export function progress(name?: string): ProgressOptions {
  return follow(new Task(name, 0));
}

/** What long tasks do by themselves after `init()`: as `progress`, but short ones leave no trace. */
export function quietProgress(): ProgressOptions {
  return follow(new Task(undefined, QUIET_MS));
}

function follow(task: Task): ProgressOptions {
  return { signal: interruptSignal(), onProgress: each => task.report(each) };
}

class Task {
  readonly #name: string | undefined;
  readonly #quietMs: number;
  #id = `legcnet-${randomUUID()}`;
  readonly #write = currentWriter();
  readonly #values: number[] = [];
  #startedAt = performance.now();
  #last: Progress | null = null;
  #state: TaskState = 'running';
  #isShown = false;
  #shownAt = Number.NEGATIVE_INFINITY;
  #keepEvery = 1;
  #seen = 0;

  constructor(name: string | undefined, quietMs: number) {
    this.#name = name;
    this.#quietMs = quietMs;
  }

  report(progress: Progress): void {
    if (this.#last !== null && (progress.done < this.#last.done || this.#last.done >= this.#last.total))
      this.#startAgain();
    this.#last = progress;
    if (progress.value !== undefined) this.#keep(progress.value.number);
    if (progress.done >= progress.total) {
      this.#end('done');
      this.#freePlace(progress.task);
      return;
    }
    // A task may go on after its cell has ended.
    this.#state = 'running';
    running.add(this);
    endWithProcess();
    const every = this.#write === null && !process.stdout.isTTY ? LINE_EVERY_MS : UPDATE_EVERY_MS;
    if (performance.now() - this.#shownAt >= every) this.#show();
  }

  /** A task that a stop rule ended early never reports its total; the end of its cell says that it is over. */
  endWithCell(status: CellStatus): void {
    this.#end(status === 'ok' ? 'done' : 'stopped');
  }

  stop(): void {
    this.#end('stopped');
  }

  #end(state: TaskState): void {
    if (this.#last === null) return;
    const isNews = running.delete(this) || this.#state !== state;
    this.#state = state;
    if (isNews) this.#show();
  }

  /** The same options may serve one task after another: each has its own time and curve. */
  #startAgain(): void {
    this.#startedAt = performance.now();
    this.#values.length = 0;
    this.#keepEvery = 1;
    this.#seen = 0;
  }

  #keep(value: number): void {
    if (this.#seen++ % this.#keepEvery !== 0) return;
    this.#values.push(value);
    if (this.#values.length < MOST_VALUES) return;
    for (let i = 0; i < this.#values.length / 2; i++) this.#values[i] = this.#values[2 * i];
    this.#values.length = MOST_VALUES / 2;
    this.#keepEvery *= 2;
  }

  #show(): void {
    const now = performance.now();
    if (this.#last === null) return;
    if (!this.#isShown) {
      if (now - this.#startedAt < this.#quietMs) return;
      this.#takePlace(this.#last.task);
    }
    const line = describeTask(this.#name, this.#last, this.#state, (now - this.#startedAt) / 1000);
    this.#shownAt = now;
    if (this.#write === null) printLine(line, this.#state !== 'running');
    else {
      const bundle = taskBundle(line, this.#last, this.#state, this.#values);
      displayWith(this.#write, bundle, { id: this.#id, update: this.#isShown, kind: 'progress' });
    }
    this.#isShown = true;
  }

  #takePlace(task: string): void {
    if (this.#write === null || this.#quietMs === 0) return;
    const id = freePlaces.get(this.#write)?.get(task)?.pop();
    if (id === undefined) return;
    this.#id = id;
    this.#isShown = true;
  }

  #freePlace(task: string): void {
    if (this.#write === null || this.#quietMs === 0 || !this.#isShown) return;
    this.#isShown = false;
    const places = freePlaces.get(this.#write) ?? new Map<string, string[]>();
    freePlaces.set(this.#write, places);
    places.set(task, [...(places.get(task) ?? []), this.#id]);
  }
}

let isEndingWithProcess = false;

/** Outside a notebook no cell ends: what still runs when the process ends, ends with it. */
function endWithProcess(): void {
  if (isEndingWithProcess) return;
  isEndingWithProcess = true;
  process.once('exit', code => {
    for (const task of running) task.endWithCell(code === 0 ? 'ok' : 'error');
  });
}

function printLine(line: string, isLast: boolean): void {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${line}\n`);
    return;
  }
  // A line that wraps cannot be replaced by the next.
  const room = (process.stdout.columns || Number.POSITIVE_INFINITY) - 1;
  const shown = isLast || line.length <= room ? line : `${line.slice(0, room - 1)}…`;
  process.stdout.write(`\r\x1b[K${shown}${isLast ? '\n' : ''}`);
}
