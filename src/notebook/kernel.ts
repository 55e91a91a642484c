import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Content of a Jupyter `display_data` message. */
export interface DisplayMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
}

/** Sends a display to the cell it was taken in; `update` replaces the display of the same id. */
export type WriteDisplay = (message: DisplayMessage, update: boolean) => void;

interface TslabGlobal {
  readonly require: NodeJS.Require;
}

interface TslabJupyter {
  readonly lastWriteDisplayData: WriteDisplay | null;
  readonly JupyterHandlerImpl: {
    prototype: { handleExecuteImpl: (...input: unknown[]) => Promise<unknown> };
  };
}

/** How a cell ended; an interrupt is an error. */
export type CellStatus = 'ok' | 'error';

const cellStartListeners = new Set<() => void>();
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
export function onCellStart(listener: () => void): void {
  cellStartListeners.add(listener);
}

/** Calls `listener` after every cell, before the frontend hears that the cell is done. */
export function onCellEnd(listener: (status: CellStatus) => void): void {
  cellEndListeners.add(listener);
}

let isWatching = false;

/**
 * Starts calling the listeners, from the next cell on. Does nothing outside tslab or a second time.
 *
 * What is wrapped is the part that tslab runs when a cell's turn comes: after "Run all" the part before it has been
 * called for every cell before the first one runs.
 */
export function watchCells(): void {
  const prototype = tslabJupyter()?.JupyterHandlerImpl.prototype;
  if (isWatching || prototype === undefined) return;
  isWatching = true;
  const { handleExecuteImpl } = prototype;
  prototype.handleExecuteImpl = async function (...input) {
    for (const listener of cellStartListeners) listener();
    let status: CellStatus = 'error';
    try {
      const count = await handleExecuteImpl.apply(this, input);
      status = 'ok';
      return count;
    } finally {
      for (const listener of cellEndListeners) listener(status);
    }
  };
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
