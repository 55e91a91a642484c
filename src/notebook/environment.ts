import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';

/** What computed: versions of everything that takes part, and the machine without its name. */
export interface Environment {
  /** Version of this package. */
  readonly legcnet: string;
  /** Version of Node.js. */
  readonly node: string;
  /** Version of its JavaScript engine. */
  readonly v8: string;
  /** Operating system, as 'linux'. */
  readonly platform: string;
  /** Kind of processor, as 'x64'. */
  readonly arch: string;
  /** Release of the operating system. */
  readonly release: string;
  /** The processor's own name. */
  readonly processor: string;
  /** Logical processors. */
  readonly cores: number;
  /** Memory of the machine. */
  readonly memoryBytes: number;
  /** Installed version of each package that this one depends on; null for one that is not there. */
  readonly packages: Readonly<Record<string, string | null>>;
}

/**
 * Versions and machine of this process; nothing is loaded to find out, and nothing in it names the user or the machine.
 *
 * @example
 * import { environment } from 'legcnet';
 * environment().node === process.versions.node; // true
 */
export function environment(): Environment {
  const { version, dependencies } = packageJson(join(packageRoot, 'package.json'));
  const processors = cpus();
  return {
    legcnet: version,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: platform(),
    arch: arch(),
    release: release(),
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    packages: Object.fromEntries(
      Object.keys(dependencies ?? {}).map(name => [name, installedVersion(name)] as const),
    ),
  };
}

interface PackageJson {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function packageJson(path: string): PackageJson {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Read from the package's folder: many packages do not let their package.json be asked for by name. */
function installedVersion(name: string): string | null {
  for (const folder of createRequire(__filename).resolve.paths(name) ?? []) {
    try {
      return packageJson(join(folder, name, 'package.json')).version;
    } catch {
      // Not in this folder; the next one further up may have it.
    }
  }
  return null;
}
