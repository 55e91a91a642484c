import { readdirSync } from 'node:fs';
import type { TensorFlow } from '../src/network/tensorflow';

/** What a process holds, after a collection of garbage where `--expose-gc` allows one. */
export interface ProcessState {
  readonly round: number;
  /** Since the process began. */
  readonly seconds: number;
  /** Bytes of JavaScript objects, of array buffers, and of the whole process. */
  readonly heap: number;
  readonly arrayBuffers: number;
  readonly resident: number;
  /** Tensors that TensorFlow.js counts. */
  readonly tensors: number;
  /** Threads and open files by the system's count; NaN where there is no /proc. */
  readonly threads: number;
  readonly files: number;
  /** Timers, sockets, ports and whatever else keeps the event loop alive. */
  readonly handles: number;
}

export async function processState(round: number, tf: TensorFlow): Promise<ProcessState> {
  // What was let go of in this turn of the event loop is collected in the next.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise(resolve => setTimeout(resolve, 20));
    (globalThis as { gc?: () => void }).gc?.();
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return {
    round,
    seconds: process.uptime(),
    heap: heapUsed,
    arrayBuffers,
    resident: rss,
    tensors: tf.memory().numTensors,
    threads: entriesIn('/proc/self/task'),
    files: entriesIn('/proc/self/fd'),
    handles: process.getActiveResourcesInfo().length,
  };
}

function entriesIn(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return Number.NaN;
  }
}
