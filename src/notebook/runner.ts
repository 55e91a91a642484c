import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { CellRun } from './executeCells';
import { cellName, failureOf, findComplaint } from './findComplaint';
import { mayFail, type NotebookCell, type NotebookFile, parseNotebook } from './notebookFile';
import { parsePercent } from './percent';

export interface RunNotebookOptions {
  /** Most seconds for the whole notebook. Default 600. */
  readonly timeout?: number;
  /** Called after every cell. */
  readonly onCell?: (run: CellRun) => void;
  readonly signal?: AbortSignal;
  /** Environment variables added to this process's own. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Values for `params()`, by name; recorded in the executed notebook's metadata. Default: those of LEGCNET_PARAMS. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A notebook after its run, outputs in place. */
export interface ExecutedNotebook {
  /** The source file, as it was given. */
  readonly path: string;
  readonly notebook: NotebookFile;
  readonly cells: readonly CellRun[];
  readonly seconds: number;
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
}

/** Why a notebook failed; `executed` holds what was done until then. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError';
  readonly executed: ExecutedNotebook;

  constructor(message: string, executed: ExecutedNotebook) {
    super(message);
    this.executed = executed;
  }
}

/** What the parent sends to the process of a notebook. */
export interface ChildTask {
  readonly notebook: NotebookFile;
  readonly folder: string;
}

/** What it sends back: each cell as it ends, the whole notebook at the end. */
export type ChildMessage =
  | { readonly run: CellRun; readonly cell: NotebookCell }
  | { readonly notebook: NotebookFile };

/**
 * Executes a notebook, `.ts` in percent format or `.ipynb`, in a process of its own, with the notebook's folder as
 * working directory. No Python and no sockets take part; the code that compiles and runs the cells is tslab's.
 *
 * @throws NotebookError when a cell fails (unless it is tagged `raises-exception`), leaves an error that nobody handled, shows a
 *   figure as text only, or shows results that differ from the paper without a reason, and when the time is over
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<ExecutedNotebook> {
  const notebook = withParams(await readNotebook(path), options.params);
  const folder = dirname(resolve(path));
  const executed = await runInChild(path, notebook, folder, options);
  const complaint = findComplaint(executed.notebook) ?? findUnread(executed.notebook, options.params);
  if (complaint !== null) throw new NotebookError(`${path}: ${complaint}`, executed);
  return executed;
}

/** The notebook in a file, outputs removed. */
async function readNotebook(path: string): Promise<NotebookFile> {
  const text = await readFile(path, 'utf8');
  if (extname(path) !== '.ipynb') return parsePercent(text);
  const notebook = parseNotebook(text, path);
  for (const cell of notebook.cells) {
    if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  }
  return notebook;
}

function withParams(notebook: NotebookFile, params: RunNotebookOptions['params']): NotebookFile {
  if (params === undefined || Object.keys(params).length === 0) return notebook;
  return { ...notebook, metadata: { ...notebook.metadata, legcnet: { params } } };
}

/** Parameters that nobody read would leave a run that is not what was asked for. */
function findUnread({ cells }: NotebookFile, params: RunNotebookOptions['params']): string | null {
  if (params === undefined || Object.keys(params).length === 0) return null;
  const outputs = cells.flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []));
  const areRead = outputs.some(
    output => output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'params',
  );
  return areRead
    ? null
    : `parameters were given, but no cell calls params(): ${Object.keys(params).join(', ')}`;
}

function runInChild(
  path: string,
  notebook: NotebookFile,
  folder: string,
  { timeout = 600, onCell = () => {}, signal, env = {}, params = {} }: RunNotebookOptions,
): Promise<ExecutedNotebook> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const cells: CellRun[] = [];
  const given = Object.keys(params).length === 0 ? {} : { LEGCNET_PARAMS: JSON.stringify(params) };
  let current = notebook;
  const soFar = (): ExecutedNotebook => ({
    path,
    notebook: current,
    cells,
    seconds: (performance.now() - start) / 1000,
    startedAt,
  });
  return new Promise((succeed, fail) => {
    // Native libraries write past tslab to the process's own stderr: kept apart, to explain a crash.
    const child = fork(join(__dirname, 'runnerChild.js'), [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0', ...given, ...env },
      execArgv: [],
    });
    let native = '';
    let isDone = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      native = (native + text).slice(-4000);
    });
    const end = (reason: string | null): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      child.kill('SIGKILL');
      if (reason === null) succeed(soFar());
      else fail(new NotebookError(`${path}: ${reason}`, soFar()));
    };
    const abort = (): void => end('stopped by its signal');
    const timer = setTimeout(() => end(`not done after ${timeout} s, in ${nameOfNext()}`), timeout * 1000);
    const nameOfNext = (): string => {
      const next = current.cells.findIndex(
        (cell, i) => cell.cell_type === 'code' && i > (cells.at(-1)?.cell ?? -1),
      );
      return next < 0 ? 'its last cell' : cellName(current, next);
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    child.on('message', (message: ChildMessage) => {
      if ('notebook' in message) {
        current = message.notebook;
        const failed = cells.find(({ status, cell }) => status !== 'ok' && !mayFail(current.cells[cell]));
        end(failed === undefined ? null : failureOf(current, failed.cell));
      } else {
        cells.push(message.run);
        const copy = [...current.cells];
        copy[message.run.cell] = message.cell;
        current = { ...current, cells: copy };
        onCell(message.run);
      }
    });
    child.on('error', error => end(error.message));
    child.on('exit', (code, by) =>
      end(`the process ended in ${nameOfNext()} (${by ?? `exit code ${code}`}) ${native}`.trim()),
    );
    child.send({ notebook, folder } satisfies ChildTask);
  });
}
