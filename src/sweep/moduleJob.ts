import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { offerToCode } from '../core/offerToCode';
import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, requireOneOf } from '../core/require';
import { systemReason } from '../core/systemReason';
import { isPlainObject } from './canonicalText';
import type { ModuleJob } from './sweepJob';

const moduleJobNames: OptionNames<ModuleJob> = { work: true, module: true, export: true, arguments: true };

/** @throws TypeError or RangeError naming what is wrong, before any module is loaded */
export function checkModuleJob(job: ModuleJob, task: string): void {
  checkOptions(job, moduleJobNames, task);
  const { module, export: name = 'run', arguments: given = {} } = job;
  for (const [value, what] of [
    [module, 'module'],
    [name, 'export'],
  ] as const) {
    if (typeof value !== 'string' || value === '') {
      throw new TypeError(`Cannot ${task}: ${what} must be a name, ${describeValue(value)} came`);
    }
  }
  requireOneOf(extname(module), ['.js', '.cjs', '.mjs'], 'the ending of module', task);
  if (!isPlainObject(given)) {
    throw new TypeError(`Cannot ${task}: arguments must be an object, ${describeValue(given)} came`);
  }
}

/** The same job with everything left out that it would be without. */
export function withoutModuleDefaults(job: ModuleJob): object {
  const { work, module, export: name = 'run', arguments: given = {} } = job;
  return {
    work,
    module,
    ...(name === 'run' ? {} : { export: name }),
    ...(Object.keys(given).length === 0 ? {} : { arguments: given }),
  };
}

/**
 * SHA-256 of a module's file, which belongs to the identity of its jobs: changed code is other work. Of what the module itself
 * loads nothing is known.
 *
 * @throws Error naming the file where it cannot be read
 */
export function moduleChecksum(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    throw new Error(`Cannot read the module ${path}: ${systemReason(error)}`, { cause: error });
  }
}

/**
 * The path of a job's module below a folder. From a queue, where anybody may write jobs, nothing outside of it is loaded.
 *
 * @throws RangeError for a path that leads out of the folder
 */
export function pathBelow(folder: string, module: string): string {
  const path = resolve(folder, module);
  const inside = relative(resolve(folder), path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new RangeError(`Cannot load the module ${module}: it lies outside of the folder that is allowed`);
  }
  return path;
}

/** The checksums of the modules that this thread has loaded: Node keeps a module as it was read first. */
const loaded = new Map<string, string>();

/**
 * Calls the function of a job.
 *
 * @param path of the module, resolved
 * @param sha256 what the module's file must be
 * @throws Error when the file is another, or has changed since this thread loaded it
 */
export async function runModuleJob(job: ModuleJob, path: string, sha256: string): Promise<unknown> {
  const { export: name = 'run', arguments: given = {} } = job;
  const found = moduleChecksum(path);
  if (found !== sha256) {
    throw new Error(
      `The module ${job.module} here (SHA-256 ${found.slice(0, 12)}…) is not the one of the job (${sha256.slice(0, 12)}…)`,
    );
  }
  const before = loaded.get(path) ?? found;
  if (before !== found) {
    throw new Error(`The module ${job.module} has changed since it was loaded: start the worker again`);
  }
  loaded.set(path, found);
  if (!isMainThread) offerToCodeOnce();
  const exports: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  const own = exports.default as Readonly<Record<string, unknown>> | undefined;
  // Of CommonJS, Node sees by name only what it can tell without running the file.
  const work = exports[name] ?? (isFunctionOf(own, name) ? own[name] : undefined);
  if (typeof work !== 'function') {
    throw new TypeError(`The module ${job.module} exports no function '${name}'`);
  }
  return work(given);
}

let isOffered = false;

/** A module that lies beside a notebook, far from any node_modules, may require this package as the notebook does. */
function offerToCodeOnce(): void {
  if (!isOffered) offerToCode();
  isOffered = true;
}

function isFunctionOf(value: unknown, name: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}
