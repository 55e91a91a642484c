import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePoints } from '../../src/chaos/changePoints';
import { awkwardSeries, normals, uniforms } from './series';

/** Cost of the best partition, by trying all 2^(n-1). */
function leastCost(series: readonly number[], threshold: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let cuts = 0; cuts < 2 ** (series.length - 1); cuts++) {
    const starts = series.map((_, t) => t).filter(t => t > 0 && (cuts >> (t - 1)) % 2 === 1);
    least = Math.min(least, costOf(series, starts, threshold));
  }
  return least;
}

function costOf(series: readonly number[], starts: readonly number[], threshold: number): number {
  const borders = [0, ...starts, series.length];
  let cost = threshold * starts.length;
  for (let b = 1; b < borders.length; b++) {
    const segment = series.slice(borders[b - 1], borders[b]);
    const mean = segment.reduce((sum, x) => sum + x, 0) / segment.length;
    for (const x of segment) cost += (x - mean) ** 2;
  }
  return cost;
}

test('changePoints finds the cheapest of all partitions', () => {
  const noise = normals(8);
  for (let repeat = 0; repeat < 60; repeat++) {
    const series = Array.from({ length: 10 }, (_, t) => noise() + (t < repeat % 10 ? 0 : 2));
    for (const threshold of [0.2, 1, 4]) {
      const starts = [...changePoints(series, { threshold })];
      const cost = costOf(series, starts, threshold);
      assert.ok(
        Math.abs(cost - leastCost(series, threshold)) < 1e-12,
        `${series} at ${threshold}: ${starts}`,
      );
    }
  }
});

test('changePoints finds the steps of the example in the MATLAB reference', () => {
  const noise = uniforms(1);
  const series = Array.from({ length: 15 }, (_, t) => [1, 25, 50][Math.floor(t / 5)] + noise());
  assert.deepEqual([...changePoints(series)], [5, 10]);
  const spike = Array.from({ length: 5 }, (_, t) => (t === 1 ? 25 : 0) + noise());
  assert.deepEqual([...changePoints(spike)], [1, 2]);
});

test('a split must lower the squared residuals by more than the threshold', () => {
  // Halves at -d and d: the split saves n d^2 = 1 at d = 0.1, n = 100.
  const step = (d: number) => Array.from({ length: 100 }, (_, t) => (t < 50 ? -d : d));
  assert.deepEqual([...changePoints(step(0.0999))], []);
  assert.deepEqual([...changePoints(step(0.1001))], [50]);
});

test('no series makes changePoints throw or hang', () => {
  for (const [name, series] of awkwardSeries()) {
    const starts = changePoints(series);
    if (/NaN|infinity|constant|zeros/.test(name)) assert.equal(starts.length, 0, name);
  }
  assert.throws(() => changePoints([1], { threshold: -1 }), RangeError);
});
