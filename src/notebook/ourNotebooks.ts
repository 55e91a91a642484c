import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import type { NotebookFile } from './notebookFile';
import { parsePercent } from './percent';

/** Where the package's own notebooks lie, sources and executed. */
export const ourFolder: string = join(packageRoot, 'notebooks');

/** Names of the notebooks whose sources lie in a folder (default: our own), in the order in which they are read. */
export function ourNotebooks(folder: string = ourFolder): readonly string[] {
  return readdirSync(folder)
    .flatMap(file => (extname(file) === '.ts' ? [basename(file, '.ts')] : []))
    .sort();
}

/**
 * Name of a notebook of a folder, given with or without the number in front.
 *
 * @throws RangeError when there is none
 */
export function notebookName(notebook: string, folder: string = ourFolder): string {
  const known = ourNotebooks(folder);
  const found = known.find(name => name === notebook || name.replace(/^\d+-/, '') === notebook);
  if (found === undefined)
    throw new RangeError(
      `There is no notebook '${notebook}', neither as a file nor among ours: ${known.join(', ')}`,
    );
  return found;
}

/** Path of a notebook that is given as a file, or by its name as `notebookName` takes it. */
export function findNotebook(notebook: string): string {
  if (extname(notebook) !== '' && existsSync(notebook)) return notebook;
  return join(ourFolder, `${notebookName(notebook)}.ts`);
}

/** A notebook as it was written: cells without outputs. */
export function sourceOf(name: string, folder: string = ourFolder): NotebookFile {
  return parsePercent(readFileSync(join(folder, `${name}.ts`), 'utf8'));
}

/** A notebook as it was executed last, or null when it never was. */
export function committedNotebook(name: string, folder: string = ourFolder): NotebookFile | null {
  const path = join(folder, `${name}.ipynb`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** Whether an executed notebook has the cells of its source. */
export function isCurrent({ cells }: NotebookFile, source: NotebookFile): boolean {
  const ids = cells.map(({ id }) => id).join();
  // An id is a hash of the cell's text.
  return ids === source.cells.map(({ id }) => id).join();
}
