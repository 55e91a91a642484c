import { randomUUID } from 'node:crypto';
import { open, rm, writeFile } from 'node:fs/promises';
import { renameForGood } from './renameForGood';
import { systemReason } from './systemReason';

/**
 * Replaces a text file in one step: a reader, and whoever comes after a failure, of the power too, finds the old one or the new
 * one, never a part.
 *
 * @throws Error saying why it cannot be written; the old file is then whole
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const part = partOf(file);
  try {
    await writeFile(part, text);
    await renameForGood(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}); // The failure itself says more.
    throw new Error(`Cannot save ${file}; what was saved before is whole: ${systemReason(error)}`, {
      cause: error,
    });
  }
}

/**
 * To be asked before the hours of work that are to be saved there.
 *
 * @throws Error when the file's folder cannot be written
 */
export async function checkReplaceable(file: string): Promise<void> {
  const part = partOf(file);
  try {
    await (await open(part, 'w')).close();
    await rm(part);
  } catch (error) {
    throw new Error(`Cannot save ${file}, so nothing is begun: ${systemReason(error)}`, { cause: error });
  }
}

/** Two writers must not write to one file, and on a shared disk two machines may have the same process number. */
function partOf(file: string): string {
  return `${file}.${randomUUID()}.part`;
}
