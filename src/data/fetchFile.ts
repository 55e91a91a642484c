import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireNumber } from '../core/require';
import { type DownloadOptions, download, sha256 } from './download';
import { cacheFolder, type DataFile, dataFile, mirrorFolder, placeInside } from './manifest';

/** Where files are looked for, and how patient a download is. */
export interface FetchOptions extends DownloadOptions {
  /** Folder for downloads; by default `LEGCNET_CACHE`, else `legcnet/data` in `XDG_CACHE_HOME` or `~/.cache`. */
  readonly cache?: string;
  /** Folder with the same layout that is only read; by default `LEGCNET_DATA`. */
  readonly mirror?: string;
}

export const fetchOptionNames: OptionNames<FetchOptions> = {
  cache: true,
  mirror: true,
  timeout: true,
  ...longRunOptionNames,
};

/** A file whose checksum is right. */
export interface FetchedFile {
  /** Its name in the manifest. */
  readonly name: string;
  /** Where it lies on this computer. */
  readonly path: string;
  /** Where it was found: in the cache, in the mirror folder, or at a public address. */
  readonly origin: 'cache' | 'mirror' | 'download';
  /** Its content, the very bytes whose checksum was taken. */
  readonly bytes: Uint8Array;
}

/**
 * A data file, from the cache, else from the mirror folder, else from its public addresses, and in every case with the
 * SHA-256 of the manifest: the bytes returned are the bytes that were checked. A spoilt file in the cache is deleted and
 * fetched again; a spoilt file in the mirror is an error, because it is not ours to delete.
 *
 * @param file a name in the manifest, or an entry of your own
 * @throws RangeError for an unknown name or one that leads out of the cache, Error when the file cannot be had: one sentence
 *   with the addresses tried and the remedy; TypeError for an option that does not exist; the signal's reason when stopped
 * @example
 * import { dataFile, fetchFile } from 'legcnet';
 * const { bytes } = await fetchFile('cancer/breast-cancer-wisconsin.data');
 * bytes.length === dataFile('cancer/breast-cancer-wisconsin.data').bytes; // true
 */
export async function fetchFile(file: string | DataFile, options: FetchOptions = {}): Promise<FetchedFile> {
  checkFetchOptions(options, `fetch ${typeof file === 'string' ? file : file.name}`);
  const { cache = cacheFolder(), mirror = mirrorFolder(), ...downloadOptions } = options;
  const entry = typeof file === 'string' ? dataFile(file) : file;
  const target = placeInside(cache, entry.name);
  options.signal?.throwIfAborted();

  return inTurn(target, options.signal, async () => {
    const cached = await readIfThere(target);
    if (cached !== undefined) {
      if (sha256(cached) === entry.sha256)
        return { name: entry.name, path: target, origin: 'cache', bytes: cached };
      await rm(target, { force: true });
    }

    if (mirror !== undefined) {
      const path = placeInside(mirror, entry.name);
      const bytes = await readIfThere(path);
      if (bytes !== undefined) {
        const sum = sha256(bytes);
        if (sum === entry.sha256) return { name: entry.name, path, origin: 'mirror', bytes };
        throw new Error(`${path} is not ${entry.name}: its SHA-256 is ${sum}, required is ${entry.sha256}`);
      }
    }

    await makeFolder(dirname(target));
    try {
      const bytes = await download(entry, target, downloadOptions);
      return { name: entry.name, path: target, origin: 'download', bytes };
    } catch (error) {
      options.signal?.throwIfAborted();
      const tried = error instanceof Error ? error.message : String(error);
      const also = mirror === undefined ? '' : `${mirror} does not hold it, and `;
      throw new Error(
        `Cannot get ${entry.name}: ${also}downloading failed from ${tried}; ` +
          `set LEGCNET_DATA to a folder that holds it, or put it at ${target}`,
        { cause: error },
      );
    }
  });
}

function checkFetchOptions(options: FetchOptions, task: string): void {
  checkOptions(options, fetchOptionNames, task);
  const { timeout } = options;
  if (timeout !== undefined) requireNumber(timeout, timeout > 0, 'above 0', 'timeout', task);
}

const lastTurn = new Map<string, Promise<unknown>>();

/** Runs tasks on the same file one after the other: the second finds what the first fetched. */
async function inTurn<T>(key: string, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
  const before = lastTurn.get(key) ?? Promise.resolve();
  const mine = before.then(() => {
    signal?.throwIfAborted();
    return task();
  });
  const settled = mine.catch(() => undefined);
  lastTurn.set(key, settled);
  settled.then(() => {
    if (lastTurn.get(key) === settled) lastTurn.delete(key);
  });
  if (signal === undefined) return mine;
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    mine.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new Error(`Cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Error(
      `Cannot keep data in ${folder}: ${(error as Error).message}; set LEGCNET_CACHE to a folder that can be written`,
      { cause: error },
    );
  }
}
