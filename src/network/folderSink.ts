import { weightCount } from '../core/weightLayers';
import type { ZarrLayout } from '../data/zarrLayout';
import { runAttributes } from './folderAttributes';
import { bytesPerIterate, type FolderShape, fixedArrays, growingArrays } from './folderLayout';
import { folderSource } from './folderSource';
import { folderWriter } from './folderWriter';
import { IterateBlock } from './iterateBlock';
import type { DifferenceIterate, IterateSink, SinkPlan } from './iterateSink';
import { flattenParameters } from './parameters';
import type { EpochMetrics } from './recording';
import type { RecordingRoom } from './recordingOptions';

/**
 * Iterates in a chunk: of small networks a window of the usual length, of large ones so few that a window or a single network
 * can be read without decoding many others.
 */
const MOST_ROWS = 200;
const FEWEST_ROWS = 8;
const USUAL_BYTES = 64e6;

/**
 * Writes iterates to a Zarr store, a block of them at a time. First the chunks are written, then the metadata that counts them
 * replaced in one step, so that whoever opens the folder, at whatever moment the process died, finds whole iterates only.
 *
 * @throws RangeError when one iterate takes more than the limit; Error when the folder is not empty or cannot be written
 */
export async function folderSink(
  plan: SinkPlan,
  { memoryLimit, storage }: RecordingRoom,
  folder: string,
): Promise<IterateSink> {
  const { network, settings, iterationsPerEpoch, difference } = plan;
  const initial = flattenParameters(network);
  const weights = weightCount(network.layers);
  const parts = { weights, others: initial.length - weights, storage };
  const facts = { ...parts, isPair: difference !== null, isMasked: network.mask !== null };
  const each = bytesPerIterate(facts);
  const rows = storeRows(each, memoryLimit, settings.epochs * iterationsPerEpoch + 1);
  if (rows < 1) {
    throw new RangeError(
      `Cannot record to ${folder}: one iterate takes ${each} bytes, the limit is ${memoryLimit}; raise memoryLimit`,
    );
  }
  const shape: FolderShape = { ...facts, rows };
  const writer = await folderWriter(folder, shape, runAttributes(plan, storage, rows), plan.run);
  const fixed = { initial, ...(network.mask && { mask: network.mask.kept }) };
  try {
    for (const layout of fixedArrays(shape, false)) {
      await writer.vector(layout, fixed[layout.name as keyof typeof fixed] as Float64Array | Uint8Array);
    }
    await writer.state([], 0, false);
  } catch (failure) {
    await writer.remove();
    throw failure;
  }

  const blocks = growingArrays(shape, 0).map(layout => new IterateBlock(layout));
  const epochs: EpochMetrics[] = [];
  let held = 0;
  let written = 0;
  const flush = async (canStop = true): Promise<void> => {
    for (const block of blocks) await writer.block(block, Math.floor(written / rows), held, canStop);
    written += held;
    held = 0;
  };
  const write = async (canStop = true): Promise<void> => {
    await flush(canStop);
    await writer.state(epochs, written, false);
  };
  return {
    append(parameters, pair) {
      for (const block of blocks) block.set(held, columnsOf(block.layout.name, parameters, weights, pair));
      held++;
      return held === rows ? write() : undefined;
    },
    onEpoch(metrics) {
      epochs.push(metrics);
    },
    async finish(run) {
      if (held > 0) await flush();
      const layout = fixedArrays(shape, true).find(({ name }) => name === 'final') as ZarrLayout;
      await writer.vector(layout, flattenParameters(run.final));
      await writer.state(epochs, written, run.stopped, 'complete');
      return folderSource(folder, shape, written, 'complete');
    },
    async abandon() {
      // A run that was stopped leaves all its iterates, unless the disk is what failed.
      if (held > 0) await write(false).catch(() => undefined);
      await writer.settle().catch(() => undefined);
      if (written === 0) await writer.remove();
    },
  };
}

/** Iterates of so many bytes each that are held and written together; below 1 when the limit is less than one. */
export function storeRows(bytes: number, memoryLimit: number, iterates: number): number {
  const usual = Math.max(FEWEST_ROWS, Math.floor(USUAL_BYTES / bytes));
  return Math.min(MOST_ROWS, usual, Math.floor(memoryLimit / bytes), iterates);
}

/** The numbers of an iterate that belong to an array. */
function columnsOf(
  name: string,
  parameters: Float64Array | Float32Array,
  weights: number,
  pair: DifferenceIterate | undefined,
): Float64Array | Float32Array {
  if (name === 'weights') return parameters.subarray(0, weights);
  if (name === 'others') return parameters.subarray(weights);
  const { difference, logNorm, growth } = pair as DifferenceIterate;
  if (name === 'difference') return difference.subarray(0, weights);
  return Float64Array.of(name === 'log_norm' ? logNorm : growth);
}
