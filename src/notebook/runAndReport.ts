import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { requireClone } from '../core/installation';
import { addImages } from './images';
import { fromLines, type NotebookFile, notebookText } from './notebookFile';
import { findNotebook, ourFolder } from './ourNotebooks';
import { writeReport } from './report';
import { type ExecutedNotebook, NotebookError, type RunNotebookOptions, runNotebook } from './runner';

export interface RunAndReportOptions extends RunNotebookOptions {
  /** Name of one of our notebooks, such as `00-quickstart` or `quickstart`, or path of a notebook of your own. */
  readonly notebook: string;
  /** Folder for both files, made when missing. Default `reports`. */
  readonly out?: string;
}

/** What a run left behind. */
export interface NotebookReport {
  /** The executed notebook. */
  readonly ipynb: string;
  /** The report: one HTML file with live figures that needs no network. */
  readonly html: string;
  /** The notebook's comparisons as text tables, in order; empty when it made none. */
  readonly comparison: string;
  readonly seconds: number;
}

/**
 * Executes a notebook and writes the executed notebook and an offline report.
 *
 * @throws NotebookError when the notebook fails; both files then show how far it came
 */
export async function runAndReport(options: RunAndReportOptions): Promise<NotebookReport> {
  const { notebook, out = 'reports', ...run } = options;
  const source = findNotebook(notebook);
  const base = join(out, basename(source, extname(source)));
  const files = { ipynb: `${base}.ipynb`, html: `${base}.html` };
  await mkdir(out, { recursive: true });
  try {
    const executed = await runNotebook(source, run);
    await writeBoth(executed, files);
    return { ...files, comparison: comparisonText(executed.notebook), seconds: executed.seconds };
  } catch (error) {
    if (error instanceof NotebookError) await writeBoth(error.executed, files);
    throw error;
  }
}

/**
 * Executes one of our notebooks, or the source of one, and writes it next to its source the way it is committed: with
 * PNG figures, without HTML. Returns the written path.
 *
 * @throws RangeError for a reader's own `.ipynb`, which would be overwritten
 * @throws NotebookError when the notebook fails; nothing is written then
 */
export async function publishNotebook(name: string, options: RunNotebookOptions = {}): Promise<string> {
  const source = findNotebook(name);
  const isOurs = dirname(resolve(source)) === ourFolder;
  if (isOurs) requireClone('--publish', 'it rewrites a notebook that comes with the package');
  if (extname(source) !== '.ts' && !isOurs) {
    throw new RangeError(
      `Cannot publish ${source}: that would overwrite it; publish its .ts source, or leave --publish out`,
    );
  }
  const { notebook } = await runNotebook(source, options);
  const path = `${source.slice(0, -extname(source).length)}.ipynb`;
  await writeFile(path, notebookText(await addImages(notebook)));
  return path;
}

async function writeBoth(executed: ExecutedNotebook, files: { ipynb: string; html: string }): Promise<void> {
  await writeFile(files.ipynb, notebookText(executed.notebook));
  await writeReport(executed, files.html);
}

function comparisonText({ cells }: NotebookFile): string {
  const outputs = cells.flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []));
  return outputs
    .flatMap(output =>
      output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'comparison'
        ? [fromLines(output.data['text/plain'])]
        : [],
    )
    .join('\n\n');
}
