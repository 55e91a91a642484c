import { LongRun } from '../core/longRun';
import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber } from '../core/require';
import type { ExportedFolder } from '../notebook/exportView';
import { type ExportPlaceOptions, exportPlaceOptionNames, requireName } from './exportResults';

/** How a notebook is exported, and where. */
export interface ExportNotebookOptions extends ExportPlaceOptions {
  /** Takes one of our notebooks as it is committed, instead of executing it. Default false. */
  readonly committed?: boolean;
  /** Most seconds for executing it. Default 600. */
  readonly timeout?: number;
}

const exportNotebookOptionNames: OptionNames<ExportNotebookOptions> = {
  committed: true,
  timeout: true,
  ...exportPlaceOptionNames,
};

/**
 * Writes what a notebook shows into a folder, as `exportResults` does: its figures and tables in their order, other
 * displays as text, its code as TypeScript, and the executed notebook itself. The folder has the notebook's name.
 *
 * One of our notebooks, and any source in percent format, is executed first; an `.ipynb` given by its path is taken with the
 * outputs that it has. Tables have full precision where the notebook carries their numbers, else as they are shown, which
 * the manifest says.
 *
 * @param notebook name of one of our notebooks, such as `quickstart`, or path of a `.ts` or `.ipynb` file
 * @throws RangeError for a notebook that is not there or shows nothing, NotebookError when it fails, as `exportResults` otherwise
 *
 * @example
 * import { exportNotebook } from 'legcnet';
 * const { folder, files } = await exportNotebook('quickstart', { committed: true });
 * files.includes('manifest.json'); // true
 */
export async function exportNotebook(
  notebook: string,
  options: ExportNotebookOptions = {},
): Promise<ExportedFolder> {
  const task = 'export a notebook';
  requireName(notebook, task);
  checkOptions(options, exportNotebookOptionNames, task);
  const { out = 'exports', replace = false, committed = false, timeout = 600 } = options;
  requireNumber(timeout, timeout > 0, 'above 0', 'timeout', task);
  // Loaded when asked for, as in `exportResults`.
  const { notebookFolder } = await import('./notebookFolder.js');
  return notebookFolder(notebook, { out, replace, committed, timeout, run: new LongRun(options) });
}
