import { counted, shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import { tableBundle } from './tableBundle';

/** Something that an export does not hold, and why. */
export interface LeftOut {
  /** Its name. */
  readonly result: string;
  /** What is missing, in a few words. */
  readonly what: string;
  /** Why it was not written. */
  readonly reason: string;
}

/** A folder of results, written. */
export interface ExportedFolder {
  readonly kind: 'exported-folder';
  /** Its path. */
  readonly folder: string;
  /** Paths inside the folder, with forward slashes. */
  readonly files: readonly string[];
  /** Size of all files. */
  readonly bytes: number;
  /** Results that were not written. */
  readonly leftOut: readonly LeftOut[];
  /** SHA-256 of `manifest.json`, which lists those of all other files: cite it, and the whole folder can be checked. */
  readonly sha256: string;
}

/** A file that is not as the manifest says. */
export interface DifferingFile {
  /** Path inside the folder, with forward slashes. */
  readonly path: string;
  /** What is wrong with it. */
  readonly problem: 'changed' | 'missing' | 'not in the manifest';
}

/** Whether a folder is as it was exported. */
export interface ExportCheck {
  readonly kind: 'export-check';
  /** Its path. */
  readonly folder: string;
  /** Files that the manifest lists. */
  readonly files: number;
  /** Empty when nothing differs. */
  readonly differing: readonly DifferingFile[];
  /** SHA-256 of `manifest.json` as it is, to compare with the one that was cited. */
  readonly sha256: string;
}

export function viewExportedFolder({ folder, files, bytes, leftOut, sha256 }: ExportedFolder): DisplayBundle {
  return facts(`Exported to ${folder}`, [
    ['files', `${counted(files.length, 'file')}, ${shortNumber(bytes / 1e6)} MB`],
    ['manifest (SHA-256)', sha256],
    ...leftOut.map(({ result, what, reason }) => ['left out', `${result}: ${what}: ${reason}`] as const),
  ]);
}

export function viewExportCheck({ folder, files, differing, sha256 }: ExportCheck): DisplayBundle {
  const found = differing.length === 0 ? 'all as exported' : `${differing.length} differ`;
  const title = `Checked ${counted(files, 'file')} in ${folder}: ${found}`;
  if (differing.length === 0) return facts(title, [['manifest (SHA-256)', sha256]]);
  return tableBundle({
    columns: ['file', 'problem'],
    rows: differing.map(({ path, problem }) => [path, problem]),
    totalRows: differing.length,
    caption: title,
    note: `manifest (SHA-256): ${sha256}`,
  });
}
