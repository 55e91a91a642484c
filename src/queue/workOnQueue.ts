import { availableParallelism } from 'node:os';
import type { Job, Worker } from 'bullmq';
import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber, requireWhole } from '../core/require';
import { packageVersion } from '../network/trainingIdentity';
import { createJobCrew, type JobCrew } from '../sweep/jobCrew';
import { pathBelow } from '../sweep/moduleJob';
import { type PreparedJob, preparedJobs } from '../sweep/preparedJobs';
import type { JobAnswer } from '../sweep/runSweepJob';
import { openSweepStore } from '../sweep/sweepStore';
import { withoutSecrets } from './redisAddress';
import {
  aboutText,
  openSweepQueue,
  PROTOCOL,
  type QueuedJob,
  type QueuePlace,
  type SweepQueue,
} from './sweepQueue';

/** What a worker may do, and how it behaves. */
export interface WorkOptions extends QueuePlace {
  /** Threads, each with one job at a time. Default: as many as the machine runs at once. */
  readonly workers?: number;
  /**
   * Folder that the workers and the gathering machine share: results are written there instead of to Redis. Default: none,
   * results travel through Redis, which needs no shared disk; take a folder where rows are tens of megabytes.
   */
  readonly folder?: string;
  /**
   * Folder whose modules jobs may run. Default: none, and jobs that name a module fail: whoever can write to the server could
   * otherwise run anything that lies on this machine.
   */
  readonly modules?: string;
  /** Seconds after which the jobs of a worker that says nothing are given to another; at least 1. Default 30. */
  readonly lease?: number;
  /** Seconds that a job may still take when the worker is closed; then it is given back. Default 10. */
  readonly grace?: number;
  /** Called with a line about every job, and about what is wrong. */
  readonly onEvent?: (line: string) => void;
}

const optionNames: OptionNames<WorkOptions> = {
  redis: true,
  queue: true,
  workers: true,
  folder: true,
  modules: true,
  lease: true,
  grace: true,
  onEvent: true,
};

const TASK = 'work on a queue';
/** Workers that may die over one job, killed or cut off, before it counts as failed. */
const MOST_DEATHS = 5;
/** How long the last words to Redis may take. */
const FAREWELL_MS = 3000;
const WAIT_SECONDS = 5;

/** A worker at a queue. */
export interface QueueWorker {
  /** The server, without user and password. */
  readonly server: string;
  /** Takes no more jobs, lets running ones end for `grace` seconds, gives back those that have not, and leaves. */
  close(): Promise<void>;
  /** Resolves when it has left; rejects when it left because jobs of another version of this package came. */
  readonly closed: Promise<void>;
}

/**
 * Does jobs of a queue until it is closed. A job may be done twice, when a worker was thought dead, and its result is kept once:
 * the same configuration gives the same rows. Where it does not, on another processor for instance, the first stays and the
 * event says so.
 *
 * @throws as `enqueueSweep`
 * @example
 * import { workOnQueue } from 'legcnet/queue';
 * const worker = await workOnQueue({ redis: 'redis://127.0.0.1:6379', workers: 1 });
 * await worker.close();
 * worker.server; // '127.0.0.1:6379/0', its database included
 */
export async function workOnQueue(options: WorkOptions): Promise<QueueWorker> {
  checkOptions(options, optionNames, TASK);
  const { workers = availableParallelism(), folder, modules, lease = 30, grace = 10, onEvent } = options;
  requireWhole(workers, 1, 'workers', TASK);
  requireNumber(lease, lease >= 1, 'at least 1', 'lease', TASK);
  requireNumber(grace, grace >= 0, 'at least 0', 'grace', TASK);
  const store = folder === undefined ? null : await openSweepStore(folder);
  const { redis: url, queue: name } = options;
  const queue = await openSweepQueue({ redis: url, ...(name === undefined ? {} : { queue: name }) });
  const crew = await createJobCrew(workers, modules ?? '.');
  const say = (line: string): void => onEvent?.(withoutSecrets(line, url));
  const { Worker: BullWorker, WaitingError } = queue.libraries.bullmq;

  let giveBack: () => void = () => {};
  const givingBack = new Promise<'give back'>(resolve => {
    giveBack = () => resolve('give back');
  });
  const running = new Set<Promise<void>>();

  const serve = async (job: Job<QueuedJob>, token?: string): Promise<void> => {
    const returned = async (): Promise<never> => {
      await job.moveToWait(token);
      throw new WaitingError();
    };
    const own = aboutText(PROTOCOL, packageVersion());
    const { protocol, version } = job.data;
    if (aboutText(protocol, version) !== own) {
      leave(new Error(`Jobs of ${aboutText(protocol, version)} are in the queue, this worker is ${own}`));
      return returned();
    }
    const prepared = checkedAloud(job);
    const [found] = await queue.results([prepared]);
    if (found !== null && found !== 'damaged') return;
    const answer = await Promise.race([crew.run(prepared), givingBack]);
    if (answer === 'give back') {
      say(`${shortId(prepared)} given back`);
      return returned();
    }
    await finish(prepared, answer);
  };

  const checkedAloud = (job: Job<QueuedJob>): PreparedJob => {
    try {
      return checked(job, modules);
    } catch (error) {
      say(`job ${job.id?.slice(0, 12)} refused: ${(error as Error).message}`);
      throw error;
    }
  };

  const finish = async (job: PreparedJob, answer: JobAnswer): Promise<void> => {
    if ('error' in answer) {
      say(`${shortId(job)} failed: ${answer.error}`);
      throw new Error(answer.error);
    }
    const result = { ...answer, version: packageVersion() };
    if (store !== null) await store.write(job, result);
    const isSame = await queue.keep(job, store === null ? result : null);
    say(`${shortId(job)} done in ${answer.seconds.toFixed(1)} s`);
    if (!isSame)
      say(`${shortId(job)} gave other rows elsewhere, which stay: the machines compute differently`);
  };

  const worker: Worker<QueuedJob> = new BullWorker<QueuedJob>(
    queue.queue.name,
    (job, token) => {
      const work = serve(job, token);
      const ended = work.then(
        () => {},
        () => {},
      );
      running.add(ended);
      ended.then(() => running.delete(ended));
      return work;
    },
    {
      connection: queue.redis,
      prefix: 'legcnet',
      concurrency: workers,
      lockDuration: 1000 * lease,
      stalledInterval: 500 * lease,
      maxStalledCount: MOST_DEATHS,
      drainDelay: WAIT_SECONDS,
    },
  );
  // Said once, not at every attempt.
  let complaint = '';
  worker.on('error', ({ message }) => {
    if (message !== complaint) say(`${message}; trying again`);
    complaint = message;
  });
  queue.redis.on('ready', () => {
    if (complaint !== '') say('Connected again');
    complaint = '';
  });

  let leaving: Promise<void> | null = null;
  let failure: Error | null = null;
  let settle: (failure: Error | null) => void = () => {};
  const closed = new Promise<void>((resolve, reject) => {
    settle = reason => (reason === null ? resolve() : reject(reason));
  });
  closed.catch(() => {}); // Whoever waits hears of it; when nobody does, it is no unhandled rejection.

  /** Leaves once, for the first reason. */
  const leave = (reason: Error | null): void => {
    failure ??= reason;
    leaving ??= farewell(worker, queue, crew, running, giveBack, 1000 * grace).then(() => settle(failure));
  };
  return {
    server: queue.place,
    closed,
    async close() {
      leave(null);
      await leaving;
    },
  };
}

/**
 * A job as this machine reads it. Anybody who can write to the server may have written it, so that it is checked as if a user had,
 * and must be what its name says.
 */
function checked(job: Job<QueuedJob>, modules: string | undefined): PreparedJob {
  const { work } = job.data.job;
  if (work === 'module') {
    if (modules === undefined) {
      throw new Error(
        'It names a module, and this worker loads none: start it with --modules FOLDER to allow those of a folder',
      );
    }
    pathBelow(modules, job.data.job.module);
  }
  const [prepared] = preparedJobs([job.data.job], modules ?? '.');
  if (job.id !== prepared.id) {
    throw new Error(
      work === 'module'
        ? `The module ${job.data.job.module} is another one here than where the job was made`
        : 'It is not what its name says',
    );
  }
  return prepared;
}

async function farewell(
  worker: Worker,
  queue: SweepQueue,
  crew: JobCrew,
  running: ReadonlySet<Promise<void>>,
  giveBack: () => void,
  graceMs: number,
): Promise<void> {
  await within(FAREWELL_MS, worker.pause(true));
  await within(graceMs, Promise.all(running));
  giveBack();
  // Jobs that cannot be given back, because Redis is away, are given to another when their lease ends.
  const isOver = await within(FAREWELL_MS, Promise.all(running));
  await crew.close();
  // BullMQ takes leave of a server that is away for ever, and keeps the process alive meanwhile.
  await within(FAREWELL_MS, worker.close(!isOver || !queue.isReady));
  await within(FAREWELL_MS, queue.close());
  queue.redis.disconnect();
}

/** Whether work ends, well or not, within a time. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const isInTime = await Promise.race([ended, late]);
  clearTimeout(timer);
  return isInTime;
}

function shortId({ id, job }: PreparedJob): string {
  return `${job.work} ${id.slice(0, 12)}`;
}
