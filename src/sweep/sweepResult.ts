import { result } from '../core/result';
import { canonicalText, isPlainObject } from './canonicalText';
import type { PreparedJob } from './preparedJobs';
import type { SweepCell, SweepJob, SweepRow } from './sweepJob';
import { rowsOf } from './sweepRows';
import type { StoredResult } from './sweepStore';

/** How a job stands. */
export type JobStatus = 'done' | 'failed' | 'pending';

/** How a job stands, with what is known of it. */
export interface JobState {
  readonly status: JobStatus;
  readonly result?: StoredResult;
  readonly error?: string;
  /** The file or place of a result that was damaged. */
  readonly damaged?: string;
}

/** One job of a sweep. */
export interface SweptJob {
  /** SHA-256 of its configuration. */
  readonly id: string;
  /** Its configuration. */
  readonly job: SweepJob;
  /** `pending`: another shard's, or not ended yet. */
  readonly status: JobStatus;
  /** What it gave; none unless it is done. */
  readonly rows: readonly SweepRow[];
  /** Why it failed; null where it did not. */
  readonly error: string | null;
  /** Of this package, which made the result; null where there is none. */
  readonly version: string | null;
  /** Wall clock of the job; null where it is not done. */
  readonly seconds: number | null;
}

/** What a sweep has given so far. */
export interface Sweep {
  readonly kind: 'sweep';
  /** Folder of the results. */
  readonly folder: string;
  /** In the order they were given, the same ones once. */
  readonly jobs: readonly SweptJob[];
  /** Jobs that are done. */
  readonly done: number;
  /** Jobs that failed. */
  readonly failed: number;
  /** Jobs of other shards, or not ended yet. */
  readonly pending: number;
  /**
   * The rows of all jobs that are done, each behind the fields of its job; fields of fields as `search.rule.alpha`, arguments of a
   * module by their own names. Where a row has a column of the same name, the row's stands.
   */
  readonly rows: readonly SweepRow[];
  /** Results that were damaged when this run began; they were made again, unless their job failed or is pending. */
  readonly damaged: readonly string[];
  /** Jobs, by name, that were done twice on machines that computed other rows; what came first is what stands here. */
  readonly differing: readonly string[];
  /** The versions of this package that made the results. More than one: run what is to be compared again in a new folder. */
  readonly versions: readonly string[];
}

/** Puts together what is known of the jobs. */
export function sweepResult(
  folder: string,
  prepared: readonly PreparedJob[],
  states: ReadonlyMap<string, JobState>,
  differing: readonly string[] = [],
): Sweep {
  const jobs = prepared.map(({ id, job }): SweptJob => {
    const { status, result: found, error = null } = states.get(id) ?? { status: 'pending' };
    const { rows, version = null, seconds = null } = found ?? {};
    return { id, job, status, rows: rows === undefined ? [] : rowsOf(rows), error, version, seconds };
  });
  const count = (wanted: JobStatus): number => jobs.filter(({ status }) => status === wanted).length;
  const versions = new Set(jobs.flatMap(({ version }) => (version === null ? [] : [version])));
  return result({
    kind: 'sweep',
    folder,
    jobs,
    done: count('done'),
    failed: count('failed'),
    pending: count('pending'),
    rows: jobs.flatMap(({ job, rows }) => rows.map(row => ({ ...jobColumns(job), ...row }))),
    damaged: [...states.values()].flatMap(({ damaged }) => (damaged === undefined ? [] : [damaged])),
    differing: jobs.flatMap(({ id }) => (differing.includes(id) ? [id] : [])),
    versions: [...versions].sort(),
  });
}

/** The fields of a job as columns. */
export function jobColumns(job: SweepJob): SweepRow {
  if (job.work !== 'module') return Object.fromEntries(columns(job, ''));
  const { arguments: given = {}, ...rest } = job;
  return Object.fromEntries([...columns(rest, ''), ...columns(given, '')]);
}

function columns(fields: object, before: string): [string, SweepCell][] {
  return Object.entries(fields).flatMap(([name, value]): [string, SweepCell][] => {
    if (value === undefined) return [];
    if (isPlainObject(value)) return columns(value, `${before}${name}.`);
    const isCell =
      typeof value !== 'object' || value === null || value.every((item: unknown) => typeof item === 'number');
    return [[`${before}${name}`, isCell ? value : canonicalText(value)]];
  });
}
