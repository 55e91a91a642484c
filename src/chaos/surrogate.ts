import { requireOneOf } from '../core/require';
import { readSeries } from '../core/series';
import { createFourier, fourierTransform } from '../kernels/fourier';
import { type Random, shuffleInPlace } from '../statistics/random';

/**
 * What a surrogate keeps of a series; everything else is chance:
 * - `shuffle`: the values. Null hypothesis: independent draws of one distribution
 * - `phase`: the power spectrum, hence the autocorrelation, with random phases. Null: linear Gaussian noise
 * - `iaaft`: the values exactly and the power spectrum nearly. Null: linear Gaussian noise seen through a monotone function
 *
 * `phase` and `iaaft` take the series as periodic. Where its ends do not meet (a drifting weight) the jump between them
 * enters the spectrum as fast fluctuations that the series never had: take differences or a detrended series.
 */
export type SeriesSurrogateKind = 'shuffle' | 'phase' | 'iaaft';

/** All kinds, in the order of their documentation. */
export const surrogateKinds: readonly SeriesSurrogateKind[] = ['shuffle', 'phase', 'iaaft'];

/**
 * A random series that shares some properties with the given one: what `kind` keeps, and nothing else.
 *
 * `iaaft` alternates between imposing the spectrum and imposing the values until the ranks stand still, at most 200 times,
 * and ends on the values.
 *
 * A series with NaN or infinities has no spectrum: `phase` and `iaaft` are then NaN throughout.
 *
 * Theiler, Eubank, Longtin, Galdrikian & Farmer 1992, Physica D 58, 77; Schreiber & Schmitz 1996, Phys. Rev. Lett. 77, 635.
 *
 * @returns a new series of the same length
 * @throws TypeError when the series is no array of numbers, RangeError for another kind
 * @example
 * import { randomStream, surrogate } from 'legcnet';
 * const series = [3, 1, 4, 1, 5, 9, 2, 6];
 * const shuffled = surrogate(series, 'shuffle', randomStream(1, 'surrogates'));
 * shuffled.sort(); // [1, 1, 2, 3, 4, 5, 6, 9], the same values in another order
 */
export function surrogate(
  series: ArrayLike<number>,
  kind: SeriesSurrogateKind,
  random: Random,
): Float64Array {
  const task = 'make a surrogate';
  const values = readSeries(series, task);
  requireOneOf(kind, surrogateKinds, 'kind', task);
  const out = new Float64Array(values.length);
  createSurrogates(values.length, kind)(values, 0)(random, out);
  return out;
}

/** Prepares surrogates of the window series[offset ..]; the second call writes one of them. */
export type Surrogates = (
  series: Float64Array,
  offset: number,
) => (random: Random, out: Float64Array) => void;

/** Surrogates for windows of one length; tables and buffers are reused from window to window. */
export function createSurrogates(length: number, kind: SeriesSurrogateKind): Surrogates {
  if (kind === 'shuffle' || length === 0) {
    return (series, offset) => (random, out) => {
      out.set(series.subarray(offset, offset + length));
      shuffleInPlace(out, random);
    };
  }
  return kind === 'phase' ? phaseSurrogates(length) : iaaftSurrogates(length);
}

/** A window as mean + scale * (values of size 4 at most, with mean near 0), so that no sum overflows or loses its digits. */
interface Standardised {
  readonly values: Float64Array;
  readonly mean: number;
  readonly scale: number;
}

function phaseSurrogates(length: number): Surrogates {
  const spectrum = createSpectrum(length);
  return (series, offset) => {
    const { values, mean, scale } = standardise(series.subarray(offset, offset + length));
    const amplitudes = spectrum.amplitudes(values).slice();
    return (random, out) => {
      spectrum.randomPhases(amplitudes, random, out);
      for (let t = 0; t < length; t++) out[t] = mean + scale * out[t];
    };
  };
}

const MOST_ITERATIONS = 200;

function iaaftSurrogates(length: number): Surrogates {
  const spectrum = createSpectrum(length);
  const order = new Int32Array(length);
  const before = new Int32Array(length);
  const current = new Float64Array(length);
  return (series, offset) => {
    const window = series.subarray(offset, offset + length);
    const ascending = Float64Array.from(window).sort();
    const { values } = standardise(window);
    const standardAscending = values.slice().sort();
    const amplitudes = spectrum.amplitudes(values).slice();
    return (random, out) => {
      if (!Number.isFinite(values[0])) {
        out.fill(Number.NaN);
        return;
      }
      for (let t = 0; t < length; t++) order[t] = t;
      shuffleInPlace(order, random);
      for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
        before.set(order);
        for (let rank = 0; rank < length; rank++) current[order[rank]] = standardAscending[rank];
        spectrum.impose(amplitudes, current);
        order.sort((i, j) => current[i] - current[j] || i - j);
        if (sameOrder(order, before)) break;
      }
      for (let rank = 0; rank < length; rank++) out[order[rank]] = ascending[rank];
    };
  };
}

function sameOrder(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Transforms of one length with their buffers; frequencies are 0..length/2, those of a real series. */
interface Spectrum {
  /** |X_f| of a series; the array is reused. */
  amplitudes(values: Float64Array): Float64Array;
  /** Writes the series with these amplitudes and random phases. */
  randomPhases(amplitudes: Float64Array, random: Random, out: Float64Array): void;
  /** Gives a series these amplitudes and leaves its phases, in place. */
  impose(amplitudes: Float64Array, values: Float64Array): void;
}

function createSpectrum(length: number): Spectrum {
  const fourier = createFourier(length);
  const half = Math.floor(length / 2);
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const found = new Float64Array(half + 1);
  return { amplitudes, randomPhases, impose };

  function amplitudes(values: Float64Array): Float64Array {
    forward(values);
    for (let f = 0; f <= half; f++) found[f] = Math.sqrt(re[f] * re[f] + im[f] * im[f]);
    return found;
  }

  /** Frequency 0, the mean, was taken out; at even length, length / 2 is real and has a sign for a phase. */
  function randomPhases(wanted: Float64Array, random: Random, out: Float64Array): void {
    re[0] = 0;
    im[0] = 0;
    for (let f = 1; f <= half; f++) {
      const angle = 2 * Math.PI * random();
      const isReal = 2 * f === length;
      re[f] = wanted[f] * (isReal ? (angle < Math.PI ? 1 : -1) : Math.cos(angle));
      im[f] = isReal ? 0 : wanted[f] * Math.sin(angle);
    }
    backward(out);
  }

  function impose(wanted: Float64Array, values: Float64Array): void {
    forward(values);
    for (let f = 0; f <= half; f++) {
      const size = Math.sqrt(re[f] * re[f] + im[f] * im[f]);
      re[f] = size > 0 ? (re[f] / size) * wanted[f] : wanted[f];
      im[f] = size > 0 ? (im[f] / size) * wanted[f] : 0;
    }
    backward(values);
  }

  function forward(values: Float64Array): void {
    re.set(values);
    im.fill(0);
    fourierTransform(fourier, re, im);
  }

  /** Back to a real series: frequency length - f is the conjugate of f, and swapped parts turn the transform round. */
  function backward(out: Float64Array): void {
    for (let f = 1; f < length - f; f++) {
      re[length - f] = re[f];
      im[length - f] = -im[f];
    }
    fourierTransform(fourier, im, re);
    for (let t = 0; t < length; t++) out[t] = re[t] / length;
  }
}

function standardise(series: Float64Array): Standardised {
  const n = series.length;
  let largest = 0;
  for (const value of series) largest = Math.max(largest, Math.abs(value)); // NaN stays NaN
  if (!Number.isFinite(largest)) {
    return { values: new Float64Array(n).fill(Number.NaN), mean: Number.NaN, scale: Number.NaN };
  }
  if (largest === 0) return { values: new Float64Array(n), mean: 0, scale: 1 };
  const scale = 2 ** Math.floor(Math.log2(largest)); // dividing by a power of two costs no digit
  const first = series[0] / scale;
  let mean = first;
  for (const value of series) mean += (value / scale - first) / n;
  return { values: series.map(value => value / scale - mean), mean: mean * scale, scale };
}
