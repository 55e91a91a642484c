import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/core/packageRoot';

export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export interface Audit {
  readonly answered: boolean;
  readonly reason: string;
  readonly found: readonly {
    readonly name: string;
    readonly severity: string;
    readonly range: string;
    readonly titles: readonly string[];
  }[];
}

interface Scripts {
  readonly 'pack.mjs': { pack(target: string): Promise<{ file: string; size: number; files: string[] }> };
  readonly 'stage.mjs': { stage(folder: string): void };
  readonly 'packedManifest.mjs': {
    readonly bundled: Readonly<Record<string, { readonly licence: string }>>;
    packedManifest(manifest: object, lock: object): { dependencies: Record<string, string> };
  };
  readonly 'licences.mjs': {
    readonly licencesFile: string;
    forbidden(entries: readonly Licensed[]): readonly Licensed[];
    npmLicences(): readonly Licensed[];
    pythonLicences(): Promise<readonly Licensed[]>;
    licencesText(npm: readonly Licensed[], python: readonly Licensed[]): string;
  };
  readonly 'audit.mjs': { readAudit(output: string): Audit };
}

/** One of the scripts that make the package, which are plain JavaScript. */
export function packageScript<Name extends keyof Scripts>(name: Name): Promise<Scripts[Name]> {
  return import(pathToFileURL(join(packageRoot, 'scripts', 'package', name)).href);
}
