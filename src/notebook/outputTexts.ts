import { fromLines, type NotebookFile } from './notebookFile';

/**
 * What an executed notebook says, as text: its tables, the words of its figures, its prints, in order. Versions, progress,
 * timings and given parameters are left out: they tell of the day's machine and of what was asked.
 */
export function outputTexts({ cells }: NotebookFile): readonly string[] {
  return cells.flatMap(cell => {
    if (cell.cell_type !== 'code') return [];
    return cell.outputs.flatMap(output => {
      if (output.output_type === 'stream') return [fromLines(output.text)];
      const { kind = '' } = output.metadata.legcnet ?? {};
      return ['session', 'progress', 'timings', 'params'].includes(kind)
        ? []
        : [fromLines(output.data['text/plain'])];
    });
  });
}
