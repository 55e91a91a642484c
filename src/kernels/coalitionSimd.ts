import { simdInstance } from './simdInstance';

/** Exports of `simd/coalitions.ts`; there they are described. */
interface CoalitionModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly stepsAddress: () => number;
  readonly aboveAddress: () => number;
  readonly valuesAddress: () => number;
  readonly fractionsAddress: () => number;
  readonly outputScale: () => number;
  readonly mostUnits: () => number;
  readonly mostHalf: () => number;
  readonly tabulate: (units: number, lowPlayers: number, highPlayers: number) => void;
  readonly add: (
    units: number,
    lowCount: number,
    from: number,
    to: number,
    bias: number,
    weight: number,
  ) => void;
}

/** The loops in WebAssembly and the memory they work on. */
export interface CoalitionSimd {
  /** Hidden units with idle ones up to a multiple of 3. */
  readonly units: number;
  /** z of each unit for a background row, then what each player adds to it: (1 + players) x units, used up by `tabulate`. */
  readonly steps: Float64Array;
  /** Sums of weight x output, in the order of the coalitions. */
  readonly values: Float64Array;
  /** Sets the loop up for `steps`, of which the lower players, at least two, come first. */
  readonly tabulate: (lowPlayers: number, highPlayers: number) => void;
  /** Adds the outputs of the coalitions in blocks from..to-1. */
  readonly add: (lowCount: number, from: number, to: number, weight: number) => void;
}

/** Three units share one division: exp(3 z) must be a number. */
export const LARGEST_SIMD_EXPONENT = 230;
const FRACTIONS = Float64Array.from({ length: 2048 }, (_, i) => 2 ** (i / 2048));
/** Two outputs share one: exp(2 z) must be a number. */
const LARGEST_OUTPUT_EXPONENT = 340;

/**
 * The loop for one network of one hidden layer and one output, all sigmoid; null where SIMD is missing or the network, its weights or the
 * number of players are too large for it. Each has memory of its own, so that runs may take turns.
 *
 * @param above weights of the output, then its bias
 */
export function createCoalitionSimd(above: Float64Array, mostPlayers: number): CoalitionSimd | null {
  const hidden = above.length - 1;
  const units = 3 * Math.ceil(hidden / 3);
  const reach = above.reduce((sum, weight) => sum + Math.abs(weight), 0);
  if (reach >= LARGEST_OUTPUT_EXPONENT) return null;
  const simd = simdInstance<CoalitionModule>('coalitions');
  if (simd === null || units > simd.mostUnits() || 1 << Math.ceil(mostPlayers / 2) > simd.mostHalf())
    return null;
  const view = (address: number, length: number): Float64Array =>
    new Float64Array(simd.memory.buffer, address, length);
  const scaled = above.map(weight => weight * simd.outputScale());
  view(simd.aboveAddress(), units).set(scaled.subarray(0, hidden));
  view(simd.fractionsAddress(), FRACTIONS.length).set(FRACTIONS);
  const half = simd.mostHalf();
  const bias = scaled[hidden];
  return {
    units,
    steps: view(simd.stepsAddress(), (1 + mostPlayers) * units),
    values: view(simd.valuesAddress(), half * half),
    tabulate: (lowPlayers, highPlayers) => simd.tabulate(units, lowPlayers, highPlayers),
    add: (lowCount, from, to, weight) => simd.add(units, lowCount, from, to, bias, weight),
  };
}
