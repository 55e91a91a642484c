import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiler's ES2022 library does not describe it. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Exports of `simd/coalitions.ts`; there they are described. */
interface CoalitionModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly lowAddress: () => number;
  readonly highAddress: () => number;
  readonly aboveAddress: () => number;
  readonly valuesAddress: () => number;
  readonly fractionsAddress: () => number;
  readonly mostUnits: () => number;
  readonly mostHalf: () => number;
  readonly add: (
    units: number,
    lowCount: number,
    from: number,
    to: number,
    bias: number,
    weight: number,
  ) => void;
}

/** The inner loop in WebAssembly and the memory it works on. */
export interface CoalitionSimd {
  /** Hidden units with zeros up to a multiple of 3. */
  readonly units: number;
  /** Tables as `simd/coalitions.ts` lays them out. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly values: Float64Array;
  readonly add: (lowCount: number, from: number, to: number, weight: number) => void;
}

/** Three units share one division: exp(3 z) must be a number. */
export const LARGEST_SIMD_EXPONENT = 230;

/**
 * The loop for one network of one hidden layer and one output, all sigmoid; null where SIMD is missing or the network or the
 * number of players is too large for it. Each has memory of its own, so that runs may take turns.
 *
 * @param above weights of the output, then its bias
 */
export function createCoalitionSimd(above: Float64Array, mostPlayers: number): CoalitionSimd | null {
  const hidden = above.length - 1;
  const units = 3 * Math.ceil(hidden / 3);
  const module = compiledModule();
  if (module === null || mostPlayers < 1) return null;
  const simd = new WebAssembly.Instance(module).exports as CoalitionModule;
  if (units > simd.mostUnits() || 1 << Math.ceil(mostPlayers / 2) > simd.mostHalf()) return null;
  const view = (address: number, length: number): Float64Array =>
    new Float64Array(simd.memory.buffer, address, length);
  view(simd.aboveAddress(), units).set(above.subarray(0, hidden));
  view(simd.fractionsAddress(), 64).set(Float64Array.from({ length: 64 }, (_, i) => 2 ** (i / 64)));
  const half = simd.mostHalf();
  const bias = above[hidden];
  return {
    units,
    low: view(simd.lowAddress(), units * half),
    high: view(simd.highAddress(), units * half),
    values: view(simd.valuesAddress(), half * half),
    add: (lowCount, from, to, weight) => simd.add(units, lowCount, from, to, bias, weight),
  };
}

let compiled: object | null | undefined;

function compiledModule(): object | null {
  if (compiled === undefined) {
    const bytes = readFileSync(join(__dirname, 'simd', 'coalitions.wasm'));
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}
