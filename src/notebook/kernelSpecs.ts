import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { ownEnvironment } from '../core/installation';
import { packageRoot } from '../core/packageRoot';
import { requireWhole } from '../core/require';

/** The part that set-up shares, which writes the kernel before this file is compiled: plain JavaScript in `kernel/`. */
const { kernelFolder, kernelSpec }: typeof import('../../kernel/spec.js') = require(
  join(packageRoot, 'kernel', 'spec.js'),
);

/** Where and how to install the kernel. */
export interface InstallKernelOptions {
  /** Environment that Jupyter runs from, such as a virtual environment. Default: Jupyter's folder of this user. */
  readonly prefix?: string;
  /** Megabytes of the JavaScript heap, at least 128. Default 4096. */
  readonly heap?: number;
}

/** A kernel.json of ours that Jupyter finds. */
export interface InstalledKernel {
  readonly path: string;
  /** Why it would not start this package with this Node; null when it would. */
  readonly problem: string | null;
  /** The starter of another copy of this package, where it would start that one; otherwise null. */
  readonly startsOther: string | null;
}

/**
 * Writes the kernelspec "TypeScript (legcnet)" and returns the path of its kernel.json. It starts this package with this
 * Node, both by absolute path.
 *
 * @throws RangeError for a heap that is too small, Error when a kernel of that name is not ours or the folder cannot be written
 */
export function installKernel({ prefix, heap }: InstallKernelOptions = {}): string {
  if (heap !== undefined) requireWhole(heap, 128, 'heap', 'install the kernel');
  const path = pathIn(dataFolder(prefix));
  requireOurs(path, 'install the kernel');
  mkdirSync(join(path, '..'), { recursive: true });
  const made = `${path}.${process.pid}`;
  writeFileSync(made, kernelSpec(heap));
  renameSync(made, path);
  return path;
}

/**
 * Removes the kernelspec that `installKernel` wrote and returns where it was.
 *
 * @throws Error when there is none, or it is not ours
 */
export function removeKernel(prefix?: string): string {
  const path = pathIn(dataFolder(prefix));
  if (!existsSync(path)) throw new Error(`Cannot remove the kernel: there is no ${path}`);
  requireOurs(path, 'remove the kernel');
  rmSync(join(path, '..'), { recursive: true });
  return path;
}

/** The kernels named `legcnet` where Jupyter looks, and in `prefix`. */
export function installedKernels(prefix?: string): readonly InstalledKernel[] {
  const folders = [...(prefix === undefined ? [] : [dataFolder(prefix)]), ...jupyterFolders()];
  const paths = [...new Set(folders.map(pathIn))].filter(path => existsSync(path));
  return paths.map(path => ({ path, problem: problemOf(path), startsOther: otherIn(path) }));
}

function pathIn(folder: string): string {
  return join(folder, kernelFolder, 'kernel.json');
}

/** As Jupyter itself decides. */
function dataFolder(prefix?: string): string {
  if (prefix !== undefined) return join(resolve(prefix), 'share', 'jupyter');
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return resolve(JUPYTER_DATA_DIR);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(APPDATA || join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter');
}

function jupyterFolders(): string[] {
  const { JUPYTER_PATH = '', VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  const environments = [ownEnvironment, VIRTUAL_ENV, CONDA_PREFIX].filter(
    place => place !== undefined && place !== '',
  );
  return [
    ...JUPYTER_PATH.split(delimiter).filter(place => place !== ''),
    dataFolder(),
    ...environments.map(place => dataFolder(place)),
    ...(process.platform === 'win32' ? [] : ['/usr/local/share/jupyter', '/usr/share/jupyter']),
  ];
}

interface KernelJson {
  readonly argv?: readonly string[];
  readonly metadata?: { readonly legcnet?: { readonly heap?: number } };
}

function read(path: string): KernelJson | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** What earlier versions wrote counts as ours too. */
function requireOurs(path: string, task: string): void {
  if (!existsSync(path)) return;
  const spec = read(path);
  const isOurs = spec?.metadata?.legcnet !== undefined || spec?.argv?.some(word => /tslab/.test(word));
  if (!isOurs) throw new Error(`Cannot ${task}: ${path} is there, and this package did not write it`);
}

function problemOf(path: string): string | null {
  const spec = read(path);
  const [node = '', , starter = ''] = spec?.argv ?? [];
  if (spec?.metadata?.legcnet === undefined) return 'not written by this version: install it again';
  if (!existsSync(node)) return `its Node is gone: ${node}`;
  if (!existsSync(starter)) return `its package is gone: ${starter}`;
  const heap = spec.metadata.legcnet.heap;
  return readFileSync(path, 'utf8') === kernelSpec(heap) ? null : `starts ${starter} with ${node}`;
}

function otherIn(path: string): string | null {
  const [node = '', , starter = ''] = read(path)?.argv ?? [];
  const starts = existsSync(node) && existsSync(starter);
  return starts && starter !== join(packageRoot, 'kernel', 'start.js') ? starter : null;
}
