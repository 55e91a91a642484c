import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { ATTEMPTS, createWorkerPool } from '../../src/kernels/workerPool';
import type { DyingTask } from './dyingWorker';

const file = require.resolve('./dyingWorker');

/** The workers started while the test runs. */
function watchWorkers(): Worker[] {
  const workers: Worker[] = [];
  process.on('worker', worker => workers.push(worker));
  return workers;
}

function task(deaths: number): DyingTask {
  return { deaths: new Int32Array(new SharedArrayBuffer(4)).fill(deaths), answer: shared() };
}

function shared(): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8));
}

test('a task whose workers die is run again, and no other task is lost', async () => {
  const workers = watchWorkers();
  const pool = await createWorkerPool<DyingTask>(file, 'dieOrAnswer', 2);
  const tasks = Array.from({ length: 12 }, (_, i) => task(i === 5 ? 2 : 0));
  await Promise.all(tasks.map(t => pool.run(t)));
  assert.deepEqual(
    tasks.map(t => t.answer[0]),
    tasks.map(() => 42),
  );
  await pool.close();
  assert.ok(workers.length >= 4, 'dead workers were replaced');
  assert.ok(
    workers.every(({ threadId }) => threadId === -1),
    'no worker is left',
  );
});

test('a task that kills every worker is an error, and the pool can still be closed', async () => {
  const workers = watchWorkers();
  const pool = await createWorkerPool<DyingTask>(file, 'dieOrAnswer', 1);
  await assert.rejects(pool.run(task(ATTEMPTS)), /worker exited with code: 7/);
  const next = task(0);
  await pool.run(next);
  assert.equal(next.answer[0], 42);
  await pool.close();
  assert.ok(workers.every(({ threadId }) => threadId === -1));
});

test('when no worker lives long enough to be ready, tasks are an error and do not wait for ever', async () => {
  const kill = (worker: Worker): void => {
    setTimeout(() => worker.terminate(), 1);
  };
  process.on('worker', kill);
  // Workers do not keep a process alive.
  const awake = setInterval(() => {}, 1000);
  const pool = await createWorkerPool<DyingTask>(file, 'dieOrAnswer', 2);
  await assert.rejects(
    Promise.all([task(0), task(0), task(0)].map(t => pool.run(t))),
    /no worker is left|worker exited/,
  );
  process.off('worker', kill);
  const next = task(0);
  await pool.run(next);
  assert.equal(next.answer[0], 42);
  await pool.close();
  clearInterval(awake);
});
