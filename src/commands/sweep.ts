import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readJson } from '../core/readJson';
import { requireWhole } from '../core/require';
import { jsonText } from '../export/jsonText';
import { viewSweep } from '../notebook/sweepView';
import { preparedJobs } from '../sweep/preparedJobs';
import { type Shard, type SweepOptions, savedStates, shardOf, sweep } from '../sweep/sweep';
import { jobsOfFile } from '../sweep/sweepGrid';
import type { SweepJob, SweepRow } from '../sweep/sweepJob';
import { type Sweep, sweepResult } from '../sweep/sweepResult';
import { openSweepStore } from '../sweep/sweepStore';
import { printProgress } from './printProgress';
import { stopSignal } from './stopSignal';

/** `legcnet sweep FILE.json`. */
export async function printSweep(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      folder: { type: 'string', default: 'sweeps' },
      workers: { type: 'string' },
      shard: { type: 'string' },
      dry: { type: 'boolean', default: false },
      slurm: { type: 'string' },
      redis: { type: 'string' },
      queue: { type: 'string' },
      forget: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length !== 1) {
    throw new RangeError('Name one file of jobs, for instance: legcnet sweep jobs.json');
  }
  const { folder, workers, shard, slurm, redis, queue, forget, json } = values;
  const [file] = positionals;
  if (slurm !== undefined) {
    console.log(slurmScript(file, folder, Number(slurm)));
    return;
  }
  if (redis !== undefined && shard !== undefined) throw new RangeError('Give --shard or --redis, not both');
  if (redis === undefined && (queue !== undefined || forget)) {
    throw new RangeError('--queue and --forget go with --redis');
  }
  const jobs = jobsOfFile(readJson(file));
  const modules = dirname(resolve(file));
  const place = { folder, modules, ...(shard === undefined ? {} : { shard: shardNamed(shard) }) };
  if (values.dry) {
    await printPlan(jobs, place);
    return;
  }
  const running = {
    ...place,
    signal: stopSignal('Stopped; the results so far are kept: run it again to go on.'),
  };
  const made =
    redis === undefined
      ? await sweep(jobs, {
          ...running,
          ...(workers === undefined ? {} : { workers: Number(workers) }),
          onProgress: printProgress,
        })
      : await queued(jobs, { redis, forget, ...(queue === undefined ? {} : { queue }) }, running);
  if (json) process.stdout.write(rowsJson(made.rows));
  else console.log(viewSweep(made)['text/plain']);
  if (made.failed > 0) process.exitCode = 1;
  if (json) for (const line of failures(made)) console.error(line);
}

/** Rows as `legcnet export` writes tables, but NaN as a word, like infinities: null is a cell of its own, 'not reached', 'no mask'. */
function rowsJson(rows: readonly SweepRow[]): string {
  const written = (cell: unknown): unknown => (Number.isNaN(cell) ? 'NaN' : cell);
  return jsonText(
    rows.map(row =>
      Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [
          column,
          Array.isArray(cell) ? cell.map(written) : written(cell),
        ]),
      ),
    ),
  );
}

/** What the rows alone do not say. */
function failures({ jobs }: Sweep): readonly string[] {
  return jobs.flatMap(({ job, error }) =>
    error === null ? [] : [`${JSON.stringify(job)} failed: ${error}`],
  );
}

/** `2/8`: the second of eight. */
function shardNamed(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (count === undefined) throw new RangeError(`--shard must be like 2/8, '${text}' came`);
  return { index: Number(index), count: Number(count) };
}

async function printPlan(
  jobs: readonly SweepJob[],
  { folder = 'sweeps', modules = '.', shard }: SweepOptions,
): Promise<void> {
  const prepared = preparedJobs(jobs, modules);
  const own = shard === undefined ? prepared : shardOf(prepared, shard);
  const states = await savedStates(own, await openSweepStore(folder));
  const plan: Sweep = sweepResult(folder, own, states);
  console.log(viewSweep(plan)['text/plain']);
}

async function queued(
  jobs: readonly SweepJob[],
  { redis, queue, forget }: { readonly redis: string; readonly queue?: string; readonly forget: boolean },
  { folder = 'sweeps', modules = '.', signal }: SweepOptions,
): Promise<Sweep> {
  const { enqueueSweep, gatherSweep } = await import('../queue/index.js');
  const address = redis === 'env' ? process.env.LEGCNET_REDIS : redis;
  if (address === undefined) {
    throw new RangeError('--redis env takes the address from LEGCNET_REDIS, which is not set');
  }
  const places = { redis: address, folder, modules, ...(queue === undefined ? {} : { queue }) };
  const longRun = { ...(signal && { signal }), onProgress: printProgress };
  await enqueueSweep(jobs, { ...places, ...longRun });
  return gatherSweep(jobs, { ...places, forget, ...longRun });
}

/** An array of as many tasks as there are shards, and what gathers them. */
function slurmScript(file: string, folder: string, shards: number): string {
  requireWhole(shards, 1, '--slurm', 'write a SLURM script');
  const command = `npx legcnet sweep ${shellWord(file)} --folder ${shellWord(folder)}`;
  return `#!/bin/bash
#SBATCH --job-name=legcnet
#SBATCH --array=1-${shards}
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=04:00:00
# Submit from a folder that all nodes share: sbatch sweep.sh
# Gather when the array has ended, and do again what failed or was cut off:
#   ${command} --json > rows.json
srun --cpus-per-task="$SLURM_CPUS_PER_TASK" ${command} --shard "$SLURM_ARRAY_TASK_ID/${shards}" --workers "$SLURM_CPUS_PER_TASK"`;
}

/** A name as a shell reads it in one piece. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
