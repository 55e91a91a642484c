import { availableParallelism } from 'node:os';
import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { packageVersion } from '../network/trainingIdentity';
import { createJobCrew } from './jobCrew';
import { type PreparedJob, preparedJobs } from './preparedJobs';
import type { SweepJob } from './sweepJob';
import { type JobState, type Sweep, sweepResult } from './sweepResult';
import { openSweepStore, type SweepStore } from './sweepStore';

/** Which part of a sweep is done here. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  /** Number of parts. */
  readonly count: number;
}

/** Where a sweep keeps its results and what does the work. */
export interface SweepOptions extends LongRunOptions {
  /** Folder of results; made when missing. Several sweeps may share it. Default `sweeps`. */
  readonly folder?: string;
  /** Threads, each with one job at a time; 0 for none but this one. Default: as many as the machine runs at once. */
  readonly workers?: number;
  /** One of several parts, to be done by as many machines; the others' jobs are left to them. Default: all. */
  readonly shard?: Shard;
  /** Folder that paths of modules start from. Default: the working folder, which in a notebook is the notebook's. */
  readonly modules?: string;
}

const optionNames: OptionNames<SweepOptions> = {
  folder: true,
  workers: true,
  shard: true,
  modules: true,
  ...longRunOptionNames,
};

const TASK = 'sweep';
/** Between two reports while no job ends. */
const TICK_MS = 200;

/**
 * Does many jobs, each once: results are kept in a folder under the SHA-256 of their configuration, and a job whose result is
 * there is not done again. A sweep that was stopped goes on by being run again, and one that grew does what is new. Jobs that
 * fail carry their error, do not stop the others, and are tried again by the next run. A result whose checksum is wrong is
 * named and made again. The rows are the same, bit for bit, whatever the number of workers and shards.
 *
 * A job's name leaves out defaults and threads (`search.scan.workers`), and does not hold this package's version: results say
 * which version made them, and the sweep names all of them.
 *
 * All jobs are checked before the first is begun, those of other shards too: every name, word and number, those of `search` and
 * `training` by the checks of the steps that take them, and a module's file. What only the data tell fails its job alone, when it
 * runs: a batch larger than the training part (a larger one than the whole set is refused at once), a delta that is lost in
 * rounding; so do arguments that a module does not like.
 *
 * @throws TypeError or RangeError for a job that cannot be done, with its position and the setting, or an unknown option, before
 *   anything is done; Error when a result cannot be saved
 * @example
 * import { sweep, sweepGrid } from 'legcnet';
 * const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', variant: ['FT', 'PT'], seed: [1, 2] });
 * const { done, rows } = await sweep(jobs, { workers: 0 });
 * done; // 4
 * rows.length; // 8, dense and pruned
 */
export async function sweep(jobs: readonly SweepJob[], options: SweepOptions = {}): Promise<Sweep> {
  checkOptions(options, optionNames, TASK);
  const { folder = 'sweeps', workers, shard, modules = process.cwd(), ...longRun } = options;
  if (workers !== undefined) requireWhole(workers, 0, 'workers', TASK);
  const prepared = preparedJobs(jobs, modules);
  const own = shard === undefined ? prepared : shardOf(prepared, shard);
  const run = new LongRun(longRun);
  const store = await openSweepStore(folder);
  const states = await savedStates(prepared, store);
  const wanted = own.filter(({ id }) => states.get(id)?.status !== 'done');
  const usual = Math.min(availableParallelism(), wanted.length);
  if (wanted.length > 0) await doJobs(wanted, workers ?? usual, modules, store, states, run);
  return sweepResult(folder, prepared, states);
}

/** Shard i of n holds the jobs i, i + n, i + 2n, …: together all of them, none twice. */
export function shardOf<T>(jobs: readonly T[], { index, count }: Shard): readonly T[] {
  requireWhole(count, 1, 'the number of shards', TASK);
  requireWhole(index, 1, 'the shard', TASK, count);
  return jobs.filter((_, i) => i % count === index - 1);
}

/** What the folder holds of every job. */
export async function savedStates(
  jobs: readonly PreparedJob[],
  store: SweepStore,
): Promise<Map<string, JobState>> {
  const states = new Map<string, JobState>();
  for (const job of jobs) {
    const found = await store.read(job);
    if (found === 'damaged') states.set(job.id, { status: 'pending', damaged: store.fileOf(job) });
    else states.set(job.id, found === null ? { status: 'pending' } : { status: 'done', result: found });
  }
  return states;
}

async function doJobs(
  wanted: readonly PreparedJob[],
  workers: number,
  modules: string,
  store: SweepStore,
  states: Map<string, JobState>,
  run: LongRun,
): Promise<void> {
  const version = packageVersion();
  const earlier = [...states.values()].filter(({ status }) => status === 'done').length;
  const others = states.size - wanted.length - earlier;
  let next = 0;
  let done = 0;
  let failed = 0;
  const progress = (): Progress => sweepProgress(done, wanted.length, failed, earlier, others);
  const crew = await createJobCrew(Math.min(workers, wanted.length), modules, run.signal);
  /** Takes one job after another until none is left. */
  const lane = async (): Promise<void> => {
    while (next < wanted.length) {
      const job = wanted[next++];
      const damaged = states.get(job.id)?.damaged;
      const wasDamaged = damaged === undefined ? {} : { damaged };
      const answer = await crew.run(job);
      if ('error' in answer) {
        failed++;
        states.set(job.id, { status: 'failed', error: answer.error, ...wasDamaged });
      } else {
        const result = { ...answer, version };
        await store.write(job, result);
        states.set(job.id, { status: 'done', result, ...wasDamaged });
      }
      done++;
      if (done < wanted.length) await run.pause(progress());
    }
  };
  const ticking = setInterval(() => {
    run.pause(progress()).catch(() => {}); // The lanes hear of an abort themselves.
  }, TICK_MS);
  try {
    await run.orAbort(Promise.all(Array.from({ length: Math.max(1, workers) }, lane)));
    run.finish(progress());
  } finally {
    clearInterval(ticking);
    next = wanted.length;
    await crew.close();
  }
}

/** How far a sweep is: jobs that ended, those that failed among them, those that an earlier run did, and those of other shards. */
export function sweepProgress(
  done: number,
  total: number,
  failed: number,
  earlier: number,
  others: number,
): Progress {
  const more = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(earlier > 0 ? [`${earlier} done before`] : []),
    ...(others > 0 ? [`${others} of other shards`] : []),
  ];
  return { task: 'Sweep', done, total, unit: ['jobs', ...more].join(', ') };
}
