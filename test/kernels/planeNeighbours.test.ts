import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlaneNeighbours, type PlaneNeighbours } from '../../src/kernels/planeNeighbours';
import { roundDecimals } from '../../src/kernels/roundDecimals';
import { awkwardSeries, normals, uniforms } from '../chaos/series';

const MARGIN = 1e-14;

function distance({ series }: PlaneNeighbours, i: number, j: number): number {
  return (series[i] - series[j]) ** 2 + (series[i + 1] - series[j + 1]) ** 2;
}

/** Checks one window against all pairs and against the twin, whose bits the curve must have when both take the same neighbours. */
function check(window: Float64Array, steps: number, decimals: number | null, title: string): void {
  const vectors = Math.max(0, window.length - 1 - steps);
  const simd = createPlaneNeighbours(window.length, vectors, MARGIN, 'simd');
  const twin = createPlaneNeighbours(window.length, vectors, MARGIN, 'twin');
  const range = simd.load(window, decimals);
  assert.equal(range, twin.load(window, decimals), title);
  if (!(range > 0)) return;
  // Zeros of either sign are the same to a distance.
  assert.deepEqual(
    simd.series.map(value => value + 0),
    twin.series.map(value => value + 0),
    title,
  );
  const ambiguous = new Set(simd.ambiguous.slice(0, simd.search()));
  twin.search();
  for (let i = 0; i < vectors; i++) {
    const near = simd.neighbours[i];
    let best = 1;
    for (let j = 0; j < vectors; j++) {
      const q = distance(simd, i, j);
      if (q > 0 && q < best) best = q;
    }
    assert.equal(near < 0, best === 1, `${title}, ${i}`);
    if (near < 0) continue;
    assert.equal(distance(simd, i, near), best, `${title}, ${i}`);
    let rivals = 0;
    for (let j = 0; j < vectors; j++) {
      const q = distance(simd, i, j);
      if (q > 0 && q <= best * (1 + MARGIN)) rivals++;
    }
    assert.equal(ambiguous.has(i), rivals > 1, `${title}, ${i}`);
  }
  twin.neighbours.set(simd.neighbours.map(near => Math.max(near, -1)));
  simd.follow();
  twin.follow();
  assert.deepEqual(simd.curve, twin.curve, title);
}

test('finds the nearest distances of all pairs, lists exactly the ties, and follows to the bits of the twin', () => {
  const uniform = uniforms(31);
  const noise = normals(32);
  for (let repeat = 0; repeat < 300; repeat++) {
    const length = 3 + Math.floor(uniform() * 200);
    const steps = 1 + Math.floor(uniform() * Math.min(20, length - 1));
    const size = 10 ** (-6 * uniform());
    let level = noise();
    const series = Float64Array.from({ length }, () => (level += size * noise()));
    check(series, steps, repeat % 4 === 0 ? null : 6, `walk ${repeat} of ${length}`);
  }
});

test('takes every awkward series as the twin does: huge, tiny, constant, jumping, not finite', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const decimals of [null, 0, 6]) check(Float64Array.from(series), 3, decimals, name);
  }
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const { load } = createPlaneNeighbours(5, 3, MARGIN);
    assert.ok(Number.isNaN(load(Float64Array.of(1, 2, bad, 3, 4), 6)));
  }
});

test('rounds to the nearest decimal where scaling hides the half', () => {
  const window = Float64Array.of(1.0000005, 0.0000015, 0.0000025, -0.0000015, 0.3, 0.1234565);
  const { load, series } = createPlaneNeighbours(6, 4, MARGIN);
  const range = load(window, 6);
  const rounded = Array.from(window, value => roundDecimals(value, 6));
  assert.equal(range, Math.max(...rounded) - Math.min(...rounded));
  assert.equal(series[4], (0.3 - Math.min(...rounded)) / range);
});
