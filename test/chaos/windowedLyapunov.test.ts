import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lyapunov } from '../../src/chaos/lyapunov';
import { exponentStatuses } from '../../src/chaos/windowedExponents';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { windowStarts } from '../../src/chaos/windowStarts';
import type { Progress } from '../../src/core/longRun';
import { logistic, normals, recordingOf } from './series';

function walk(length: number, seed: number): Float64Array {
  const noise = normals(seed);
  let x = 0;
  return new Float64Array(length).map(() => {
    x += 0.01 * noise();
    return x;
  });
}

test('ten per cent overlap gives the numbers of windows of the study', () => {
  const runs: [number, number, number, number][] = [
    [12, 546, 200, 36], // Cancer
    [3, 891, 250, 11], // Titanic
    [2, 1097, 250, 9], // Banknote
    [20, 120, 160, 16], // Iris and Iris3f
  ];
  for (const [epochs, updates, window, windows] of runs) {
    const starts = windowStarts(epochs * updates + 1, { window, overlap: 0.1 });
    assert.equal(starts.length, windows);
    assert.equal(starts[1], Math.trunc(0.9 * window));
  }
});

test('windowStarts places windows that lie wholly inside the iterates', () => {
  assert.deepEqual([...windowStarts(1001, { window: 200 })], [0, 200, 400, 600, 800]);
  assert.deepEqual([...windowStarts(10, { window: 4, first: 1 })], [1, 5]);
  assert.deepEqual([...windowStarts(9, { window: 4, first: 1 })], [1, 5]);
  assert.deepEqual([...windowStarts(8, { window: 4, first: 1 })], [1]);
  assert.deepEqual([...windowStarts(3, { window: 4 })], []);
  assert.deepEqual([...windowStarts(120, { window: 100, overlap: 0.9 })], [0, 10, 20]);
  assert.deepEqual([...windowStarts(4, { window: 2, overlap: 0.9 })], [0, 1, 2]);
  assert.throws(() => windowStarts(10, { window: 4, overlap: 1 }), RangeError);
  assert.throws(() => windowStarts(10, { window: 0 }), RangeError);
});

test('windowedLyapunov gives the exponent of every window of every weight', async () => {
  const series = Array.from({ length: 6 }, (_, weight) => walk(101, weight + 1));
  const recording = recordingOf('difference', [2, 2, 1], series);
  const found = await windowedLyapunov(recording, { window: 20 });
  assert.equal(found.windows, 5);
  assert.equal(found.weights, 6);
  assert.deepEqual([...found.starts], [1, 21, 41, 61, 81]);
  assert.deepEqual([...found.ends], [20, 40, 60, 80, 100]);
  for (let w = 0; w < found.windows; w++) {
    for (let weight = 0; weight < found.weights; weight++) {
      const expected = lyapunov(series[weight].slice(found.starts[w], found.starts[w] + 20));
      assert.equal(found.values[w * 6 + weight], expected.exponent);
    }
  }
  assert.ok(found.status.every(code => exponentStatuses[code] === 'ok'));
});

test('published reads the weights from iterate 0 with ten per cent overlap', async () => {
  const series = [walk(1001, 1), new Float64Array(1001).fill(0.2)];
  const recording = recordingOf('weights', [2, 1], series);
  const found = await windowedLyapunov(recording, { estimator: 'rosenstein', preset: 'published' });
  assert.deepEqual([...found.starts], [0, 180, 360, 540, 720]);
  assert.equal(found.overlap, 0.1);
  assert.equal(found.values[1], 0);
  assert.equal(exponentStatuses[found.status[1]], 'constant');
});

test('windows without an exponent carry NaN and a status', async () => {
  const broken = logistic(41, 0.2);
  broken[30] = Number.NaN;
  const recording = recordingOf('difference', [3, 1], [broken, new Float64Array(41), logistic(41, 0.3)]);
  const found = await windowedLyapunov(recording, { window: 20 });
  const words = Array.from(found.status, code => exponentStatuses[code]);
  assert.deepEqual(words, ['ok', 'constant', 'ok', 'non-finite', 'constant', 'ok']);
  assert.deepEqual(
    Array.from(found.values, Number.isNaN),
    words.map(word => word !== 'ok'),
  );
});

test('direct exponents of a recording of weights are refused', async () => {
  const recording = recordingOf('weights', [1, 1], [walk(401, 1)]);
  await assert.rejects(windowedLyapunov(recording), TypeError);
  const ok = await windowedLyapunov(recording, { estimator: 'rosenstein' });
  assert.equal(ok.windows, 2);
});

test('a recording shorter than one window says how many iterates it needs', async () => {
  const recording = recordingOf('difference', [1, 1], [walk(200, 1)]);
  await assert.rejects(windowedLyapunov(recording), /needs 201 iterates, there are 200/);
});

test('windowedLyapunov reports its end and stops when aborted', async () => {
  const recording = recordingOf(
    'difference',
    [40, 1],
    Array.from({ length: 40 }, (_, i) => walk(4001, i)),
  );
  const reports: Progress[] = [];
  await windowedLyapunov(recording, { onProgress: progress => reports.push(progress) });
  const last = reports[reports.length - 1];
  assert.equal(last.done, last.total);
  const controller = new AbortController();
  controller.abort(new Error('stopped'));
  await assert.rejects(windowedLyapunov(recording, { signal: controller.signal }), /stopped/);
});
