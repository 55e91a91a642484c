import { join, resolve } from 'node:path';
import { ATTEMPTS, createWorkerPool } from '../kernels/workerPool';
import type { PreparedJob } from './preparedJobs';
import { type JobAnswer, type JobTask, runSweepJob } from './runSweepJob';

/** Does jobs. */
export interface JobCrew {
  /** Never rejects for what a job does: a job that fails, or ends its thread again and again, is an answer. */
  run(job: PreparedJob): Promise<JobAnswer>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

/**
 * Threads that do one job each at a time, or, with 0 workers, this thread.
 *
 * @param modules folder that paths of modules start from
 * @param signal stops a job in this thread; threads are stopped by `close`
 */
export async function createJobCrew(
  workers: number,
  modules: string,
  signal?: AbortSignal,
): Promise<JobCrew> {
  const taskOf = ({ job, module }: PreparedJob): JobTask => {
    if (job.work !== 'module' || module === null) return { job, module: null };
    return { job, module: { path: resolve(modules, job.module), sha256: module } };
  };
  if (workers === 0) {
    return { run: job => runSweepJob(taskOf(job), signal === undefined ? {} : { signal }), async close() {} };
  }
  const file = join(__dirname, 'runSweepJob.js');
  const pool = await createWorkerPool<JobTask, JobAnswer>(file, 'runSweepJob', workers, 1);
  let isClosed = false;
  return {
    async run(job) {
      try {
        return await pool.run(taskOf(job));
      } catch (failure) {
        if (isClosed) throw failure;
        return { error: `Its thread died ${ATTEMPTS} times: ${(failure as Error).message}` };
      }
    },
    async close() {
      isClosed = true;
      await pool.close();
    },
  };
}
