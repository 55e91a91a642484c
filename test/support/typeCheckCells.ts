import { createConverter } from 'tslab/dist/converter';
import { fromLines, mayFail, type NotebookFile } from '../../src/notebook/notebookFile';

/** Says of a notebook's cells what is wrong with their types, without running them: one line an error, none when all is well. */
export type CellTypeCheck = (notebook: NotebookFile) => readonly string[];

/**
 * Lends `work` the type checker that the kernel has, with the kernel's own settings, for cells in a folder. This process's working
 * directory is that folder meanwhile: tslab's checker knows no other way.
 */
export function withTypeCheck<T>(folder: string, work: (check: CellTypeCheck) => T): T {
  const before = process.cwd();
  process.chdir(folder);
  const converter = createConverter();
  try {
    return work(notebook => {
      const errors: string[] = [];
      let declarations = '';
      let number = 0;
      for (const cell of notebook.cells) {
        if (cell.cell_type !== 'code') continue;
        number++;
        // A cell that is there to show an error declares nothing for the cells after it.
        if (mayFail(cell)) continue;
        const { diagnostics, declOutput } = converter.convert(declarations, fromLines(cell.source));
        for (const { start, messageText } of diagnostics) {
          errors.push(`code cell ${number}, line ${start.line + 1}: ${messageText}`);
        }
        // The cells below would only fail for what this one does not declare.
        if (diagnostics.length > 0) break;
        declarations = declOutput ?? '';
      }
      return errors;
    });
  } finally {
    converter.close();
    process.chdir(before);
  }
}
