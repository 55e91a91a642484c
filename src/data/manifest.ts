import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, posix, relative, resolve, win32 } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import type { StudyName } from './studySettings';

/** One public file: where it is, what it must be, whose it is. */
export interface DataFile {
  /** Its path inside the cache and inside a mirror folder, with forward slashes. */
  readonly name: string;
  /** Public addresses of the very same bytes, tried in order. */
  readonly addresses: readonly string[];
  /** Size of the file. */
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
  /** Under what licence the file is. */
  readonly licence: string;
  /** What to cite when it is used. */
  readonly citation: string;
  /** Names of its columns or arrays, in order; empty for prose. */
  readonly columns: readonly string[];
}

/** One data set of the study: what it asks, and the files behind it. */
export interface DatasetEntry {
  /** Full name. */
  readonly title: string;
  /** What is predicted from what. */
  readonly task: string;
  /** Rows that the study uses. */
  readonly rows: number;
  /** Files the loader reads; none where the values are built in. */
  readonly files: readonly string[];
  /** Files of the published initial weights. */
  readonly weights: readonly string[];
  /** Files of the published masks; none where they come with the package. */
  readonly masks: readonly string[];
  /** The data as first published, and descriptions: nothing reads them, they are there to compare. */
  readonly originals: readonly string[];
}

interface Manifest {
  readonly datasets: Readonly<Record<StudyName, DatasetEntry>>;
  readonly files: Readonly<Record<string, Omit<DataFile, 'name'>>>;
}

let manifest: Manifest | undefined;

/** `data/manifest.json`, read once. */
function readManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(join(packageRoot, 'data', 'manifest.json'), 'utf8')) as Manifest;
  return manifest;
}

/**
 * Names of every file in the manifest.
 *
 * @example
 * import { dataFileNames } from 'legcnet';
 * dataFileNames().length; // 39
 */
export function dataFileNames(): readonly string[] {
  return Object.keys(readManifest().files);
}

/**
 * The manifest's entry of a file.
 *
 * @throws RangeError when the manifest has no file of that name
 * @example
 * import { dataFile } from 'legcnet';
 * dataFile('cancer/breast-cancer-wisconsin.data').bytes; // 19889
 */
export function dataFile(name: string): DataFile {
  const { files } = readManifest();
  if (!Object.hasOwn(files, name)) {
    throw new RangeError(`No data file is called '${name}'; there are ${Object.keys(files).join(', ')}`);
  }
  return { name, ...files[name] };
}

/**
 * What the manifest says of a data set of the study.
 *
 * @throws RangeError when the study has no data set of that name
 * @example
 * import { datasetEntry } from 'legcnet';
 * datasetEntry('iris').rows; // 150
 */
export function datasetEntry(name: StudyName): DatasetEntry {
  const { datasets } = readManifest();
  if (!Object.hasOwn(datasets, name)) {
    throw new RangeError(
      `The study has no data set '${name}'; there are ${Object.keys(datasets).join(', ')}`,
    );
  }
  return datasets[name];
}

/**
 * Every file that belongs to a data set of the study: what the loader reads, published weights and masks, and the originals.
 *
 * @param name default: all data sets, that is every file of the manifest
 * @example
 * import { filesOf } from 'legcnet';
 * filesOf('iris').length; // 4
 */
export function filesOf(name?: StudyName): readonly string[] {
  if (name === undefined) return dataFileNames();
  const { files, weights, masks, originals } = datasetEntry(name);
  return [...files, ...weights, ...masks, ...originals];
}

/** The folder downloads are kept in: `LEGCNET_CACHE`, else `legcnet/data` in `XDG_CACHE_HOME` or `~/.cache`. */
export function cacheFolder(): string {
  const { LEGCNET_CACHE, XDG_CACHE_HOME } = process.env;
  if (LEGCNET_CACHE) return resolve(LEGCNET_CACHE);
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'legcnet', 'data');
}

/** The mirror folder named by `LEGCNET_DATA`, laid out as the cache, or undefined. */
export function mirrorFolder(): string | undefined {
  const { LEGCNET_DATA } = process.env;
  return LEGCNET_DATA ? resolve(LEGCNET_DATA) : undefined;
}

/**
 * The place of a data file inside a folder.
 *
 * @throws RangeError for a name that is empty, absolute, or leads out of the folder
 */
export function placeInside(folder: string, name: string): string {
  const place = resolve(folder, name);
  const inside = relative(folder, place);
  const steps = name.split('/');
  const leaves =
    name === '' ||
    name.includes('\\') ||
    name.includes('\0') ||
    posix.isAbsolute(name) ||
    win32.isAbsolute(name) ||
    /^[a-z]:/i.test(name) ||
    steps.some(step => step === '' || step === '.' || step === '..') ||
    inside.startsWith('..') ||
    isAbsolute(inside);
  if (leaves) throw new RangeError(`A data file needs a relative path inside ${folder}, got '${name}'`);
  return place;
}
