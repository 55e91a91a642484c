/** Types of the numbers that we keep in Zarr arrays. */
export type ZarrType = 'float64' | 'float32' | 'uint8';

/** Bytes of one number. */
export const zarrBytes: Readonly<Record<ZarrType, number>> = { float64: 8, float32: 4, uint8: 1 };

/** A Zarr array as we write it: one axis, or rows that come one after another. */
export interface ZarrLayout {
  readonly name: string;
  readonly type: ZarrType;
  /** Names of the axes, the growing one first. */
  readonly axes: readonly string[];
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  /** What the numbers are; readers of Python show it. Default: nothing. */
  readonly about?: ZarrAbout;
}

/** Attributes of an array in the words of the CF conventions, which xarray uses for the axes of its figures. */
export interface ZarrAbout {
  readonly long_name: string;
  /** `1` for numbers without a unit. */
  readonly units: string;
}

/**
 * The content of the array's `zarr.json`, Zarr version 3. In a chunk the numbers of one column are contiguous, their bytes are
 * taken apart by significance (shuffle) and compressed by zstd; a checksum follows.
 */
export function zarrMetadata({
  type,
  axes,
  shape,
  chunk,
  about,
}: ZarrLayout): Readonly<Record<string, unknown>> {
  const blosc = { cname: 'zstd', clevel: 1, shuffle: 'shuffle', typesize: zarrBytes[type], blocksize: 0 };
  return {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: type,
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunk } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: 0,
    codecs: [
      ...(axes.length === 2 ? [{ name: 'transpose', configuration: { order: [1, 0] } }] : []),
      { name: 'bytes', configuration: type === 'uint8' ? {} : { endian: 'little' } },
      { name: 'blosc', configuration: blosc },
      { name: 'crc32c' },
    ],
    dimension_names: axes,
    attributes: { ...about },
  };
}

/** Where a chunk lies in the folder of the store. */
export function chunkPath(name: string, place: readonly number[]): string {
  return [name, 'c', ...place].join('/');
}

/** Numbers of one chunk. */
export function chunkLength({ chunk }: Pick<ZarrLayout, 'chunk'>): number {
  return chunk.reduce((product, size) => product * size, 1);
}
