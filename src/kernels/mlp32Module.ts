import { simdInstance } from './simdInstance';

/** Exports of `simd/mlp32.ts`; there they are described. Numbers are byte addresses and counts. */
export interface Mlp32Module {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly firstFree: () => number;
  readonly listRows: (
    rows: number,
    width: number,
    numbers: number,
    line: number,
    starts: number,
    entries: number,
  ) => number;
  readonly forward: (
    layers: number,
    depth: number,
    rows: number,
    order: number,
    starts: number,
    hidden: number,
    output: number,
  ) => void;
  readonly loadBackward: (layers: number, depth: number) => void;
  readonly backward: (
    layers: number,
    depth: number,
    rows: number,
    order: number,
    starts: number,
    targets: number,
    hidden: number,
    output: number,
    isEntropy: number,
  ) => void;
  readonly update: (
    from: number,
    to: number,
    gradientOffset: number,
    velocityOffset: number,
    rows: number,
    rate: number,
    momentum: number,
    removed: number,
    removedCount: number,
  ) => void;
  readonly writeFlat: (layers: number, depth: number) => void;
  readonly readFlat: (layers: number, depth: number) => void;
}

/** Instances that nobody uses; a new one would set addresses aside that the system gives back late. */
const idle: Mlp32Module[] = [];
const MOST_IDLE = 4;
const MOST_IDLE_BYTES = 2 ** 24;

/** An instance that nobody else uses, whatever its memory holds; null where SIMD is missing. */
export function takeMlp32Module(): Mlp32Module | null {
  return idle.pop() ?? simdInstance<Mlp32Module>('mlp32');
}

/** Gives an instance back; not to be used afterwards. */
export function returnMlp32Module(module: Mlp32Module): void {
  if (idle.length < MOST_IDLE && module.memory.buffer.byteLength <= MOST_IDLE_BYTES) idle.push(module);
}
