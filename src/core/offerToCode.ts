import Module from 'node:module';
import { join } from 'node:path';
import { packageRoot } from './packageRoot';

type Resolve = (request: string, ...rest: unknown[]) => string;

interface Caller {
  readonly filename?: string | null;
}

/** What `require` asks for a file; not in the public types. */
const modules = Module as unknown as { _resolveFilename: Resolve };

/**
 * Lets `require` in this thread find this package by name, and as a last resort what it depends on, wherever the asking file lies.
 * `legcnet` is always this copy.
 */
export function offerToCode(): void {
  const { _resolveFilename } = modules;
  modules._resolveFilename = function (this: unknown, request, ...rest) {
    const inside = below('legcnet', request);
    if (inside !== null) return _resolveFilename.call(this, join(packageRoot, inside), ...rest);
    try {
      return _resolveFilename.call(this, request, ...rest);
    } catch (error) {
      const [caller, isMain] = rest as [Caller | undefined, unknown];
      if (!isBare(request) || /[\\/]node_modules[\\/]/.test(caller?.filename ?? '')) throw error;
      try {
        return _resolveFilename.call(this, request, caller, isMain, { paths: [packageRoot] });
      } catch {
        throw error;
      }
    }
  };
}

/** A package's name, not a path. */
function isBare(request: string): boolean {
  return /^[@a-zA-Z]/.test(request) && !/^[a-zA-Z]:[\\/]/.test(request);
}

/** What follows `start` in a path that lies at or below it, otherwise null. */
export function below(start: string, path: string): string | null {
  return path === start || path.startsWith(`${start}/`) ? path.slice(start.length) : null;
}
