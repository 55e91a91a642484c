import { createNeighbourBuffers, nearestNeighbours } from './nearestNeighbours';
import { simdInstance } from './simdInstance';

/** Values that the memory of the module has room for. */
const LONGEST = 4095;

/** Nearest neighbours of the vectors (y[i], y[i + 1]) of one window after another; buffers are reused. */
export interface PlaneNeighbours {
  /** In: the window, rescaled to [0, 1]. Other searches may share all arrays, so fill it right before each run. */
  readonly series: Float64Array;
  /** Out: of each vector the nearest at a nonzero distance below 1, any of those as near; negative for none. */
  readonly neighbours: Int32Array;
  /** Out: vectors with a neighbour that may have another, as near or so nearly that the margin could hide it. */
  readonly ambiguous: Int32Array;
  /** Out: vectors in ascending order of their first value, and where each stands there. */
  readonly order: Int32Array;
  readonly position: Int32Array;
  /** Returns how many vectors are in `ambiguous`. */
  run(): number;
}

/** Exports of `simd/planeNeighbours.ts`; there they are described. */
interface PlaneModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly seriesAddress: () => number;
  readonly neighboursAddress: () => number;
  readonly ambiguousAddress: () => number;
  readonly orderAddress: () => number;
  readonly positionsAddress: () => number;
  readonly nearest: (vectors: number, margin: number) => number;
}

/**
 * The search in WebAssembly or, where SIMD is missing or the window is long, its twin in plain TypeScript, to which every vector is
 * ambiguous. Both find the same distances.
 *
 * @param vectors the first so many are searched and found, at most length - 1
 * @param margin relative, of squared distances
 */
export function createPlaneNeighbours(
  length: number,
  vectors: number,
  margin: number,
  name?: 'simd' | 'twin',
): PlaneNeighbours {
  const module = name === 'twin' || length > LONGEST ? null : planeModule();
  return module === null ? createTwin(length, vectors) : createSimd(module, length, vectors, margin);
}

function createSimd(module: PlaneModule, length: number, vectors: number, margin: number): PlaneNeighbours {
  const { buffer } = module.memory;
  const { nearest } = module;
  return {
    series: new Float64Array(buffer, module.seriesAddress(), length),
    neighbours: new Int32Array(buffer, module.neighboursAddress(), vectors),
    ambiguous: new Int32Array(buffer, module.ambiguousAddress(), vectors),
    order: new Int32Array(buffer, module.orderAddress(), vectors),
    position: new Int32Array(buffer, module.positionsAddress(), vectors),
    run: () => nearest(vectors, margin),
  };
}

function createTwin(length: number, vectors: number): PlaneNeighbours {
  const series = new Float64Array(length);
  const buffers = createNeighbourBuffers(vectors);
  const neighbours = new Int32Array(vectors);
  const ambiguous = new Int32Array(vectors);
  return {
    series,
    neighbours,
    ambiguous,
    order: buffers.order,
    position: buffers.position,
    run() {
      const everywhere = Number.POSITIVE_INFINITY;
      nearestNeighbours(series, vectors, vectors, 2, 1, 0, 1, everywhere, buffers, neighbours);
      let count = 0;
      for (let i = 0; i < vectors; i++) if (neighbours[i] >= 0) ambiguous[count++] = i;
      return count;
    },
  };
}

let loaded: PlaneModule | null | undefined;

/** One instance a thread serves all searches: each run writes before it reads. Null where SIMD is missing. */
function planeModule(): PlaneModule | null {
  if (loaded === undefined) loaded = simdInstance<PlaneModule>('planeNeighbours');
  return loaded;
}
