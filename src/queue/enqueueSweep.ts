import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { result } from '../core/result';
import { type PreparedJob, preparedJobs } from '../sweep/preparedJobs';
import { savedStates } from '../sweep/sweep';
import type { SweepJob } from '../sweep/sweepJob';
import { openSweepStore } from '../sweep/sweepStore';
import { openSweepQueue, type QueuePlace, type SweepQueue } from './sweepQueue';

/** Where jobs go, and what need not be done again. */
export interface EnqueueOptions extends QueuePlace, LongRunOptions {
  /** Folder of results, as of `sweep`: what it holds is not put into the queue. Default `sweeps`. */
  readonly folder?: string;
  /** Folder that paths of modules start from. Default: the working folder. */
  readonly modules?: string;
}

const optionNames: OptionNames<EnqueueOptions> = {
  redis: true,
  queue: true,
  folder: true,
  modules: true,
  ...longRunOptionNames,
};

/** What `enqueueSweep` did. */
export interface QueuedSweep {
  readonly kind: 'queued-sweep';
  /** The server, without user and password. */
  readonly server: string;
  /** Jobs asked for, the same ones once. */
  readonly jobs: number;
  /** Put into the queue now. */
  readonly added: number;
  /** Failed before, and put into the queue again. */
  readonly again: number;
  /** In the queue already. */
  readonly there: number;
  /** Done already: in the folder, or in Redis. */
  readonly done: number;
}

/**
 * Puts the jobs of a sweep into a queue on a Redis server, each under the SHA-256 of its configuration: what is there already,
 * or done, is not put there twice. `npx legcnet worker --redis URL` on any number of machines does them, `gatherSweep` brings
 * the results home. What was in the queue when the signal stopped it stays there; the same call adds the rest.
 *
 * @throws as `sweep`, all jobs checked before the first is queued; the signal's reason when aborted; Error where Redis does not
 *   answer, `bullmq` and `ioredis` are not installed, or another version of this package uses the queue
 * @example
 * import { sweepGrid } from 'legcnet';
 * import { enqueueSweep } from 'legcnet/queue';
 * const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', seed: [1, 2, 3, 4] });
 * (await enqueueSweep(jobs, { redis: 'redis://127.0.0.1:6379' })).added; // 4
 */
export async function enqueueSweep(jobs: readonly SweepJob[], options: EnqueueOptions): Promise<QueuedSweep> {
  checkOptions(options, optionNames, 'enqueue a sweep');
  const { folder = 'sweeps', modules = process.cwd(), redis, queue: name } = options;
  const prepared = preparedJobs(jobs, modules);
  const run = new LongRun(longRunOptions(options));
  const states = await run.orAbort(savedStates(prepared, await openSweepStore(folder)));
  const queue = await openSweepQueue({ redis, ...(name === undefined ? {} : { queue: name }) });
  try {
    const wanted = prepared.filter(({ id }) => states.get(id)?.status !== 'done');
    const progress = (done: number, total: number): Progress => ({
      task: 'Filling the queue',
      done,
      total,
      unit: 'jobs',
    });
    // While Redis is away a command waits for it, perhaps for ever.
    const { added, again, there } = await run.orAbort(
      addMissing(wanted, queue, true, (sent, all) => run.pause(progress(sent, all))),
    );
    run.finish(progress(added + again, added + again));
    const done = prepared.length - added - again - there;
    return result({
      kind: 'queued-sweep',
      server: queue.place,
      jobs: prepared.length,
      added,
      again,
      there,
      done,
    });
  } finally {
    await queue.close();
  }
}

/**
 * Puts those jobs into the queue that are neither there nor done.
 *
 * @param onSent called whenever some of the jobs to be put there are; throws to stop
 */
export async function addMissing(
  jobs: readonly PreparedJob[],
  queue: SweepQueue,
  failedToo: boolean,
  onSent: (sent: number, all: number) => Promise<void> = async () => {},
): Promise<Pick<QueuedSweep, 'added' | 'again' | 'there'>> {
  const present = await queue.present(jobs);
  const failures = failedToo ? await queue.failures(jobs) : new Map<string, string>();
  // Asked after the queue: a job leaves the queue only when its result is there.
  const results = await queue.results(jobs);
  const isOpen = (i: number): boolean => results[i] === null || results[i] === 'damaged';
  const failed = jobs.filter(({ id }, i) => isOpen(i) && failures.has(id));
  const missing = jobs.filter((_, i) => isOpen(i) && !present[i]);
  await queue.remove(failed);
  const all = missing.length + failed.length;
  await queue.add([...missing, ...failed], sent => onSent(sent, all));
  const open = jobs.filter((_, i) => isOpen(i)).length;
  return { added: missing.length, again: failed.length, there: open - missing.length - failed.length };
}
