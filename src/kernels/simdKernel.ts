import type { DivergenceKernel, DivergenceShape } from './divergenceKernel';
import { simdInstance } from './simdInstance';
import { createTwinKernel } from './twinKernel';

/** An index must fit into 11 bits. */
const LONGEST = 2047;
/** What each distance adds to an exponent beyond its own. */
const BIAS = 1023;

/** Exports of `simd/divergence.ts`; there they are described. */
interface SimdModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly seriesAddress: () => number;
  readonly mantissasAddress: () => number;
  readonly exponentsAddress: () => number;
  readonly nearest: (
    vectors: number,
    references: number,
    dimension: number,
    delay: number,
    theiler: number,
    reach: number,
  ) => number;
  readonly follow: (references: number, dimension: number, delay: number, steps: number) => number;
}

/**
 * The kernel in WebAssembly; null where SIMD is missing, the window is longer than 2047 values, or the vectors have one
 * dimension (the twin's sort alone finds those neighbours) or are not followed at all.
 *
 * It answers for windows in which every reference has a neighbour, every distance is nonzero, and no two squared distances
 * that compete agree in all but their last 11 bits, about 1e-12 of their size. Any other window (duplicates, ties,
 * neighbours out of reach) goes through the twin: only exact distances tell which candidate is nearer.
 */
export function createSimdKernel(shape: DivergenceShape): DivergenceKernel | null {
  const { length, vectors, references, dimension, delay, theiler, steps } = shape;
  if (length > LONGEST || dimension < 2 || steps < 1) return null;
  const simd = simdModule();
  if (simd === null) return null;
  const { memory, nearest, follow } = simd;
  const series = new Float64Array(memory.buffer, simd.seriesAddress(), length);
  const mantissas = new Float64Array(memory.buffer, simd.mantissasAddress(), steps + 1);
  // Signed 64-bit integers, low word first; the sums fit into it.
  const exponents = new Int32Array(memory.buffer, simd.exponentsAddress(), 2 * (steps + 1));
  const twin = createTwinKernel(shape, series);
  const { curve, counts } = twin;
  return { series, curve, counts, run };

  function run(reach: number, duplicateReach: number): number {
    const isDecided =
      nearest(vectors, references, dimension, delay, theiler, reach) !== 0 &&
      follow(references, dimension, delay, steps) !== 0;
    if (!isDecided) return twin.run(reach, duplicateReach);
    counts.fill(references);
    for (let k = 0; k <= steps; k++) {
      const exponent = exponents[2 * k] - BIAS * references;
      // Squared distances: ln d = ln d^2 / 2.
      curve[k] = (Math.log(mantissas[k]) + exponent * Math.LN2) / (2 * references);
    }
    return 0;
  }
}

let loaded: SimdModule | null | undefined;

/** One instance a thread serves all kernels: each run writes before it reads. Null where SIMD is missing. */
function simdModule(): SimdModule | null {
  if (loaded === undefined) loaded = simdInstance<SimdModule>('divergence');
  return loaded;
}
