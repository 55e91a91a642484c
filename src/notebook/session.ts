import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { checkOptions, type OptionNames } from '../core/options';
import { packageRoot } from '../core/packageRoot';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { cacheFolder, mirrorFolder } from '../data/manifest';

/** What `session` is told. */
export interface SessionOptions {
  /** The seed of this notebook, to be shown with the rest. Default: none. */
  readonly seed?: number;
}

const optionNames: OptionNames<SessionOptions> = { seed: true };

/** With what a notebook ran: what must be known to run it again. */
export interface Session {
  readonly kind: 'session-facts';
  /** Version of this package. */
  readonly legcnet: string;
  /** Version of Node.js. */
  readonly node: string;
  /** Version of the kernel. */
  readonly tslab: string;
  /** The one that checks cells, which is tslab's own. */
  readonly typescript: string;
  /** Version of TensorFlow.js. */
  readonly tfjs: string;
  /** The native library; null until something has loaded it. */
  readonly tensorflow: string | null;
  /** Version of Plotly. */
  readonly plotly: string;
  /** The seed that was told; null without. */
  readonly seed: number | null;
  /** Where tfjs computes, `tensorflow` or `cpu`; null until it is loaded. Training in float64 never needs it. */
  readonly backend: string | null;
  /** Operating system and processor, as `linux x64`. */
  readonly platform: string;
  /** Threads that run at once. */
  readonly cores: number;
  /** JavaScript heap in use, megabytes. */
  readonly heap: number;
  /** The most that the heap may hold, megabytes. Recordings lie outside of it. */
  readonly heapLimit: number;
  /** Memory of the whole process, megabytes. */
  readonly rss: number;
  /** Folder of downloaded data. */
  readonly cache: string;
  /** Folder that stands in for the network; null when there is none. */
  readonly mirror: string | null;
}

/**
 * With what this notebook runs: versions, backend, machine, memory and data folders, as they are now. Shows itself as the
 * last expression of a cell.
 *
 * @example
 * import { session } from 'legcnet';
 * session({ seed: 3 }).seed; // 3
 *
 * @throws TypeError or RangeError for a seed that is not a whole number from 0 up
 */
export function session(options: SessionOptions = {}): Session {
  const task = 'describe the session';
  checkOptions(options, optionNames, task);
  const { seed } = options;
  if (seed !== undefined) requireWhole(seed, 0, 'seed', task);
  const loaded = loadedTensorFlow();
  const { heapUsed, rss } = process.memoryUsage();
  const tslabRequire = createRequire(require.resolve('tslab/package.json'));
  return result<Session>({
    kind: 'session-facts',
    legcnet: versionIn(join(packageRoot, 'package.json')),
    node: process.versions.node,
    tslab: versionIn(require.resolve('tslab/package.json')),
    typescript: versionIn(tslabRequire.resolve('@tslab/typescript-for-tslab/package.json')),
    tfjs: versionIn(require.resolve('@tensorflow/tfjs-node/package.json')),
    tensorflow: loaded?.backend().binding?.TF_Version ?? null,
    plotly: versionIn(require.resolve('plotly.js-dist/package.json')),
    seed: seed ?? null,
    backend: loaded?.getBackend() ?? null,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    heap: megabytes(heapUsed),
    heapLimit: megabytes(getHeapStatistics().heap_size_limit),
    rss: megabytes(rss),
    cache: cacheFolder(),
    mirror: mirrorFolder() ?? null,
  });
}

interface LoadedTensorFlow {
  getBackend(): string;
  backend(): { readonly binding?: { readonly TF_Version?: string } };
}

/** TensorFlow.js where some code has loaded it already: asking must not cost a second and 200 MB. */
function loadedTensorFlow(): LoadedTensorFlow | null {
  const cache = createRequire(__filename).cache;
  return cache[require.resolve('@tensorflow/tfjs-node')]?.exports ?? null;
}

function versionIn(file: string): string {
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
