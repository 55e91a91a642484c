import { type CellOutput, fromLines, type NotebookFile } from './notebookFile';

/**
 * What is wrong with the outputs of cells that tslab calls fine, or null: an error that nobody handled, a figure shown as text
 * only, or a result that differs from the paper without a reason.
 */
export function findComplaint(notebook: NotebookFile): string | null {
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    for (const output of cell.outputs) {
      const complaint = complaintOf(output);
      if (complaint === 'failed') return failureOf(notebook, index);
      if (complaint !== null) return `${cellName(notebook, index)} ${complaint}`;
    }
  }
  return null;
}

function complaintOf(output: CellOutput): string | null {
  if (output.output_type === 'stream') {
    const text = fromLines(output.text);
    if (output.name === 'stderr' && /^(UnhandledPromiseRejection|UncaughtException):/m.test(text))
      return 'failed';
    return /kind: 'figure'|^\[figure\] /m.test(text) ? FIGURE_AS_TEXT : null;
  }
  const { kind, unexplained = [] } = output.metadata.legcnet ?? {};
  if (kind === 'figure' && Object.keys(output.data).length < 2) return FIGURE_AS_TEXT;
  if (unexplained.length > 0) return `differs from the paper without a reason in ${unexplained.join(', ')}`;
  return null;
}

const FIGURE_AS_TEXT = 'shows a figure as text';

/** A failed cell, with what it wrote to stderr. */
export function failureOf(notebook: NotebookFile, index: number): string {
  const cell = notebook.cells[index];
  const outputs = cell.cell_type === 'code' ? cell.outputs : [];
  const errors = outputs.flatMap(output =>
    output.output_type === 'stream' && output.name === 'stderr' ? [fromLines(output.text)] : [],
  );
  return `${cellName(notebook, index)} failed\n${errors.join('').trim()}`;
}

/** A code cell by its number and first line. */
export function cellName(notebook: NotebookFile, index: number): string {
  const source = fromLines(notebook.cells[index].source);
  const first = source.split('\n').find(line => line.trim() !== '') ?? '';
  const number = notebook.cells.slice(0, index + 1).filter(cell => cell.cell_type === 'code').length;
  return `code cell ${number} (${first.length > 60 ? `${first.slice(0, 59)}…` : first})`;
}
