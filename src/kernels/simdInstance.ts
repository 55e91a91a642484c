import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiler's ES2022 library does not describe it. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: unknown };
};

type SimdName =
  | 'coalitions'
  | 'divergence'
  | 'mlp32'
  | 'mlpLayer'
  | 'peak'
  | 'planeNeighbours'
  | 'projection';

const compiled = new Map<SimdName, object | null>();

/** What `simd/NAME.ts` is compiled to, once for all; null where SIMD is missing. Other threads may be given it. */
export function simdModule(name: SimdName): object | null {
  if (!compiled.has(name)) {
    const bytes = readFileSync(join(__dirname, 'simd', `${name}.wasm`));
    compiled.set(name, WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null);
  }
  return compiled.get(name) ?? null;
}

/**
 * A new instance of a module; null where SIMD is missing. `Exports` is what its source exports.
 *
 * @param memory of a module that several threads share; any other brings its own
 */
export function simdInstance<Exports>(name: SimdName, memory?: object): Exports | null {
  const module = simdModule(name);
  return module && instanceOf<Exports>(module, memory);
}

/** As `simdInstance`, of a module that is at hand. */
export function instanceOf<Exports>(module: object, memory?: object): Exports {
  return new WebAssembly.Instance(module, memory && { env: { memory } }).exports as Exports;
}
