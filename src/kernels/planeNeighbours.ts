import { followPairs } from './followPairs';
import { createNeighbourBuffers, nearestNeighbours } from './nearestNeighbours';
import { roundDecimals } from './roundDecimals';
import { simdInstance } from './simdInstance';
import { rescaleToUnit } from './unitRange';

/** Values that the memory of the module has room for. */
const LONGEST = 4095;
/** The module scales by exact powers of ten. */
const MOST_DECIMALS = 15;

/**
 * Nearest neighbours of the vectors (y[i], y[i + 1]) of one window after another and how far they are apart. The order is: `load`,
 * `search`, `follow`; other windows may come in between only before `load`, because all share the arrays.
 */
export interface PlaneNeighbours {
  /** The window, rescaled to [0, 1]. */
  readonly series: Float64Array;
  /** Of each vector the nearest at a nonzero distance below 1, any of those as near; negative for none. */
  readonly neighbours: Int32Array;
  /** Vectors with a neighbour that may have another, as near or so nearly that the margin could hide it. */
  readonly ambiguous: Int32Array;
  /** Vectors in ascending order of their first value, and where each stands there. */
  readonly order: Int32Array;
  readonly position: Int32Array;
  /** S(0) and S(1) of `followPairs`. */
  readonly curve: Float64Array;
  /** Takes a window in, rounded to decimals unless null; returns the range it then has, 0 for a constant one, NaN unless finite. */
  load(window: Float64Array, decimals: number | null): number;
  /** Fills `neighbours`; returns how many vectors are in `ambiguous`. */
  search(): number;
  /** Fills `curve`. */
  follow(): void;
}

/** Exports of `simd/planeNeighbours.ts`; there they are described. */
interface PlaneModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly seriesAddress: () => number;
  readonly neighboursAddress: () => number;
  readonly ambiguousAddress: () => number;
  readonly orderAddress: () => number;
  readonly positionsAddress: () => number;
  readonly productsAddress: () => number;
  readonly countsAddress: () => number;
  readonly rescale: (length: number, power: number) => number;
  readonly nearest: (vectors: number, margin: number) => number;
  readonly follow: (vectors: number) => void;
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
  const series = new Float64Array(buffer, module.seriesAddress(), length);
  const products = new Float64Array(buffer, module.productsAddress(), 2 * (LONGEST + 1));
  const counts = new Int32Array(buffer, module.countsAddress(), 4);
  const curve = new Float64Array(2);
  return {
    series,
    neighbours: new Int32Array(buffer, module.neighboursAddress(), vectors),
    ambiguous: new Int32Array(buffer, module.ambiguousAddress(), vectors),
    order: new Int32Array(buffer, module.orderAddress(), vectors),
    position: new Int32Array(buffer, module.positionsAddress(), vectors),
    curve,
    load(window, decimals) {
      if (decimals !== null && decimals <= MOST_DECIMALS) {
        series.set(window);
        const range = module.rescale(length, 10 ** decimals);
        if (range >= 0) return range;
      }
      return loadRounded(window, decimals, series);
    },
    search: () => module.nearest(vectors, margin),
    follow() {
      module.follow(vectors);
      for (let k = 0; k <= 1; k++) {
        let sum = 0;
        const from = k * (LONGEST + 1);
        for (let p = from; p < from + counts[2 * k]; p++) sum += Math.log(products[p]);
        curve[k] = sum / (2 * counts[2 * k + 1]);
      }
    },
  };
}

function createTwin(length: number, vectors: number): PlaneNeighbours {
  const series = new Float64Array(length);
  const buffers = createNeighbourBuffers(vectors);
  const neighbours = new Int32Array(vectors);
  const ambiguous = new Int32Array(vectors);
  const curve = new Float64Array(2);
  const counts = new Int32Array(2);
  const squares = new Float64Array(3);
  const products = new Float64Array(2);
  return {
    series,
    neighbours,
    ambiguous,
    order: buffers.order,
    position: buffers.position,
    curve,
    load: (window, decimals) => loadRounded(window, decimals, series),
    search() {
      const everywhere = Number.POSITIVE_INFINITY;
      nearestNeighbours(series, vectors, vectors, 2, 1, 0, 1, everywhere, buffers, neighbours);
      let count = 0;
      for (let i = 0; i < vectors; i++) if (neighbours[i] >= 0) ambiguous[count++] = i;
      return count;
    },
    follow() {
      followPairs(series, neighbours, vectors, 2, 1, 1, squares, products, curve, counts);
    },
  };
}

/** One value at a time, to the last bit what the module does where it can. */
function loadRounded(window: Float64Array, decimals: number | null, series: Float64Array): number {
  for (let t = 0; t < series.length; t++) {
    series[t] = decimals === null ? window[t] : roundDecimals(window[t], decimals);
  }
  return rescaleToUnit(series, 0, series);
}

let loaded: PlaneModule | null | undefined;

/** One instance a thread serves all searches: each run writes before it reads. Null where SIMD is missing. */
function planeModule(): PlaneModule | null {
  if (loaded === undefined) loaded = simdInstance<PlaneModule>('planeNeighbours');
  return loaded;
}
