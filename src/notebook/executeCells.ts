import { createConverter } from 'tslab/dist/converter';
import { createExecutor } from 'tslab/dist/executor';
import { JupyterHandlerImpl } from 'tslab/dist/jupyter';
import { errorReport } from './errors';
import {
  type CellOutput,
  type CodeCell,
  fromLines,
  mayFail,
  type NotebookFile,
  toLines,
} from './notebookFile';
import { offerOwnModules } from './ownModules';
import { plugIn } from './plugIn';

/** How one code cell went. */
export interface CellRun {
  /** Place of the cell in the notebook, from 0. */
  readonly cell: number;
  readonly status: 'ok' | 'error' | 'abort';
  readonly seconds: number;
}

/** After an error tslab refuses cells for 200 ms. */
const REFUSING_MS = 300;

/**
 * Executes the code cells of a notebook in this process with tslab's own parts (converter, executor, message handler) and
 * our plug-in, as our kernel would, and writes outputs and counts into it, until the first cell that fails and may not (`mayFail`). Takes over this process's stdout and stderr
 * and ends up with open file watchers: meant for a process of its own.
 *
 * @param onCell called after every cell
 */
export async function executeCells(
  notebook: NotebookFile,
  folder: string,
  onCell: (run: CellRun) => void,
): Promise<void> {
  offerOwnModules(folder);
  const node = createConverter();
  const executor = createExecutor(folder, { node, browser: node, close: () => node.close() }, console);
  const handler = new JupyterHandlerImpl(executor, false);
  plugIn();
  // As tslab's own kernel does.
  process.on('uncaughtException', error => console.error('UncaughtException:', reported(error)));
  process.on('unhandledRejection', reason => console.error('UnhandledPromiseRejection:', reported(reason)));
  process.on('SIGINT', () => executor.interrupt());
  const request = {
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
  const places = new Map<string, CellOutput>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    const start = performance.now();
    const reply = await handler.handleExecute(
      { ...request, code: fromLines(cell.source) },
      (name, text) => appendStream(cell, name === 'stderr' ? 'stderr' : 'stdout', text),
      (message, update) => place(cell, message, update, places),
    );
    // Rejections that nobody handles are reported one turn after the cell.
    await new Promise(resolve => setTimeout(resolve, 5));
    cell.execution_count = reply.execution_count ?? null;
    onCell({
      cell: index,
      status: reply.status as CellRun['status'],
      seconds: (performance.now() - start) / 1000,
    });
    if (reply.status === 'ok') continue;
    if (!mayFail(cell)) return;
    await new Promise(resolve => setTimeout(resolve, REFUSING_MS));
  }
}

function reported(thrown: unknown): unknown {
  return thrown instanceof Error ? errorReport(thrown) : thrown;
}

function appendStream(cell: CodeCell, name: 'stdout' | 'stderr', text: string): void {
  const last = cell.outputs.at(-1);
  if (last?.output_type === 'stream' && last.name === name) {
    last.text = toLines(fromLines(last.text) + text);
  } else {
    cell.outputs.push({ output_type: 'stream', name, text: toLines(text) });
  }
}

interface Message {
  readonly data: object;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}

function place(cell: CodeCell, message: Message, update: boolean, places: Map<string, CellOutput>): void {
  const content = { data: { ...message.data }, metadata: { ...message.metadata } };
  const id = message.transient.display_id;
  const shown = id === undefined ? undefined : places.get(id);
  if (update) {
    if (shown !== undefined) Object.assign(shown, content);
    return;
  }
  const output: CellOutput = { output_type: 'display_data', ...content };
  cell.outputs.push(output);
  if (id !== undefined) places.set(id, output);
}
