import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { describeValue } from '../core/require';
import { packageVersion } from '../network/trainingIdentity';
import type { PreparedJob } from '../sweep/preparedJobs';
import { readStored, type StoredResult, storedText } from '../sweep/sweepStore';
import { type QueueLibraries, queueLibraries } from './queueLibraries';
import { redisPlace, withoutSecrets } from './redisAddress';

/** Where a queue is. */
export interface QueuePlace {
  /** Address of a Redis server: `redis://user:password@host:6379/0`, or `rediss://` for TLS. Never printed with its password. */
  readonly redis: string;
  /** One server may hold several queues. Letters, digits and hyphens. Default `sweeps`. */
  readonly queue?: string;
}

/** What is in the queue under the name of a job. */
export interface QueuedJob {
  /** How jobs and results are written; see `PROTOCOL`. */
  readonly protocol: number;
  /** Of the package that put it there. */
  readonly version: string;
  readonly job: PreparedJob['job'];
}

/** Changes when jobs or results in Redis change their form. */
export const PROTOCOL = 1;

/** A result that lies in a folder that its workers and the gathering machine share. */
const IN_FOLDER = 'in-folder';

/** A connection to a queue of jobs and to their results. */
export interface SweepQueue {
  readonly libraries: QueueLibraries;
  readonly redis: Redis;
  readonly queue: Queue<QueuedJob>;
  /** Without user and password. */
  readonly place: string;
  /** Whether the server answers. */
  readonly isReady: boolean;
  /** Results by job; null where there is none. */
  results(jobs: readonly PreparedJob[]): Promise<readonly QueuedResult[]>;
  /**
   * Keeps a result unless a whole one is there: what was found first stays.
   *
   * @param result null when it has been written to a shared folder
   * @returns whether the one that is there, if any, has the same rows, bit for bit
   */
  keep(job: PreparedJob, result: StoredResult | null): Promise<boolean>;
  /** Which of the jobs are in the queue: waiting, being done, or failed. */
  present(jobs: readonly PreparedJob[]): Promise<readonly boolean[]>;
  /** Why those of the jobs failed that did, by name. */
  failures(jobs: readonly PreparedJob[]): Promise<ReadonlyMap<string, string>>;
  /** @param onSent called with the number of jobs that are there, a few hundred at a time; what it throws stops it */
  add(jobs: readonly PreparedJob[], onSent: (sent: number) => Promise<void>): Promise<void>;
  /** Removes jobs that are waiting or have failed; one that is being done stays. */
  remove(jobs: readonly PreparedJob[]): Promise<void>;
  /** Removes jobs and their results. */
  forget(jobs: readonly PreparedJob[]): Promise<void>;
  /** Jobs whose results differed between two machines. */
  differing(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export type QueuedResult = StoredResult | 'damaged' | 'in-folder' | null;

/** What BullMQ says of a job whose workers died too often. */
const STALLED = 'job stalled more than allowable limit';
const TOO_MANY_DEATHS = 'Its workers died, were killed or cut off again and again';
/** A dead connection is noticed after this long; longer than any command waits for a job. */
const SILENT_MS = 20_000;
const CONNECT_MS = 5000;
const CHUNK = 500;

/**
 * Connects to a queue and makes sure that whoever uses it speaks alike.
 *
 * @throws Error when the server does not answer, or the queue is that of another version of this package
 */
export async function openSweepQueue({
  redis: url,
  queue: name = 'sweeps',
}: QueuePlace): Promise<SweepQueue> {
  const place = redisPlace(url);
  if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) {
    throw new RangeError(
      `Cannot open a queue: its name must be letters, digits and hyphens, ${describeValue(name)} came`,
    );
  }
  const libraries = await queueLibraries();
  const { redis, end } = await connect(libraries, url, place);
  const queue: Queue<QueuedJob> = new libraries.bullmq.Queue(name, { connection: redis, prefix: 'legcnet' });
  queue.on('error', () => {}); // The connection mends itself; commands wait for it.
  const keyOf = ({ id }: PreparedJob): string => `legcnet-results:${name}:${id}`;
  const differingKey = `legcnet-differing:${name}`;
  const close = async (): Promise<void> => {
    end();
    await queue.close().catch(() => {});
    redis.disconnect();
  };
  try {
    await agree(redis, queue, `legcnet-about:${name}`, place);
  } catch (error) {
    await close();
    throw error;
  }
  const read = (job: PreparedJob, text: string | null): QueuedResult =>
    text === null || text === IN_FOLDER ? (text as typeof IN_FOLDER | null) : readStored(job, text);
  const remove = async (jobs: readonly PreparedJob[]): Promise<void> => {
    for (const { id } of jobs) await queue.remove(id);
  };
  return {
    libraries,
    redis,
    queue,
    place,
    get isReady() {
      return redis.status === 'ready';
    },
    async results(jobs) {
      const found: QueuedResult[] = [];
      for (const chunk of chunks(jobs)) {
        const texts = await redis.mget(chunk.map(keyOf));
        found.push(...chunk.map((job, i) => read(job, texts[i])));
      }
      return found;
    },
    async keep(job, result) {
      const text = result === null ? IN_FOLDER : storedText(job, result);
      if ((await redis.set(keyOf(job), text, 'NX')) !== null) return true;
      const found = read(job, await redis.get(keyOf(job)));
      if (found === null || found === 'damaged') {
        await redis.set(keyOf(job), text);
        return true;
      }
      if (found === 'in-folder' || result === null || found.rows === result.rows) return true;
      await redis.sadd(differingKey, job.id);
      return false;
    },
    async present(jobs) {
      const found: boolean[] = [];
      for (const chunk of chunks(jobs)) {
        const pipeline = redis.pipeline();
        for (const { id } of chunk) pipeline.exists(queue.toKey(id));
        const answers = (await pipeline.exec()) ?? [];
        found.push(...chunk.map((_, i) => answers[i]?.[1] === 1));
      }
      return found;
    },
    async failures(jobs) {
      const failed = new Set(await queue.getRanges(['failed'], 0, -1));
      const found = new Map<string, string>();
      for (const { id } of jobs) {
        if (!failed.has(id)) continue;
        const reason = (await queue.getJob(id))?.failedReason;
        if (reason !== undefined) found.set(id, reason === STALLED ? TOO_MANY_DEATHS : reason);
      }
      return found;
    },
    async add(jobs, onSent) {
      const version = packageVersion();
      let sent = 0;
      for (const chunk of chunks(jobs)) {
        await queue.addBulk(
          chunk.map(({ id, job }) => ({
            name: job.work,
            data: { protocol: PROTOCOL, version, job },
            // A job that is done leaves nothing but its result.
            opts: { jobId: id, removeOnComplete: true, removeOnFail: false },
          })),
        );
        sent += chunk.length;
        await onSent(sent);
      }
    },
    remove,
    async forget(jobs) {
      await remove(jobs);
      for (const chunk of chunks(jobs)) {
        await redis.del(...chunk.map(keyOf));
        await redis.srem(differingKey, ...chunk.map(({ id }) => id));
      }
    },
    differing: () => redis.smembers(differingKey),
    close,
  };
}

/** A connection, and what keeps it, and those that BullMQ makes like it, from being made again when they break. */
interface Connection {
  readonly redis: Redis;
  end(): void;
}

async function connect({ ioredis }: QueueLibraries, url: string, place: string): Promise<Connection> {
  // Until it has answered once, one attempt must do: the address may be wrong.
  let isWanted = false;
  const redis = new ioredis.Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: times => (isWanted ? Math.min(200 * times, 2000) : null),
  });
  let reason: string | null = null;
  redis.on('error', (error: Error) => {
    reason = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const said = withoutSecrets(reason ?? (error as Error).message, url);
    throw new Error(`Cannot use the Redis server at ${place}: ${said}`);
  }
  isWanted = true;
  const end = (): void => {
    isWanted = false;
  };
  return { redis, end };
}

/** The first to come says how the queue is used; another version may take it over when it holds no job. */
async function agree(redis: Redis, queue: Queue, key: string, place: string): Promise<void> {
  const own = aboutText(PROTOCOL, packageVersion());
  if ((await redis.set(key, own, 'NX')) !== null) return;
  const found = await redis.get(key);
  if (found === own) return;
  const counts = await queue.getJobCounts();
  if (Object.values(counts).every(count => count === 0)) {
    await redis.set(key, own);
    return;
  }
  throw new Error(
    `Cannot use the queue '${queue.name}' at ${place}: it holds jobs of ${found}, this is ${own}. ` +
      'Install the same version everywhere, or give this one a queue of its own',
  );
}

export function aboutText(protocol: number, version: string): string {
  return `legcnet ${version} (protocol ${protocol})`;
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) =>
    items.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}
