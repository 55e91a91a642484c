import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames } from '../core/options';
import { describeValue } from '../core/require';
import { result } from '../core/result';
import { placeInside } from '../data/manifest';
import type { DifferingFile, ExportCheck } from '../notebook/exportView';
import { type ExportManifest, exportFormat, exportVersion, manifestName } from './exportManifest';

/**
 * Compares every file of an exported folder with the checksum in its manifest, and tells of files that it does not list.
 * Who can change files can change the manifest too: compare `sha256` with the one that was cited.
 *
 * @throws TypeError when the folder's path is no text, RangeError when the folder holds no manifest of an export,
 *   the signal's reason when aborted
 *
 * @example
 * import { checkExport, createMask, exportResults } from 'legcnet';
 * const { folder } = await exportResults('second', { mask: createMask([2, 1], [0], 'the first') });
 * (await checkExport(folder)).differing; // []
 */
export async function checkExport(folder: string, options: LongRunOptions = {}): Promise<ExportCheck> {
  const task = 'check an export';
  if (typeof folder !== 'string') {
    throw new TypeError(`Cannot ${task}: the path of a folder is required, ${describeValue(folder)} came`);
  }
  checkOptions(options, longRunOptionNames, task);
  const run = new LongRun(options);
  const check = await compareFolder(folder, run);
  run.finish({ task: 'Check the export', done: check.files, total: check.files, unit: 'files' });
  return check;
}

/** The check, as part of a longer task. */
export async function compareFolder(folder: string, run: LongRun): Promise<ExportCheck> {
  const { files, sha256 } = await readManifest(folder);
  const there = await filesIn(folder);
  const differing: DifferingFile[] = [];
  for (const [done, { path, sha256: expected }] of files.entries()) {
    await run.pause({ task: 'Check the export', done, total: files.length, unit: 'files' });
    const isLink = there.get(path);
    if (isLink === undefined) differing.push({ path, problem: 'missing' });
    else if (isLink || (await hashOf(join(folder, path))) !== expected)
      differing.push({ path, problem: 'changed' });
  }
  const listed = new Set([manifestName, ...files.map(({ path }) => path)]);
  for (const path of there.keys())
    if (!listed.has(path)) differing.push({ path, problem: 'not in the manifest' });
  return result({ kind: 'export-check', folder, files: files.length, differing, sha256 });
}

/**
 * The manifest of a folder; a path that leads out of the folder makes it none.
 *
 * @throws RangeError when there is none
 */
export async function readManifest(
  folder: string,
): Promise<Pick<ExportManifest, 'files'> & { sha256: string }> {
  const bytes = await readFile(join(folder, manifestName)).catch((cause: unknown) => {
    throw new RangeError(`${folder} is no exported folder: its ${manifestName} cannot be read`, { cause });
  });
  return parseManifest(bytes, folder);
}

/** The manifest in the bytes of its file. Throws as `readManifest`. */
export function parseManifest(
  bytes: Uint8Array,
  folder: string,
): Pick<ExportManifest, 'files'> & { sha256: string } {
  let manifest: ExportManifest;
  try {
    manifest = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new RangeError(`${folder} is no exported folder: its ${manifestName} is damaged`, { cause });
  }
  const { format, version, files } = manifest ?? {};
  if (format !== exportFormat || version !== exportVersion || !Array.isArray(files)) {
    throw new RangeError(
      `${folder} is no exported folder: its ${manifestName} is not of ${exportFormat} version ${exportVersion}`,
    );
  }
  for (const file of files) placeInside(folder, String(file?.path));
  return { files, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Paths of everything in the folder that is no folder itself, with forward slashes, and whether it is a link; links are not followed. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, boolean>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => !entry.isDirectory())
    .map((entry): [string, boolean] => {
      const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      return [path, entry.isSymbolicLink()];
    });
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
