import type { LongRunOptions } from '../core/longRun';
import { runModuleJob } from './moduleJob';
import { runStudyJob } from './studyJobs';
import type { SweepJob } from './sweepJob';
import { rowsText } from './sweepRows';

/** A job as it is handed to whatever does it. */
export interface JobTask {
  readonly job: SweepJob;
  /** Path and SHA-256 of the job's module; null where the work is the study's. */
  readonly module: { readonly path: string; readonly sha256: string } | null;
}

/** What a job gave. */
export type JobAnswer =
  | {
      /** The rows as JSON in one line. */
      readonly rows: string;
      /** Wall clock. */
      readonly seconds: number;
    }
  | { readonly error: string };

/** Does one job; a job that fails is an answer too, so that nobody tries it again in vain. */
export async function runSweepJob(
  { job, module }: JobTask,
  longRun: LongRunOptions = {},
): Promise<JobAnswer> {
  const started = performance.now();
  try {
    const rows =
      job.work === 'module'
        ? await runModuleJob(job, module?.path ?? '', module?.sha256 ?? '')
        : await runStudyJob(job, longRun);
    return { rows: rowsText(rows), seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
