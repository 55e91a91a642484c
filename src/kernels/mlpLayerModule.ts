import { activate } from './mlpForward';
import { simdInstance } from './simdInstance';

/** Exports of `simd/mlpLayer.ts`; there they are described. Numbers are byte addresses, counts and pairs. */
export interface MlpLayerModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly firstFree: () => number;
  readonly multiply: (
    rows: number,
    starts: number,
    ends: number,
    places: number,
    values: number,
    matrix: number,
    bias: number,
    sums: number,
    pairs: number,
  ) => void;
  readonly accumulate: (
    rows: number,
    starts: number,
    ends: number,
    places: number,
    values: number,
    deltas: number,
    matrix: number,
    bias: number,
    pairs: number,
  ) => void;
  readonly listNonzero: (
    rows: number,
    width: number,
    numbers: number,
    line: number,
    starts: number,
    ends: number,
    places: number,
    values: number,
  ) => void;
  readonly turn: (
    rows: number,
    cols: number,
    from: number,
    to: number,
    fromLine: number,
    toLine: number,
  ) => void;
  readonly sigmoid: (from: number, to: number) => number;
  readonly step: (
    layers: number,
    depth: number,
    row: number,
    targets: number,
    deltaOffset: number,
    removed: number,
    removedCount: number,
    rate: number,
  ) => number;
  readonly steps: (
    layers: number,
    depth: number,
    order: number,
    count: number,
    rows: number,
    targets: number,
    deltaOffset: number,
    removed: number,
    removedCount: number,
    rate: number,
  ) => number;
  readonly predict: (layers: number, depth: number, rows: number, row: number, out: number) => number;
}

/** A new instance with memory of its own; null where SIMD is missing. */
export function mlpLayerModule(): MlpLayerModule | null {
  return simdInstance<MlpLayerModule>('mlpLayer');
}

/** How many numbers `hasSameSigmoid` compares. */
const TRIED = 2000;

/** Whether a module's sigmoid has the bits of `Math.exp`'s, which another engine may round otherwise; sets its first free bytes to 0. */
export function hasSameSigmoid(module: MlpLayerModule): boolean {
  const start = module.firstFree();
  const missing = start + 8 * TRIED - module.memory.buffer.byteLength;
  if (missing > 0) module.memory.grow(Math.ceil(missing / 65536));
  const numbers = new Float64Array(module.memory.buffer, start, TRIED);
  // From 1e-12 to nearly 700, either sign, and 1, whose power is rounded by hand.
  for (let i = 0; i < TRIED; i++) {
    numbers[i] = i === 0 ? -1 : (i % 2 === 0 ? 1 : -1) * 10 ** ((14.8 * i) / TRIED - 12);
  }
  const expected = numbers.slice();
  activate('sigmoid', expected, 0, TRIED);
  const isSame =
    module.sigmoid(start, start + 8 * TRIED) !== 0 && numbers.every((value, i) => value === expected[i]);
  numbers.fill(0); // As found: kernels take what they leave of a line for 0.
  return isSame;
}
