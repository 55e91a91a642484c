import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/core/packageRoot';

/** A worker in a process of its own, as `npx legcnet worker` starts it. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  readonly output: string;
  /** Resolves when a line like this has been printed; rejects when the process ends before. */
  said(line: RegExp): Promise<void>;
  /** Code and signal of its end. */
  readonly ended: Promise<[number | null, NodeJS.Signals | null]>;
}

/** Folder of the modules that these workers may run. */
export const modules: string = join(__dirname, '..', 'sweep');

export async function workerProcess(
  t: TestContext,
  url: string,
  ...options: readonly string[]
): Promise<WorkerProcess> {
  const cli = join(packageRoot, 'dist', 'src', 'cli.js');
  const args = ['worker', '--workers', '1', ...options];
  const env = { ...process.env, LEGCNET_REDIS: url };
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', text => {
      output += text;
    });
  }
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    get output() {
      return output;
    },
    ended,
    async said(line) {
      while (!line.test(output)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The worker ended without a word like ${line}: ${output}`);
        await sleep(20);
      }
    },
  };
}

/** Workers of a test with short leases, all at work. */
export async function workerProcesses(t: TestContext, urls: readonly string[]): Promise<WorkerProcess[]> {
  const options = ['--modules', modules, '--lease', '3', '--grace', '1'];
  const workers = await Promise.all(urls.map(url => workerProcess(t, url, ...options)));
  await Promise.all(workers.map(worker => worker.said(/Working for/)));
  return workers;
}
