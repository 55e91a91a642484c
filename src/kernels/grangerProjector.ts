import { fullSumOfSquares } from './grangerProjection';
import { simdInstance } from './simdInstance';

/** Larger regressions gain nothing over the plain loops, which need no copy of them. */
const MOST_BYTES = 2 ** 24;

/** Exports of `simd/projection.ts`; there they are described. */
interface ProjectionModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly firstFree: () => number;
  readonly fullSum: (
    cause: number,
    lag: number,
    vectors: number,
    count: number,
    residual: number,
    remaining: number,
    line: number,
  ) => number;
}

/** What all causes share, see `effectBasis`. */
export interface GrangerBasis {
  readonly lag: number;
  /** (count + lag) x rows: the basis, then room for the cause's lags. */
  readonly vectors: Float64Array;
  readonly count: number;
  /** Length rows. */
  readonly residual: Float64Array;
}

/**
 * `fullSumOfSquares` of one cause after another beside one basis, in WebAssembly where it can be; to the last bit the same.
 *
 * @param name leaves the choice to the machine and the size when undefined
 */
export function createGrangerProjector(
  basis: GrangerBasis,
  name?: 'simd' | 'twin',
): (cause: Float64Array) => number {
  const { lag, vectors, count, residual } = basis;
  const rows = residual.length;
  const module = name === 'twin' ? null : projectionModule();
  const line = 8 * rows;
  const length = rows + lag;
  const bytes = line * (count + lag + 2) + 8 * length;
  if (module === null || bytes > MOST_BYTES) {
    const remaining = new Float64Array(rows);
    return cause => fullSumOfSquares(cause, lag, vectors, count, residual, remaining);
  }
  const series = module.firstFree();
  const residualAt = series + 8 * length;
  const remaining = residualAt + line;
  const vectorsAt = remaining + line;
  let cached: Float64Array | null = null;
  return cause => {
    if (resident !== basis) {
      const missing = series + bytes - module.memory.buffer.byteLength;
      if (missing > 0) module.memory.grow(Math.ceil(missing / 65536));
      const numbers = new Float64Array(module.memory.buffer);
      numbers.set(residual, residualAt / 8);
      numbers.set(vectors.subarray(0, count * rows), vectorsAt / 8);
      resident = basis;
    }
    // Growing takes the memory away from under earlier arrays.
    if (cached === null || cached.length === 0)
      cached = new Float64Array(module.memory.buffer, series, length);
    cached.set(cause);
    return module.fullSum(series + 8 * lag, lag, vectorsAt, count, residualAt, remaining, line);
  };
}

let loaded: ProjectionModule | null | undefined;
/** Whose basis is in the memory: one instance a thread serves all. */
let resident: GrangerBasis | null = null;

function projectionModule(): ProjectionModule | null {
  if (loaded === undefined) loaded = simdInstance<ProjectionModule>('projection');
  return loaded;
}
