import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { createExponentWorkers } from '../../src/chaos/exponentWorkers';
import type { WindowedExponents } from '../../src/chaos/windowedExponents';
import { type WindowedLyapunovOptions, windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import type { Progress } from '../../src/core/longRun';
import type { Recording } from '../../src/network/recording';
import { awkwardSeries, recordingOf, uniforms } from './series';

const rosenstein = { estimator: 'rosenstein' } as const;

/** Random walks, and between them series without an exponent; made window by window, never held whole. */
function walks(weights: number, iterates: number): Recording {
  const still = recordingOf('weights', [weights, 1], [new Float64Array(iterates)]);
  const awkward = [...awkwardSeries().values()].filter(series => series.length === 200);
  return {
    ...still,
    weights,
    async readWindow(start, length) {
      const uniform = uniforms(start + 1);
      const series = new Float64Array(weights * length);
      for (let w = 0; w < weights; w++) {
        let x = 0;
        for (let t = 0; t < length; t++) {
          x += uniform() - 0.5;
          series[w * length + t] = w % 50 === 3 ? awkward[w % awkward.length][t % 200] : x;
        }
      }
      return { start, length, series };
    },
  };
}

function watchWorkers(onWorker: (worker: Worker) => void = () => {}): Worker[] {
  const workers: Worker[] = [];
  process.on('worker', worker => {
    workers.push(worker);
    onWorker(worker);
  });
  return workers;
}

function assertSameBits(a: WindowedExponents, b: WindowedExponents, title: string): void {
  assert.deepEqual(new BigUint64Array(a.values.buffer), new BigUint64Array(b.values.buffer), title);
  assert.deepEqual(a.status, b.status, title);
}

test('results do not depend on the number of workers, bit for bit', async () => {
  const recording = walks(700, 801);
  const settings: WindowedLyapunovOptions[] = [
    rosenstein,
    { estimator: 'rosenstein', preset: 'robust', window: 150, overlap: 0.5 },
    { estimator: 'rosenstein', preset: 'published' },
  ];
  for (const options of settings) {
    const alone = await windowedLyapunov(recording, { ...options, workers: 0 });
    for (const workers of [1, 2, 3]) {
      const together = await windowedLyapunov(recording, { ...options, workers });
      assertSameBits(together, alone, `${JSON.stringify(options)}, ${workers} workers`);
    }
  }
});

test('small work starts no worker, and workers leave when they are done', async () => {
  const workers = watchWorkers();
  const recording = walks(200, 401);
  await windowedLyapunov(recording, rosenstein);
  assert.equal(workers.length, 0);
  await windowedLyapunov(recording, { ...rosenstein, workers: 2 });
  assert.equal(workers.length, 2);
  assert.ok(workers.every(({ threadId }) => threadId === -1));
});

test('a worker killed at work loses nothing', async () => {
  const recording = walks(4000, 1001);
  const alone = await windowedLyapunov(recording, { ...rosenstein, workers: 0 });
  let kills = 0;
  const workers = watchWorkers(worker => {
    if (kills++ < 2) worker.once('online', () => setTimeout(() => worker.terminate(), 150));
  });
  const together = await windowedLyapunov(recording, { ...rosenstein, workers: 2 });
  assertSameBits(together, alone, 'after two deaths');
  assert.ok(workers.length >= 3, `${workers.length} workers were started`);
  assert.ok(workers.every(({ threadId }) => threadId === -1));
});

test('workers that fail again and again on the same windows are an error', async () => {
  const workers = watchWorkers();
  const wrong = { estimator: 'rosenstein', dimension: -1 } as never;
  const crew = await createExponentWorkers(1, 200, wrong, undefined, async () => {});
  await crew.estimate(new Float64Array(400), new Float64Array(2), new Uint8Array(2));
  await assert.rejects(crew.finish(), /workers died or failed 3 times on the same windows/);
  await crew.close();
  assert.ok(workers.every(({ threadId }) => threadId === -1));
});

test('an abort ends the workers within a second and throws the reason', async () => {
  const workers = watchWorkers();
  const controller = new AbortController();
  const reports: Progress[] = [];
  setTimeout(() => controller.abort(new Error('stopped')), 700);
  const start = performance.now();
  const endless = walks(2000, 2e7);
  await assert.rejects(
    windowedLyapunov(endless, {
      ...rosenstein,
      workers: 2,
      window: 250,
      overlap: 0,
      signal: controller.signal,
      onProgress: progress => reports.push(progress),
    }),
    /stopped/,
  );
  assert.ok(performance.now() - start < 5000);
  assert.equal(workers.length, 2);
  assert.ok(workers.every(({ threadId }) => threadId === -1));
  assert.ok(reports.length >= 1 && reports.every(({ done, total }) => done <= total));
});

test('long work hires workers by itself and gives the same bits', async () => {
  const workers = watchWorkers();
  const recording = walks(6000, 6001);
  const controller = new AbortController();
  let lastDone = 0;
  await windowedLyapunov(recording, {
    ...rosenstein,
    window: 300,
    signal: controller.signal,
    onProgress: ({ done }) => {
      assert.ok(done >= lastDone, 'progress does not go back');
      lastDone = done;
      if (workers.length > 0 && done > 8000) controller.abort(new Error('enough'));
    },
  }).catch(reason => assert.match(String(reason), /enough/));
  const { availableParallelism } = await import('node:os');
  if (availableParallelism() > 1) assert.ok(workers.length > 1);
  assert.ok(workers.every(({ threadId }) => threadId === -1));
});

test('the recording is read window by window: 800 MB of windows need less than half of it', async () => {
  const recording = { ...walks(5000, 20_001), content: 'difference' } as const;
  const before = process.memoryUsage.rss();
  let largest = 0;
  await windowedLyapunov(recording, {
    workers: 2,
    onProgress: () => {
      largest = Math.max(largest, process.memoryUsage.rss() - before);
    },
  });
  // Four tiles of 4 MB, two workers, results of 4 MB, and windows of 8 MB until the collector takes them.
  assert.ok(largest < 400e6, `${largest}`);
});

test('the number of workers is checked', async () => {
  for (const workers of [-1, 1.5, Number.NaN]) {
    await assert.rejects(windowedLyapunov(walks(3, 401), { ...rosenstein, workers }), RangeError);
  }
});
