import { simdInstance } from '../src/kernels/simdInstance';
import type { Peak } from './roofline';

/** Exports of `src/kernels/simd/peak.ts`. */
interface PeakModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly firstFree: () => number;
  readonly multiplyAdd: (times: number, factor: number, summand: number) => number;
  readonly sum: (from: number, to: number) => number;
}

const ROUNDS = 5;
/** More than any cache of today holds. */
const BYTES = 2 ** 28;
const TIMES = 5e6;
/** Operations of one turn of the loops in `peak.ts` and `plainLoop`. */
const SIMD_OPERATIONS = 48;
const SCALAR_OPERATIONS = 16;

/** Peak rates of one processor, each the fastest of some rounds. */
export function measurePeak(): Peak {
  const module = simdInstance<PeakModule>('peak');
  if (module === null) throw new Error('Cannot measure the peak: WebAssembly SIMD is missing');
  const start = module.firstFree();
  module.memory.grow(Math.ceil((start + BYTES) / 65536));
  new Float64Array(module.memory.buffer, start, BYTES / 8).fill(1);
  return {
    simdFlops: rate(SIMD_OPERATIONS * TIMES, () => module.multiplyAdd(TIMES, 0.999, 0.001)),
    scalarFlops: rate(SCALAR_OPERATIONS * TIMES, () => plainLoop(TIMES, 0.999, 0.001)),
    memoryBytes: rate(BYTES, () => module.sum(start, start + BYTES)),
  };
}

/** Eight independent chains of a multiplication and an addition. */
function plainLoop(times: number, x: number, y: number): number {
  let [a, b, c, d, e, f, g, h] = [y, 2 * y, 3 * y, 4 * y, 5 * y, 6 * y, 7 * y, 8 * y];
  for (let n = 0; n < times; n++) {
    a = a * x + y;
    b = b * x + y;
    c = c * x + y;
    d = d * x + y;
    e = e * x + y;
    f = f * x + y;
    g = g * x + y;
    h = h * x + y;
  }
  return a + b + c + d + e + f + g + h;
}

/** Amount a second. */
function rate(amount: number, work: () => number): number {
  const seconds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    if (Number.isNaN(work())) throw new Error('Cannot measure the peak: the loop ended in NaN');
    seconds.push((performance.now() - begin) / 1000);
  }
  return amount / Math.min(...seconds);
}
