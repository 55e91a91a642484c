import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { makeFolder } from '../core/makeFolder';
import { longRunOptions } from '../core/options';
import { replaceFile } from '../core/replaceFile';
import { systemReason } from '../core/systemReason';
import { chunkEncoder } from '../data/zarrChunk';
import { chunkLength, chunkPath, type ZarrLayout, zarrMetadata } from '../data/zarrLayout';
import { attributesText, type RunAttributes } from './folderAttributes';
import { type FolderShape, fixedArrays, growingArrays } from './folderLayout';
import type { IterateBlock } from './iterateBlock';
import type { EpochMetrics } from './recording';

/** Saving metadata, again and again, may take a tenth of a second and this share of the run's time. */
const FREE_MS = 100;
const SHARE = 0.05;

/** What the metadata say of a run that goes on. */
interface RunState {
  /** A list that grows, of which so many had ended. */
  readonly epochs: readonly EpochMetrics[];
  readonly ended: number;
  readonly iterates: number;
  readonly stopped: boolean;
  readonly status: 'complete' | 'unfinished';
}

/** Writes the files of one recording. */
export interface FolderWriter {
  vector(layout: ZarrLayout, values: Float64Array | Uint8Array): Promise<void>;
  /**
   * @param held iterates of the block that count
   * @param canStop whether the run's signal stops it between chunks. Default true
   */
  block(block: IterateBlock, row: number, held: number, canStop?: boolean): Promise<void>;
  /** Makes so many iterates, which are written, count; unless the run is complete only when it is time again. */
  state(
    epochs: readonly EpochMetrics[],
    iterates: number,
    stopped: boolean,
    status?: 'complete' | 'unfinished',
  ): Promise<void>;
  /** Makes all iterates count that are written, after a failure for instance. */
  settle(): Promise<void>;
  /** Takes everything away again. */
  remove(): Promise<void>;
}

/**
 * Begins a recording in a folder of its own.
 *
 * @throws Error when there is something in the folder, or it cannot be made
 */
export async function folderWriter(
  folder: string,
  shape: FolderShape,
  attributes: RunAttributes,
  options: LongRunOptions,
): Promise<FolderWriter> {
  const signal = new LongRun(longRunOptions(options)).signal;
  const root = join(folder, 'zarr.json');
  const tried = `Cannot record to ${folder}`;
  await attempt(tried, () => makeFolder(folder));
  const found = await attempt(tried, () => readdir(folder));
  if (found.length > 0) {
    throw new Error(
      `${tried}: ${found.includes('zarr.json') ? 'a Zarr store is there' : 'the folder is not empty'}, and nothing is ever ` +
        'overwritten; name another folder, or delete this one',
    );
  }
  // Of two processes that come at once, one is refused here.
  await attempt(tried, async () => (await open(root, 'wx')).close());
  const encode = await chunkEncoder();
  let safe = 0;
  let latest: RunState | null = null;
  const began = performance.now();
  let spent = 0;
  const save = async (state: RunState): Promise<void> => {
    const started = performance.now();
    await writeMetadata(folder, shape, attributes, state);
    safe = state.iterates;
    latest = null;
    spent += performance.now() - started;
  };
  const settle = async (): Promise<void> => {
    if (latest !== null) await save(latest);
  };
  const whenKept = async (): Promise<string> => {
    await settle().catch(() => {}); // The failure before it says more.
    const fail = `Cannot go on recording to ${folder}`;
    return safe === 0 ? fail : `${fail}; openRecording reads its first ${safe} iterates, which are whole`;
  };
  const writeChunk = async (name: string, place: readonly number[], bytes: Uint8Array): Promise<void> => {
    await attempt(whenKept, () => writeFile(join(folder, chunkPath(name, place)), bytes));
  };
  const makeRow = (name: string, ...row: number[]): Promise<unknown> =>
    attempt(whenKept, () => mkdir(join(folder, chunkPath(name, row)), { recursive: true }));

  return {
    settle,
    async vector(layout, values) {
      await makeRow(layout.name);
      const length = chunkLength(layout);
      for (let chunk = 0; chunk * length < values.length; chunk++) {
        const part = values.slice(chunk * length, (chunk + 1) * length);
        const whole = part.length === length ? part : padded(part, length);
        signal?.throwIfAborted();
        await writeChunk(layout.name, [chunk], await encode(whole));
      }
    },
    async block(block, row, held, canStop = true) {
      const { name, axes } = block.layout;
      const isTable = axes.length === 2;
      await makeRow(name, ...(isTable ? [row] : []));
      let column = 0;
      for (const chunk of block.chunks(held)) {
        if (canStop) signal?.throwIfAborted();
        await writeChunk(name, isTable ? [row, column++] : [row], await encode(chunk));
      }
    },
    async state(epochs, iterates, stopped, status = 'unfinished') {
      latest = { epochs, ended: epochs.length, iterates, stopped, status };
      const isDue = spent < FREE_MS + SHARE * (performance.now() - began);
      if (status === 'complete' || isDue) await settle();
    },
    async remove() {
      const names = [...growingArrays(shape, 0), ...fixedArrays(shape, true)].map(({ name }) => name);
      for (const name of ['zarr.json', ...names]) {
        await rm(join(folder, name), { recursive: true, force: true }).catch(() => {}); // The failure before it says more.
      }
    },
  };
}

async function writeMetadata(
  folder: string,
  shape: FolderShape,
  attributes: RunAttributes,
  { status, iterates, stopped, epochs, ended }: RunState,
): Promise<void> {
  const arrays = [...growingArrays(shape, iterates), ...fixedArrays(shape, status === 'complete')];
  const metadata = Object.fromEntries(arrays.map(layout => [layout.name, zarrMetadata(layout)]));
  const writeArray = async ([name, content]: [string, unknown]): Promise<void> => {
    await attempt(`Cannot go on recording to ${folder}`, () =>
      mkdir(join(folder, name), { recursive: true }),
    );
    await replaceFile(join(folder, name, 'zarr.json'), attributesText(content));
  };
  await Promise.all(Object.entries(metadata).map(writeArray));
  const group = {
    zarr_format: 3,
    node_type: 'group',
    attributes: { ...attributes, status, iterates, stopped, epochs: epochs.slice(0, ended) },
    // Zarr and xarray read all arrays from here: they change together, and no reader sees one longer than another.
    consolidated_metadata: { kind: 'inline', must_understand: false, metadata },
  };
  await replaceFile(join(folder, 'zarr.json'), attributesText(group));
}

function padded<T extends Float64Array | Uint8Array>(values: T, length: number): T {
  const whole = values instanceof Float64Array ? new Float64Array(length) : new Uint8Array(length);
  whole.set(values);
  return whole as T;
}

/** The reason that the system gives, behind what was tried. */
async function attempt<T>(tried: string | (() => Promise<string>), task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const what = typeof tried === 'string' ? tried : await tried();
    throw new Error(`${what}: ${systemReason(error)}`, { cause: error });
  }
}
