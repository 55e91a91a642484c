import { chmodSync } from 'node:fs';

/** Who owns nothing here. */
const NOBODY = 65534;

/**
 * Takes from this process the right to write to some folders, for good: root, who may write everywhere, becomes nobody; another
 * user is refused by the folders' mode.
 *
 * @returns why that cannot be done, or null
 */
export function loseRightTo(folders: readonly string[]): string | null {
  if (process.getuid === undefined) return 'this system has no users to give up';
  if (process.getuid() !== 0) {
    for (const folder of folders) chmodSync(folder, 0o555);
    return null;
  }
  try {
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
    return null;
  } catch (error) {
    return `root cannot be given up: ${(error as Error).message}`;
  }
}
