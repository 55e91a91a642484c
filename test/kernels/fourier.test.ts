import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFourier, fourierTransform } from '../../src/kernels/fourier';
import { randomStream } from '../../src/statistics/random';

/** The sum as it is written, angles kept below a full turn. */
function naive(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const n = re.length;
  const [outRe, outIm] = [new Float64Array(n), new Float64Array(n)];
  for (let f = 0; f < n; f++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((f * t) % n)) / n;
      outRe[f] += re[t] * Math.cos(angle) - im[t] * Math.sin(angle);
      outIm[f] += re[t] * Math.sin(angle) + im[t] * Math.cos(angle);
    }
  }
  return [outRe, outIm];
}

test('fourierTransform equals the naive sum at every length, prime or not', () => {
  for (const n of [...Array.from({ length: 70 }, (_, i) => i + 1), 127, 134, 199, 200, 256, 263]) {
    const random = randomStream(n, 'fourier');
    const [re, im] = [Float64Array.from({ length: n }, random), Float64Array.from({ length: n }, random)];
    const [expectedRe, expectedIm] = naive(re, im);
    fourierTransform(createFourier(n), re, im);
    for (let f = 0; f < n; f++) {
      assert.ok(Math.abs(re[f] - expectedRe[f]) < 1e-12, `n = ${n}, real part at ${f}`);
      assert.ok(Math.abs(im[f] - expectedIm[f]) < 1e-12, `n = ${n}, imaginary part at ${f}`);
    }
  }
});

test('with the arrays swapped it is the inverse times the length', () => {
  for (const n of [1, 2, 60, 67, 200]) {
    const random = randomStream(n, 'inverse');
    const before = Float64Array.from({ length: n }, random);
    const [re, im] = [before.slice(), new Float64Array(n)];
    const fourier = createFourier(n);
    fourierTransform(fourier, re, im);
    fourierTransform(fourier, im, re);
    before.forEach((value, t) => {
      assert.ok(Math.abs(re[t] / n - value) < 1e-14 && Math.abs(im[t]) < 1e-12, `n = ${n}, ${t}`);
    });
  }
});
