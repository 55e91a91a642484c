import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { createLyapR, type LyapROptions } from '../../src/chaos/lyapR';
import { roundDecimals } from '../../src/kernels/roundDecimals';
import { randomStream } from '../../src/statistics/random';

const doubles: LyapROptions = { steps: 3, ties: 'first', distances: 'double' };

/** A random walk; quantised to `decimals` it has many ties. */
function walk(length: number, seed: number, size: number, decimals?: number): Float64Array {
  const random = randomStream(seed, 'walk');
  const series = new Float64Array(length);
  for (let t = 1; t < length; t++) series[t] = series[t - 1] + size * (random() - 0.5);
  return decimals === undefined ? series : series.map(value => roundDecimals(value, decimals));
}

function slopeOf(length: number, options: LyapROptions, series: Float64Array): number {
  const lyapR = createLyapR(length, options);
  assert.ok(lyapR.load(series, null) > 0);
  return lyapR.run();
}

describe('createLyapR', () => {
  for (const steps of [3, 20]) {
    test(`with -s${steps} is S(1) - S(0) of divergenceCurve on series without ties, whatever decides ties`, () => {
      for (let seed = 1; seed <= 20; seed++) {
        const series = walk(200, seed, 0.1);
        const { curve } = divergenceCurve(series, { steps });
        for (const ties of ['first', 'last'] as const) {
          for (const distances of ['exact', 'double'] as const) {
            const slope = slopeOf(200, { steps, ties, distances }, series);
            // Both S are printed with 7 digits.
            assert.ok(Math.abs(slope - (curve[1] - curve[0])) < 2e-6, `${seed} ${ties} ${distances}`);
          }
        }
      }
    });
  }

  test('of two equally near neighbours takes the one asked for', () => {
    // Exact in binary when divided by the range of 8. Vector 2 = (2, 4) is equally far from vector 1 = (1, 2) and vector
    // 5 = (4, 5); their successors are not.
    const series = Float64Array.from([0, 1, 2, 4, 8, 4, 5, 0, 0]);
    const squared = (i: number, j: number): number =>
      (series[i] - series[j]) ** 2 + (series[i + 1] - series[j + 1]) ** 2;
    for (const ties of ['first', 'last'] as const) {
      const vectors = 6; // 9 - 1 - 2
      let zero = 0;
      let one = 0;
      for (let i = 0; i < vectors; i++) {
        let best = -1;
        for (let j = 0; j < vectors; j++) {
          if (squared(i, j) === 0) continue;
          const nearer = best < 0 || squared(i, j) < squared(i, best);
          if (nearer || (ties === 'last' && squared(i, j) === squared(i, best))) best = j;
        }
        zero += Math.log(squared(i, best)) / 2 / vectors;
        one += Math.log(squared(i + 1, best + 1)) / 2 / vectors;
      }
      for (const distances of ['exact', 'double'] as const) {
        const slope = slopeOf(9, { steps: 2, ties, distances }, series);
        assert.ok(Math.abs(slope - (one - zero)) < 2e-6, `${ties} ${distances}: ${slope}, ${one - zero}`);
      }
    }
  });

  test('compares exact distances as whole-number arithmetic does', () => {
    // The window stretched to [0, 1] in doubles, then every value as a whole number of 2^-80.
    const whole = (value: number): bigint => {
      const high = Math.floor(value * 2 ** 50);
      return BigInt(high) * 2n ** 30n + BigInt((value * 2 ** 50 - high) * 2 ** 30);
    };
    // Seeds 17 and 27 are those of 1 to 60 on which doubles would decide otherwise.
    for (const seed of [1, 2, 17, 27]) {
      const series = walk(60, seed, 2e-5, 6);
      const min = Math.min(...series);
      const range = Math.max(...series) - min;
      const y = Array.from(series, value => (value - min) / range);
      const z = y.map(whole);
      const vectors = 60 - 1 - 3;
      const logs = [0, 0];
      const counts = [0, 0];
      for (let i = 0; i < vectors; i++) {
        let best: bigint | undefined;
        let neighbour = -1;
        for (let j = vectors - 1; j >= 0; j--) {
          const squared = (z[i] - z[j]) ** 2n + (z[i + 1] - z[j + 1]) ** 2n;
          if (squared === 0n || squared >= 2n ** 160n || (best !== undefined && squared >= best)) continue;
          best = squared;
          neighbour = j;
        }
        for (const k of [0, 1]) {
          const squared = (y[i + k] - y[neighbour + k]) ** 2 + (y[i + 1 + k] - y[neighbour + 1 + k]) ** 2;
          if (neighbour < 0 || squared === 0) continue;
          logs[k] += Math.log(squared) / 2;
          counts[k]++;
        }
      }
      const slope = slopeOf(60, { steps: 3, ties: 'last', distances: 'exact' }, series);
      assert.ok(Math.abs(slope - (logs[1] / counts[1] - logs[0] / counts[0])) < 2e-6, `seed ${seed}`);
      const inDoubles = slopeOf(60, { steps: 3, ties: 'last', distances: 'double' }, series);
      assert.equal(Math.abs(slope - inDoubles) > 1e-4, seed > 2);
    }
  });

  test('ties decide on values of 6 decimals', () => {
    const series = walk(200, 1, 2e-5, 6);
    const first = slopeOf(200, doubles, series);
    const last = slopeOf(200, { ...doubles, ties: 'last' }, series);
    assert.ok(Math.abs(first - last) > 1e-3);
  });

  test('is NaN for windows without a pair', () => {
    const lyapR = createLyapR(12, doubles);
    assert.equal(lyapR.load(new Float64Array(12).fill(0.3), null), 0);
    assert.ok(Number.isNaN(lyapR.load(new Float64Array(12).fill(Number.NaN), null)));
    assert.ok(Number.isNaN(slopeOf(4, doubles, Float64Array.from([0, 1, 3, 2]))));
  });
});
