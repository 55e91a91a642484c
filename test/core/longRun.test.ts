import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { LongRun, type Progress, setLongRunDefaults } from '../../src/core/longRun';

afterEach(() => setLongRunDefaults(() => ({})));

const half: Progress = { task: 'Counting', done: 1, total: 2, unit: 'steps' };

test('a task without options follows the defaults, and is stopped by their signal', async () => {
  const controller = new AbortController();
  const told: Progress[] = [];
  setLongRunDefaults(() => ({ signal: controller.signal, onProgress: progress => told.push(progress) }));
  const run = new LongRun({});
  await run.pause(half);
  assert.deepEqual(told, [half]);
  assert.equal(run.signal, controller.signal);
  controller.abort(new Error('enough'));
  await assert.rejects(run.pause(half), /enough/);
  assert.throws(() => new LongRun({}), /enough/);
});

test('options that are given win over the defaults, one by one; undefined is not given', async () => {
  const defaults: string[] = [];
  const { signal } = new AbortController();
  setLongRunDefaults(() => ({ signal, onProgress: () => defaults.push('default') }));
  const own: string[] = [];
  const mine = new LongRun({ onProgress: () => own.push('own') });
  await mine.pause(half);
  assert.deepEqual([own, defaults, mine.signal], [['own'], [], signal]);
  const other = new AbortController().signal;
  const stopped = new LongRun({ signal: other, onProgress: undefined as never });
  stopped.finish(half);
  assert.deepEqual([defaults, stopped.signal], [['default'], other]);
});

test('every task asks for defaults of its own', () => {
  let asked = 0;
  setLongRunDefaults(() => {
    asked++;
    return {};
  });
  for (let i = 0; i < 3; i++) new LongRun({});
  assert.equal(asked, 3);
});

test('an aborted task reports nothing more', async () => {
  const controller = new AbortController();
  const told: Progress[] = [];
  const run = new LongRun({ signal: controller.signal, onProgress: progress => told.push(progress) });
  controller.abort();
  await assert.rejects(run.pause(half));
  assert.deepEqual(told, []);
});
