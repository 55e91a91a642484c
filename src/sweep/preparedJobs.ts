import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { describeValue, requireList, requireOneOf } from '../core/require';
import { canonicalText, isPlainObject } from './canonicalText';
import { checkModuleJob, moduleChecksum, withoutModuleDefaults } from './moduleJob';
import { checkStudyJob, withoutStudyDefaults } from './studyJobs';
import type { SweepJob } from './sweepJob';

/** A job that has been checked, under its name. */
export interface PreparedJob {
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  readonly id: string;
  /** The configuration without what it would be anyway, in one spelling; of a module its checksum belongs to it. */
  readonly text: string;
  readonly job: SweepJob;
  /** SHA-256 of a job's module; null where the work is the study's. */
  readonly module: string | null;
}

/**
 * Checks all jobs before any is begun, and names them. Jobs that are the same in other words are one.
 *
 * @param modules folder that paths of modules start from
 * @throws TypeError or RangeError naming the place of the first job that cannot be done
 */
export function preparedJobs(jobs: readonly SweepJob[], modules: string): readonly PreparedJob[] {
  requireList(jobs, 'jobs', 'sweep');
  const found = new Map<string, PreparedJob>();
  jobs.forEach((job, i) => {
    const prepared = prepare(job, modules, `sweep job ${i + 1} of ${jobs.length}`);
    if (!found.has(prepared.id)) found.set(prepared.id, prepared);
  });
  return [...found.values()];
}

const works: readonly SweepJob['work'][] = ['legcnet', 'tables', 'choice', 'module'];

function prepare(job: SweepJob, modules: string, task: string): PreparedJob {
  if (!isPlainObject(job)) {
    throw new TypeError(`Cannot ${task}: an object is required, ${describeValue(job)} came`);
  }
  requireOneOf(job.work, works, 'work', task);
  if (job.work !== 'module') {
    canonicalText(job, `Cannot ${task}: it`);
    checkNames(job, task);
    checkStudyJob(job, task);
    return named(withoutStudyDefaults(job), job, null, task);
  }
  checkModuleJob(job, task);
  const sha256 = moduleChecksum(resolve(modules, job.module));
  return named({ ...withoutModuleDefaults(job), sha256 }, job, sha256, task);
}

/** A number that turns out to be an object with these names could not even be compared or shown by the checks that follow. */
function checkNames(job: SweepJob, task: string): void {
  JSON.stringify(job, (name, value) => {
    if (name === 'toString' || name === 'valueOf')
      throw new TypeError(`Cannot ${task}: no setting is called ${name}`);
    return value;
  });
}

function named(identity: object, job: SweepJob, module: string | null, task: string): PreparedJob {
  const text = canonicalText(identity, `Cannot ${task}: it`);
  return { id: jobId(text), text, job, module };
}

/** The name of a job. */
export function jobId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
