import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import { below, offerToCode } from '../core/offerToCode';
import { packageRoot } from '../core/packageRoot';

/** What this package's own code would find, nearest first; what travels inside the installed package lies in `vendor`. */
const places = [
  join(packageRoot, 'vendor'),
  ...(createRequire(join(packageRoot, 'package.json')).resolve.paths('legcnet') ?? []),
].filter(place => existsSync(place));

/**
 * Lets notebooks in `folder` import this package by name, whether it is installed there or not, and as a last resort the
 * packages that it depends on, such as danfojs-node. `legcnet` is always this copy: results of another would not show
 * themselves. Holds for this process: both for running code and for tslab's type checker.
 */
export function offerOwnModules(folder: string): void {
  offerToCode();
  offerToTypes(folder);
}

/** The parts of TypeScript's file system that look for modules. */
interface TypeScriptFiles {
  fileExists: (path: string) => boolean;
  readFile: (path: string, encoding?: string) => string | undefined;
  directoryExists: (path: string) => boolean;
  getDirectories: (path: string) => string[];
  realpath: (path: string) => string;
}

/**
 * The checker knows neither `NODE_PATH` nor `paths`; it looks for `node_modules` in the notebook's folder and in every one
 * above it. So the first of these seems to hold this package, and the last what the package depends on.
 */
function offerToTypes(folder: string): void {
  const tslabRequire = createRequire(require.resolve('tslab/dist/converter'));
  const { sys }: { sys: TypeScriptFiles } = tslabRequire('@tslab/typescript-for-tslab');
  const own = ownPaths(folder);
  const { fileExists, readFile, directoryExists, getDirectories, realpath } = sys;
  sys.fileExists = path => fileExists(own(path));
  sys.readFile = (path, encoding) => readFile(own(path), encoding);
  sys.directoryExists = path => directoryExists(own(path));
  sys.getDirectories = path => getDirectories(own(path));
  sys.realpath = path => realpath(own(path));
}

/** Turns a path that seems to be into the one that is; all others stay. */
function ownPaths(folder: string): (path: string) => string {
  const first = `${slashed(folder)}/node_modules/legcnet`.replace('//', '/');
  const last = `${slashed(parse(folder).root)}node_modules`;
  const found = new Map<string, string | undefined>();
  const placeOf = (name: string): string | undefined => {
    if (!found.has(name))
      found.set(
        name,
        places.find(place => existsSync(join(place, name))),
      );
    return found.get(name);
  };
  return path => {
    const inside = below(first, path);
    if (inside !== null) return packageRoot + inside;
    const rest = below(last, path);
    if (rest === null || existsSync(path)) return path;
    const [, name = ''] = /^\/((?:@[^/]+\/)?[^/]*)/.exec(rest) ?? [];
    const place = placeOf(name);
    return place === undefined ? path : place + rest;
  };
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
