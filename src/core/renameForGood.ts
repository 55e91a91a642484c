import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** File systems that cannot do it, shared ones above all, and folders that may be written but not read: no failure of the disk. */
const cannot = ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EACCES', 'EPERM'];

/**
 * Gives a file that has been written its final name so that it stays whole when the power fails: its bytes are on the disk
 * before the name is, and the name before this resolves. Without that, some file systems leave an empty file under the new name.
 *
 * @throws Error of the system; the file then has its old name, or the new one
 */
export async function renameForGood(part: string, file: string): Promise<void> {
  await sync(part, 'r+');
  await rename(part, file);
  // Windows cannot open folders.
  if (process.platform !== 'win32') await sync(dirname(file), 'r');
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, flags);
    await handle.sync();
  } catch (error) {
    if (!cannot.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}
