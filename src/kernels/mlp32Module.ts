import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { simdInstance, simdModule } from './simdInstance';

/** The compiler's ES2022 library does not describe it. */
declare const WebAssembly: {
  readonly Memory: new (pages: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => SharedMemory;
};

interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** Exports of `simd/mlp32.ts`; there they are described. Numbers are byte addresses and counts. */
interface Mlp32Exports {
  readonly firstFree: () => number;
  readonly list: (training: number, rows: number, starts: number, entries: number) => number;
  readonly forward: (training: number, rows: number, order: number, starts: number) => void;
  readonly loadBackward: (training: number) => void;
  readonly accumulate: (
    training: number,
    rows: number,
    order: number,
    starts: number,
    targets: number,
  ) => void;
  readonly update: (training: number, rows: number) => void;
  readonly writeFlat: (training: number) => void;
  readonly readFlat: (training: number) => void;
  readonly dismiss: (training: number) => void;
}

/** What a helping thread does; see `mlp32Helper.ts`. */
export interface Mlp32Help {
  readonly compiled: object;
  readonly memory: object;
  readonly training: number;
}

/** An instance with its memory, which helping threads share. */
export interface Mlp32Module extends Mlp32Exports {
  readonly memory: SharedMemory;
}

/** The build declares the same. */
const MAX_PAGES = 32768;
/** Instances that nobody uses; a new one would set addresses aside that the system gives back late. */
const idle: Mlp32Module[] = [];
const MOST_IDLE = 4;
const MOST_IDLE_BYTES = 2 ** 24;
/** Trainings that are over while their threads are not: these keep their instances, and are seen to leave only when the event loop runs. */
let leaving = 0;
const MOST_LEAVING = 4;

/** An instance that nobody else uses, whatever its memory holds; null where SIMD, threads or addresses are missing. */
export function takeMlp32Module(): Mlp32Module | null {
  const last = idle.pop();
  if (last !== undefined) return last;
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
    const exports = simdInstance<Mlp32Exports>('mlp32', memory);
    return exports && { ...exports, memory };
  } catch (failure) {
    if (!(failure instanceof RangeError)) throw failure;
    return null; // The process may not set so many addresses aside.
  }
}

function returnMlp32Module(module: Mlp32Module): void {
  if (idle.length < MOST_IDLE && module.memory.buffer.byteLength <= MOST_IDLE_BYTES) idle.push(module);
}

/**
 * Starts threads that share the work on one training. Until they are there, and should they not come at all, the work is done
 * without them; so it is while those of several earlier trainings are still leaving, as in a loop over short trainings.
 *
 * @returns ends them and gives the instance back once all have left
 */
export function startMlp32Helpers(helpers: number, module: Mlp32Module, training: number): () => void {
  const { memory } = module;
  const workerData: Mlp32Help = { compiled: simdModule('mlp32') as object, memory, training };
  let left = 0;
  let isOver = false;
  const onExit = (): void => {
    left--;
    if (!isOver || left > 0) return;
    leaving--;
    returnMlp32Module(module);
  };
  for (let h = 0; h < helpers && leaving < MOST_LEAVING; h++) {
    const worker = startWorker(workerData);
    if (worker === null) break;
    left++;
    worker.unref();
    worker.on('error', () => {});
    worker.on('exit', onExit);
  }
  return () => {
    if (isOver) return;
    isOver = true;
    module.dismiss(training);
    if (left > 0) leaving++;
    else returnMlp32Module(module);
  };
}

/** Null where threads are forbidden, as under Node's permission model. */
function startWorker(workerData: Mlp32Help): Worker | null {
  // Deno takes the file of a worker for an ECMAScript module, whatever its package says.
  const load = `require(${JSON.stringify(join(__dirname, 'mlp32Helper.js'))});`;
  try {
    return new Worker(load, { eval: true, workerData, execArgv: [] });
  } catch {
    return null;
  }
}
