import { createSimdKernel } from './simdKernel';
import { createTwinKernel } from './twinKernel';

/** What stays the same from window to window; see `nearestNeighbours` and `followPairs`. */
export interface DivergenceShape {
  /** Values in a window. */
  readonly length: number;
  /** Delay vectors, the candidates: their images up to `steps` lie inside the window. */
  readonly vectors: number;
  /** The first so many vectors look for a neighbour. */
  readonly references: number;
  readonly dimension: number;
  readonly delay: number;
  readonly theiler: number;
  readonly steps: number;
}

/** The divergence curve of one window after another; buffers are reused. */
export interface DivergenceKernel {
  /** In: the window, rescaled to [0, 1]. Other kernels may share it, so fill it right before each run. */
  readonly series: Float64Array;
  /** Out: S(k), k = 0..steps. */
  readonly curve: Float64Array;
  /** Out: distances behind each S(k). */
  readonly counts: Int32Array;
  /** Returns how many references were out of reach. */
  run(reach: number, duplicateReach: number): number;
}

/**
 * - `simd`: AssemblyScript, two doubles at a time, all pairs compared; windows it cannot decide go through the twin
 * - `twin`: plain TypeScript, the yardstick
 *
 * Both choose the same neighbours, always; S(k) differs by rounding, at most about 1e-14.
 */
export type DivergenceKernelName = 'simd' | 'twin';

/** The twin's sorted sweep looks near each vector only and overtakes the comparison of all pairs from about here on. */
const VALUES_PER_DIMENSION = 250;

/** @param name leaves the choice to the length of the window and the machine when undefined */
export function createDivergenceKernel(
  shape: DivergenceShape,
  name: DivergenceKernelName | undefined = undefined,
): DivergenceKernel {
  const { length, dimension } = shape;
  const isShort = length <= VALUES_PER_DIMENSION * dimension;
  const simd = name === 'simd' || (name === undefined && isShort) ? createSimdKernel(shape) : null;
  if (name === 'simd' && simd === null) {
    throw new Error(
      'Cannot use the SIMD kernel: WebAssembly SIMD is missing here, or the shape is not its own',
    );
  }
  return simd ?? createTwinKernel(shape);
}
