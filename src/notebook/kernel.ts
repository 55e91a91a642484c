import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeOutShorthands } from './shorthands';

/** Content of a Jupyter `display_data` message. */
export interface DisplayMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
}

/** Sends a display to the cell it was taken in; `update` replaces the display of the same id. */
export type WriteDisplay = (message: DisplayMessage, update: boolean) => void;

interface TslabGlobal {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly require: NodeJS.Require;
}

interface ExecuteRequest {
  readonly code: string;
}

interface CellMessage {
  readonly content: ExecuteRequest;
  readonly metadata: { readonly cellId?: string };
}

interface TslabJupyter {
  readonly lastWriteDisplayData: WriteDisplay | null;
  readonly JupyterHandlerImpl: {
    prototype: {
      readonly execCount: number;
      handleExecuteImpl: (request: ExecuteRequest, ...rest: unknown[]) => Promise<unknown>;
    };
  };
  readonly ZmqServer: {
    prototype: { handleExecute: (socket: unknown, message: CellMessage) => Promise<unknown> };
  };
}

/** A cell that runs. */
export interface RunningCell {
  /** The count that the frontend shows beside it. */
  readonly number: number;
  readonly code: string;
  /** The same whenever the same cell of the notebook runs; null from frontends that do not say. */
  readonly id: string | null;
}

/** How a cell ended; an interrupt is an error. */
export type CellStatus = 'ok' | 'error';

const cellStartListeners = new Set<(cell: RunningCell) => void>();
const cellEndListeners = new Set<(status: CellStatus) => void>();

/** Whether this code runs in a tslab kernel (or in our notebook runner, which drives the same code). */
export function isInKernel(): boolean {
  return '__tslab__' in globalThis;
}

/**
 * The running kernel's way to send a display with several formats, or null outside tslab. It belongs to the cell that
 * runs now: a long task that takes it once keeps writing to its own cell.
 */
export function currentWriter(): WriteDisplay | null {
  return tslabJupyter()?.lastWriteDisplayData ?? null;
}

/** Calls `listener` before every cell. */
export function onCellStart(listener: (cell: RunningCell) => void): void {
  cellStartListeners.add(listener);
}

/** Calls `listener` after every cell, before the frontend hears that the cell is done. */
export function onCellEnd(listener: (status: CellStatus) => void): void {
  cellEndListeners.add(listener);
}

let isWatching = false;
let running: RunningCell | null = null;

/** The cell that runs now or ran last; null before the first that is watched. */
export function runningCell(): RunningCell | null {
  return running;
}

/**
 * Starts calling the listeners, from the next cell on. Does nothing outside tslab or a second time.
 *
 * What is wrapped is the part that tslab runs when a cell's turn comes: after "Run all" the part before it has been
 * called for every cell before the first one runs.
 */
export function watchCells(): void {
  const jupyter = tslabJupyter();
  if (isWatching || jupyter === null) return;
  isWatching = true;
  const cellIds = new WeakMap<ExecuteRequest, string>();
  const server = jupyter.ZmqServer.prototype;
  const { handleExecute } = server;
  server.handleExecute = function (socket, message) {
    const { cellId } = message.metadata;
    if (cellId !== undefined) cellIds.set(message.content, cellId);
    return handleExecute.call(this, socket, message);
  };
  const handler = jupyter.JupyterHandlerImpl.prototype;
  const { handleExecuteImpl } = handler;
  handler.handleExecuteImpl = async function (request, ...rest) {
    const { code } = request;
    running = { number: this.execCount + 1, code, id: cellIds.get(request) ?? null };
    for (const listener of cellStartListeners) listener(running);
    let status: CellStatus = 'error';
    try {
      const full = { ...request, code: writeOutShorthands(code, variables()) };
      const count = await handleExecuteImpl.call(this, full, ...rest);
      status = 'ok';
      return count;
    } finally {
      for (const listener of cellEndListeners) listener(status);
    }
  };
  onEndOfThisCell(status => {
    for (const listener of cellEndListeners) listener(status);
  });
}

/** Names that earlier cells have declared. */
function variables(): ReadonlySet<string> {
  const { exports } = (globalThis as unknown as { __tslab__: TslabGlobal }).__tslab__;
  return new Set(Object.keys(exports));
}

/**
 * Whether the kernel's own code is what called the function that asks, with nothing but Node and this room between: tslab
 * prints last expressions and errors that nobody caught, and a `console.log` of the reader looks the same from inside.
 *
 * @param file which files of tslab are meant
 */
export function isCalledByTslab(file: RegExp): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 40;
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = stackTraceLimit;
  const isOurs = (frame: string): boolean => frame.includes(__dirname) || frame.includes('inspectResult');
  const caller = frames.find(frame => !frame.includes('node:') && !isOurs(frame));
  const [, name = ''] = /[\\/]tslab[\\/]dist[\\/]([\w.]+)/.exec(caller ?? '') ?? [];
  return file.test(name);
}

let found: TslabJupyter | null = null;

/**
 * tslab's module of Jupyter messages. Its public API sends one format at a time only, so we ask the running kernel
 * (not a copy that may lie nearer to us) where its public module was loaded from, and take the neighbour.
 */
function tslabJupyter(): TslabJupyter | null {
  found ??= findTslabJupyter();
  return found;
}

function findTslabJupyter(): TslabJupyter | null {
  const tslab = (globalThis as { __tslab__?: TslabGlobal }).__tslab__;
  if (tslab === undefined) return null;
  const publicModule: unknown = tslab.require('tslab');
  const loaded = Object.values(createRequire(__filename).cache).find(
    module => module?.exports === publicModule,
  );
  return loaded === undefined ? null : tslab.require(join(dirname(loaded.filename), 'jupyter.js'));
}

/**
 * Calls `listener` when the cell that runs now is over. It began before anybody watched, but tslab has yet to wait for it: when its
 * part before the first `await` ends, tslab calls `Promise.race` with the cell's promise and the interrupt's. That one call is
 * caught; a cell without `await`, or one that asks after it, is not told.
 */
function onEndOfThisCell(listener: (status: CellStatus) => void): void {
  const { race } = Promise;
  const restore = (): void => {
    Promise.race = race;
  };
  const watched = function (this: PromiseConstructor, promises: readonly unknown[]): Promise<unknown> {
    const first = race.call(this, promises);
    const caller = new Error().stack?.split('\n')[2] ?? '';
    if (!/[\\/]tslab[\\/]dist[\\/]executor\.js/.test(caller)) return first;
    restore();
    first.then(
      () => listener('ok'),
      () => listener('error'),
    );
    return first;
  };
  Promise.race = watched as typeof race;
  queueMicrotask(restore);
}
