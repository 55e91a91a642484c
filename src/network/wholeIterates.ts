import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ZarrLayout } from '../data/zarrLayout';
import { isWholeChunk } from '../data/zarrReader';
import { type FolderShape, growingArrays } from './folderLayout';

/**
 * How many of the iterates that an unfinished recording counts are there: up to the last row of chunks that is whole in every
 * array. All of them, unless the power failed: the chunks of the last seconds had not reached the disk then, because waiting for
 * it would cost more than they are worth. Gaps further up are not looked for: windows that need such a chunk are refused by its
 * name, all others can still be read.
 */
export async function wholeIterates(folder: string, shape: FolderShape, iterates: number): Promise<number> {
  const { rows } = shape;
  const arrays = growingArrays(shape, iterates);
  const counted = Math.ceil(iterates / rows);
  // Not more than there are, whatever the metadata count.
  for (let row = Math.min(counted, await rowsThere(folder)) - 1; row >= 0; row--) {
    if (await isWholeRow(folder, arrays, row)) return Math.min(iterates, (row + 1) * rows);
  }
  return 0;
}

async function isWholeRow(folder: string, arrays: readonly ZarrLayout[], row: number): Promise<boolean> {
  for (const layout of arrays) {
    const [, width] = layout.shape;
    const [, columns] = layout.chunk;
    const isTable = width !== undefined;
    for (let column = 0; column < (isTable ? Math.ceil(width / columns) : 1); column++) {
      if (!(await isWholeChunk(folder, layout, isTable ? [row, column] : [row]))) return false;
    }
  }
  return true;
}

async function rowsThere(folder: string): Promise<number> {
  const names = await readdir(join(folder, 'weights', 'c')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter(name => /^\d+$/.test(name)).reduce((most, name) => Math.max(most, Number(name) + 1), 0);
}
