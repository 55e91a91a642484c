import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { type PreparedJob, preparedJobs } from '../sweep/preparedJobs';
import { savedStates, sweepProgress } from '../sweep/sweep';
import type { SweepJob } from '../sweep/sweepJob';
import { type JobState, type Sweep, sweepResult } from '../sweep/sweepResult';
import { openSweepStore, type SweepStore } from '../sweep/sweepStore';
import { addMissing } from './enqueueSweep';
import { openSweepQueue, type QueuePlace, type SweepQueue } from './sweepQueue';

/** Where results come from and go to. */
export interface GatherOptions extends QueuePlace, LongRunOptions {
  /** Folder of results, as of `sweep`. Default `sweeps`. */
  readonly folder?: string;
  /** Folder that paths of modules start from. Default: the working folder. */
  readonly modules?: string;
  /** False takes what is there now and leaves the rest pending. Default true: until every job is done or has failed. */
  readonly wait?: boolean;
  /** True removes the results and failures of these jobs from Redis when they have been gathered. Default false. */
  readonly forget?: boolean;
}

const optionNames: OptionNames<GatherOptions> = {
  redis: true,
  queue: true,
  folder: true,
  modules: true,
  wait: true,
  forget: true,
  ...longRunOptionNames,
};

const LOOK_EVERY_MS = 250;
/** Between two searches for jobs that the server has lost. */
const SEARCH_EVERY_MS = 2000;

/**
 * Waits for the jobs of a sweep that workers do from a queue, and writes every result to a folder, once, as `sweep` does: the
 * rows are the same, bit for bit. Jobs that the server has lost, as one without persistence does when it is started again, are
 * put into the queue again, so that nothing is lost while somebody gathers. May be stopped and run again at any time.
 *
 * @throws as `enqueueSweep`; the signal's reason when aborted: workers go on, and what is gathered is kept
 * @example
 * import { sweepGrid } from 'legcnet';
 * import { enqueueSweep, gatherSweep, workOnQueue } from 'legcnet/queue';
 * const place = { redis: 'redis://127.0.0.1:6379', folder: 'gathered' };
 * const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', seed: [1, 2] });
 * await enqueueSweep(jobs, place);
 * const worker = await workOnQueue({ redis: place.redis, workers: 1 }); // or elsewhere: npx legcnet worker --redis URL
 * const { rows } = await gatherSweep(jobs, place);
 * await worker.close();
 * rows.length; // 4, dense and pruned
 */
export async function gatherSweep(jobs: readonly SweepJob[], options: GatherOptions): Promise<Sweep> {
  checkOptions(options, optionNames, 'gather a sweep');
  const { folder = 'sweeps', modules = process.cwd(), wait = true, forget = false, ...rest } = options;
  const { redis, queue: name, ...longRun } = rest;
  const prepared = preparedJobs(jobs, modules);
  const run = new LongRun(longRun);
  const store = await openSweepStore(folder);
  const states = await savedStates(prepared, store);
  const wanted = prepared.filter(({ id }) => states.get(id)?.status !== 'done');
  let differing: readonly string[] = [];
  if (wanted.length > 0 || forget) {
    const queue = await openSweepQueue({ redis, ...(name === undefined ? {} : { queue: name }) });
    let pending = wanted.length;
    const progress = (): Progress => {
      const failed = wanted.filter(({ id }) => states.get(id)?.status === 'failed').length;
      const earlier = prepared.length - wanted.length;
      const said = sweepProgress(wanted.length - pending, wanted.length, failed, earlier, 0);
      return queue.isReady ? said : { ...said, unit: `${said.unit}, waiting for Redis` };
    };
    const look = async (left: number): Promise<void> => {
      pending = left;
      if (left > 0) await run.pause(progress());
    };
    // While Redis is away a command waits for it, and the reader must hear of that. The command may wait for ever.
    const ticking = setInterval(() => look(pending).catch(() => {}), LOOK_EVERY_MS);
    try {
      await run.orAbort(gather(wanted, queue, store, states, look, wait));
      if (pending === 0) run.finish(progress());
      differing = await run.orAbort(queue.differing());
      if (forget) {
        await run.orAbort(queue.forget(prepared.filter(({ id }) => states.get(id)?.status !== 'pending')));
      }
    } finally {
      clearInterval(ticking);
      await queue.close();
    }
  }
  return sweepResult(folder, prepared, states, differing);
}

/** Takes what there is until nothing is pending, or once; `onLook` hears of the jobs that still are. */
async function gather(
  wanted: readonly PreparedJob[],
  queue: SweepQueue,
  store: SweepStore,
  states: Map<string, JobState>,
  onLook: (pending: number) => Promise<void>,
  wait: boolean,
): Promise<void> {
  let pending = wanted;
  let searchedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    await takeResults(pending, queue, store, states);
    const open = pending.filter(({ id }) => states.get(id)?.status === 'pending');
    await takeFailures(open, queue, states);
    pending = open.filter(({ id }) => states.get(id)?.status === 'pending');
    await onLook(pending.length);
    if (pending.length === 0 || !wait) return;
    if (performance.now() - searchedAt > SEARCH_EVERY_MS) {
      await addMissing(pending, queue, false);
      searchedAt = performance.now();
    }
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function takeResults(
  jobs: readonly PreparedJob[],
  queue: SweepQueue,
  store: SweepStore,
  states: Map<string, JobState>,
): Promise<void> {
  const results = await queue.results(jobs);
  for (const [i, job] of jobs.entries()) {
    const found = results[i];
    const { damaged: before } = states.get(job.id) ?? {};
    const damaged = found === 'damaged' ? `the result in Redis of ${job.id}` : before;
    const wasDamaged = damaged === undefined ? {} : { damaged };
    if (found === null || found === 'damaged') {
      states.set(job.id, { status: 'pending', ...wasDamaged });
      continue;
    }
    if (found !== 'in-folder') {
      await store.write(job, found);
      states.set(job.id, { status: 'done', result: found, ...wasDamaged });
      continue;
    }
    const shared = await store.read(job);
    if (shared === null || shared === 'damaged') {
      const error =
        `Its worker wrote the result to a folder, and ${store.fileOf(job)} is ${shared ?? 'not there'}: gather into the folder ` +
        'that the workers share; where it is lost, gather with forget, and ask for it again';
      states.set(job.id, { status: 'failed', error, ...wasDamaged });
    } else states.set(job.id, { status: 'done', result: shared, ...wasDamaged });
  }
}

async function takeFailures(
  jobs: readonly PreparedJob[],
  queue: SweepQueue,
  states: Map<string, JobState>,
): Promise<void> {
  if (jobs.length === 0) return;
  const failures = await queue.failures(jobs);
  for (const { id } of jobs) {
    const error = failures.get(id);
    if (error !== undefined) states.set(id, { ...states.get(id), status: 'failed', error });
  }
}
