import type { OptionNames } from '../core/options';
import { describeValue, requireNumber, requireOneOf } from '../core/require';
import { bytesPerNumber, type Storage } from './iterateStore';
import type { Trainable } from './trainable';
import type { EngineName } from './trainingSettings';

/** Recordings in memory may take this many bytes unless told otherwise: 2 GB. */
const DEFAULT_MEMORY_LIMIT = 2e9;
/** What waits in memory for the disk unless told otherwise. */
const DEFAULT_BUFFER_LIMIT = 256e6;

/** Where a recording goes, and how much memory it may take. */
export interface MemoryOptions {
  /**
   * Folder for a recording on disk, as a Zarr store that `openRecording`, xarray and zarr of Python open; it must not exist or be
   * empty. Then only the latest iterates are in memory. Default: none, the recording is in memory.
   */
  readonly store?: string;
  /**
   * Bytes the recording may take in memory; checked before training, without a store for the largest number of epochs. Default
   * 2e9; with a store 2.56e8, for the iterates that wait to be written.
   */
  readonly memoryLimit?: number;
  /**
   * How numbers are kept in the recording. Default: `float64`; captured models and the `fused32` engine compute in float32 and are
   * kept so, which loses nothing but the last bits of a difference.
   */
  readonly storage?: Storage;
}

export const memoryOptionNames: OptionNames<MemoryOptions> = {
  store: true,
  memoryLimit: true,
  storage: true,
};

/** The options with their defaults, checked. */
export interface RecordingRoom {
  /** Null for memory. */
  readonly store: string | null;
  readonly memoryLimit: number;
  readonly storage: Storage;
  /** Bytes of one number. */
  readonly bytes: number;
}

/**
 * @param engine what trains, which decides how numbers are kept where nothing is said
 * @throws TypeError, RangeError for options of the wrong kind or out of range
 */
export function recordingRoom(
  network: Trainable,
  options: MemoryOptions,
  engine: EngineName = 'fused',
): RecordingRoom {
  const { store = null } = options;
  if (store !== null && (typeof store !== 'string' || store === '')) {
    throw new TypeError(
      `Cannot record: store must be the path of a folder, ${describeValue(options.store)} came`,
    );
  }
  const { memoryLimit = store === null ? DEFAULT_MEMORY_LIMIT : DEFAULT_BUFFER_LIMIT } = options;
  const isSingle = network.kind === 'model' || engine === 'fused32';
  const { storage = isSingle ? 'float32' : 'float64' } = options;
  requireNumber(memoryLimit, memoryLimit > 0, 'above 0', 'memoryLimit', 'record');
  requireOneOf(storage, ['float64', 'float32'], 'storage', 'record');
  return { store, memoryLimit, storage, bytes: bytesPerNumber[storage] };
}
