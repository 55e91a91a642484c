import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PREFIX = 'making-';

/** Runs `make` with a new empty folder below `parent`, which is gone afterwards whatever happens. */
export async function withWorkFolder(parent, make) {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, PREFIX));
  try {
    return await make(folder);
  } finally {
    remove(folder);
  }
}

/** Removes work folders of processes that were killed. Call it only while holding the lock. */
export function removeLeftovers(parent) {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) if (name.startsWith(PREFIX)) remove(join(parent, name));
}

/** Puts a finished folder in place of an older one; a kill in between leaves none, never half of one. */
export function replaceFolder(finished, place, workFolder) {
  if (existsSync(place)) renameSync(place, join(workFolder, 'replaced'));
  renameSync(finished, place);
}

function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
