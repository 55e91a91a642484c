import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracyWidomUpperTail } from '../../src/statistics/tracyWidom';

test('tracyWidomUpperTail has the moments of the law (Bornemann 2010, table 9)', () => {
  // Moments from the tail: E X = a + integral of P, with P = 1 up to a.
  const [a, b, h] = [-6, 8, 0.02];
  let mean = a;
  let square = a * a;
  for (let s = a + h / 2; s < b; s += h) {
    const p = tracyWidomUpperTail(s);
    mean += h * p;
    square += 2 * s * h * p;
  }
  assert.ok(Math.abs(mean + 1.206533574582) < 1e-4, `${mean}`);
  assert.ok(Math.abs(square - mean * mean - 1.607781034581) < 1e-3, `${square - mean * mean}`);
});

test('tracyWidomUpperTail has the percentage points of the law (Johnstone 2001, table 2 of Tracy and Widom)', () => {
  const points: readonly (readonly [number, number])[] = [
    [0.4501, 0.1],
    [0.9793, 0.05],
    [2.0234, 0.01],
    [-3.8954, 0.99],
    [-3.1804, 0.95],
  ];
  for (const [s, p] of points) {
    assert.ok(Math.abs(tracyWidomUpperTail(s) - p) < 3e-5, `${s}: ${tracyWidomUpperTail(s)}`);
  }
});

test('tracyWidomUpperTail falls from 1 to 0 and keeps its far tail', () => {
  assert.equal(tracyWidomUpperTail(-100), 1);
  assert.equal(tracyWidomUpperTail(Number.NEGATIVE_INFINITY), 1);
  assert.equal(tracyWidomUpperTail(Number.POSITIVE_INFINITY), 0);
  assert.ok(Number.isNaN(tracyWidomUpperTail(Number.NaN)));
  let before = 1;
  for (let s = -6; s < 40; s += 0.37) {
    const p = tracyWidomUpperTail(s);
    assert.ok(p >= 0 && p <= before, `${s}`);
    before = p;
  }
  // Far out q is Airy's function, and the tail half its integral.
  let half = 0;
  for (let x = 8; x < 12; x += 0.001) half += (0.001 * airy(x + 0.0005)) / 2;
  assert.ok(Math.abs(tracyWidomUpperTail(8) / half - 1) < 1e-4, `${tracyWidomUpperTail(8)} ${half}`);
});

/** Airy's function by its asymptotic series (Abramowitz & Stegun 10.4.59). */
function airy(x: number): number {
  const z = (2 / 3) * x ** 1.5;
  const series = 1 - 5 / (72 * z) + 385 / (10368 * z * z) - 85085 / (2239488 * z ** 3);
  return (Math.exp(-z) / (2 * Math.sqrt(Math.PI) * x ** 0.25)) * series;
}
