import type { LeftOut } from '../notebook/exportView';

/** `manifest.json`: what an export holds. Its own checksum, which the export reports, so stands for the whole folder. */
export interface ExportManifest {
  readonly format: typeof exportFormat;
  readonly version: typeof exportVersion;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly files: readonly ExportedFile[];
  readonly leftOut: readonly LeftOut[];
}

/** One file of an export. */
export interface ExportedFile {
  /** Path inside the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
  /** Which result it shows, by the name that it was given; absent for files about the whole. */
  readonly result?: string;
  /** What it is, in a few words. */
  readonly about: string;
}

export const exportFormat = 'legcnet-export';
export const exportVersion = 1;
export const manifestName = 'manifest.json';
