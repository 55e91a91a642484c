import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiler's ES2022 library does not describe it. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const compiled = new Map<string, object | null>();

/**
 * A new instance, with memory of its own, of the module that `simd/NAME.ts` is compiled to; null where SIMD is missing.
 * `Exports` is what that file exports.
 */
export function simdInstance<Exports>(
  name: 'coalitions' | 'divergence' | 'mlp32' | 'mlpLayer' | 'peak' | 'planeNeighbours' | 'projection',
): Exports | null {
  if (!compiled.has(name)) {
    const bytes = readFileSync(join(__dirname, 'simd', `${name}.wasm`));
    compiled.set(name, WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null);
  }
  const module = compiled.get(name) ?? null;
  return module && (new WebAssembly.Instance(module).exports as Exports);
}
