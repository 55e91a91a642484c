import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { LongRun } from '../core/longRun';
import { result } from '../core/result';
import type { ExportedFolder } from '../notebook/exportView';
import { compareFolder, readManifest } from './checkExport';
import { ExportDraft } from './exportDraft';
import { type ExportManifest, exportFormat, exportVersion, manifestName } from './exportManifest';

/**
 * Fills a folder and gives it its name when it is complete: until then the work lies in a hidden folder beside it, which
 * is removed when something goes wrong.
 *
 * @param replace whether an earlier export may go; a folder that holds anything else, or a file that was changed since, never
 * @throws RangeError where the folder is not empty and may not be replaced
 */
export async function writeFolder(
  folder: string,
  { name, replace, run }: { readonly name: string; readonly replace: boolean; readonly run: LongRun },
  fill: (draft: ExportDraft) => Promise<void>,
): Promise<ExportedFolder> {
  const place = resolve(folder);
  // Asked first, so that nobody waits for an export that has no place.
  await requireFree(place, replace, run);
  await mkdir(dirname(place), { recursive: true });
  const hidden = `.${basename(place)}-unfinished-${randomUUID().slice(0, 8)}`;
  const draft = new ExportDraft(join(dirname(place), hidden));
  // Not by mkdtemp, whose folders only their owner may open.
  await mkdir(draft.folder);
  try {
    await fill(draft);
    const sha256 = await writeManifest(draft, name);
    const old = await requireFree(place, replace, run);
    await moveInto(place, draft.folder, old);
    return result({
      kind: 'exported-folder',
      folder,
      files: [...draft.files.map(({ path }) => path), manifestName],
      bytes: draft.files.reduce((sum, { bytes }) => sum + bytes, 0),
      leftOut: draft.leftOut,
      sha256,
    });
  } catch (error) {
    await rm(draft.folder, { recursive: true, force: true });
    throw error;
  }
}

/** Returns the checksum of the manifest. */
async function writeManifest(draft: ExportDraft, name: string): Promise<string> {
  const { files, leftOut } = draft;
  const manifest: ExportManifest = {
    format: exportFormat,
    version: exportVersion,
    name,
    created: new Date().toISOString(),
    files,
    leftOut,
  };
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(draft.folder, manifestName), text, { flag: 'wx' });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * What stands at a place that an export may take: nothing, an empty folder, or an earlier export.
 *
 * @throws RangeError for anything else
 */
async function requireFree(
  place: string,
  replace: boolean,
  run: LongRun,
): Promise<'nothing' | 'empty' | 'export'> {
  const task = `Cannot export to ${place}`;
  const found = await lstat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return 'nothing';
  if (!found.isDirectory()) throw new RangeError(`${task}: that is a file or a link, not a folder`);
  const entries = await readdir(place);
  if (entries.length === 0) return 'empty';
  if (!replace) throw new RangeError(`${task}: the folder is not empty; replace: true replaces an export`);
  if (!entries.includes(manifestName)) {
    throw new RangeError(
      `${task}: the folder is not empty, and not an earlier export that could be replaced`,
    );
  }
  const { differing } = await compareFolder(place, run);
  const kept = differing.filter(({ problem }) => problem !== 'missing');
  if (kept.length > 0) {
    const list = kept.slice(0, 5).map(({ path, problem }) => `${path} (${problem})`);
    const more = kept.length > 5 ? ` and ${kept.length - 5} more` : '';
    throw new RangeError(
      `${task}: the earlier export there would be replaced, but it holds what it did not make: ${list.join(', ')}${more}`,
    );
  }
  return 'export';
}

async function moveInto(place: string, made: string, old: 'nothing' | 'empty' | 'export'): Promise<void> {
  if (old === 'empty') await rmdir(place);
  if (old !== 'export') {
    await rename(made, place);
    return;
  }
  const aside = `${made}-old`;
  await rename(place, aside);
  try {
    await rename(made, place);
  } catch (error) {
    await rename(aside, place);
    throw error;
  }
  await removeExport(aside);
}

/** Removes the files that the manifest lists, and folders that are empty then; what cannot be removed stays, hidden. */
async function removeExport(folder: string): Promise<void> {
  const { files } = await readManifest(folder);
  for (const path of [...files.map(each => each.path), manifestName]) {
    await unlink(join(folder, path)).catch(() => {});
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter(each => each.isDirectory()).map(each => join(each.parentPath, each.name));
  // The innermost first.
  for (const each of [...folders.sort((a, b) => b.length - a.length), folder]) {
    await rmdir(each).catch(() => {});
  }
}
