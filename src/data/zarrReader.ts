import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemReason } from '../core/systemReason';
import { chunkFault, largestChunk } from './zarrChunk';
import { chunkLength, chunkPath, type ZarrLayout, zarrBytes, zarrMetadata } from './zarrLayout';

/** A chunk read at a place of the grid; number (row, column) stands at `row * stride[0] + column * stride[1]`. */
export interface ZarrChunk {
  readonly data: Float64Array | Float32Array | Uint8Array;
  readonly stride: readonly number[];
}

/** Reads the chunks of one array; bounded memory is the caller's business. */
export type ZarrReader = (place: readonly number[]) => Promise<ZarrChunk>;

/**
 * Reads an array that lies in a folder. The layout is the caller's, not the file's: nothing that stands in a metadata file can
 * make it read outside the folder or take more memory than a chunk has.
 *
 * @throws Error (from the reader) for a chunk that is missing or damaged; Zarr itself would silently give zeros for a missing one
 */
export async function zarrReader(folder: string, layout: ZarrLayout): Promise<ZarrReader> {
  const zarr = await import('zarrita');
  const bytes = zarrBytes[layout.type] * chunkLength(layout);
  const store = {
    async get(key: string): Promise<Uint8Array> {
      const file = join(folder, key);
      const found = await readChunk(file, bytes).catch((error: unknown) => {
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        throw new Error(`Cannot read ${file}: ${isMissing ? 'it is missing' : systemReason(error)}`, {
          cause: error,
        });
      });
      const fault = chunkFault(found, bytes);
      if (fault !== null) throw new Error(`Cannot read ${file}: it is damaged, ${fault}`);
      return found;
    },
  };
  const array = new zarr.Array(store, `/${layout.name}`, zarrMetadata(layout) as never);
  return async place => {
    const chunk = (await array.getChunk([...place])) as unknown as ZarrChunk;
    if (chunk.data.length !== chunkLength(layout)) {
      const file = join(folder, chunkPath(layout.name, place));
      throw new Error(`Cannot read ${file}: it is damaged, it unpacks to ${chunk.data.length} numbers`);
    }
    return chunk;
  };
}

/** Whether a chunk is there and undamaged, so far as can be told without unpacking it. */
export async function isWholeChunk(
  folder: string,
  layout: ZarrLayout,
  place: readonly number[],
): Promise<boolean> {
  const bytes = zarrBytes[layout.type] * chunkLength(layout);
  const file = join(folder, chunkPath(layout.name, place));
  const { size } = await stat(file).catch(orNothing);
  if (size > largestChunk(bytes)) return false;
  return size > 0 && chunkFault(await readFile(file), bytes) === null;
}

function orNothing(error: NodeJS.ErrnoException): { readonly size: number } {
  if (error.code === 'ENOENT') return { size: 0 };
  throw error;
}

/** Refuses a file that is larger than any chunk before it is in memory. */
async function readChunk(file: string, bytes: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > largestChunk(bytes)) throw new Error(`it is damaged, it has ${size} bytes`);
  return readFile(file);
}
