/** Tables and scratch memory for transforms of one length, reused by every call. */
export interface Fourier {
  readonly length: number;
  /** Prime factors of the length that is transformed directly, ascending. */
  readonly factors: Int32Array;
  /** exp(-2 pi i k / length), k = 0..length - 1. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly workRe: Float64Array;
  readonly workIm: Float64Array;
  /** Present where a prime factor is too large for the direct way. */
  readonly chirp: Chirp | null;
}

/** Bluestein's detour: a transform of any length as a convolution of a length that is a power of two. */
interface Chirp {
  readonly inner: Fourier;
  /** exp(-pi i k^2 / length), k = 0..length - 1. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Transform of the conjugate chirp, wrapped around, divided by its length. */
  readonly filterRe: Float64Array;
  readonly filterIm: Float64Array;
  readonly bufferRe: Float64Array;
  readonly bufferIm: Float64Array;
}

/** Above this prime factor the convolution is cheaper. */
const LARGEST_FACTOR = 61;

/** Prepares transforms of `length` complex numbers, any whole number from 1 up. */
export function createFourier(length: number): Fourier {
  const factors = primeFactors(length);
  const direct = factors[factors.length - 1] <= LARGEST_FACTOR || length === 1;
  const tables = direct ? length : 0;
  const angle = (k: number): number => (-2 * Math.PI * k) / length;
  return {
    length,
    factors,
    cos: Float64Array.from({ length: tables }, (_, k) => Math.cos(angle(k))),
    sin: Float64Array.from({ length: tables }, (_, k) => Math.sin(angle(k))),
    workRe: new Float64Array(tables),
    workIm: new Float64Array(tables),
    chirp: direct ? null : createChirp(length),
  };
}

/**
 * The discrete Fourier transform in place: X_f = sum over t of x_t exp(-2 pi i f t / length). For the inverse, times the
 * length, swap the two arrays.
 *
 * @param re real parts, length numbers
 * @param im imaginary parts
 */
export function fourierTransform(fourier: Fourier, re: Float64Array, im: Float64Array): void {
  if (fourier.chirp === null) byFactors(fourier, re, im);
  else byConvolution(fourier.chirp, re, im);
}

/**
 * Stockham's way for any factors. With l = product of the factors done, p the next and m = length / (l p),
 *
 *     y_k(f) = sum over r = 0..p-1 of exp(-2 pi i r f / (l p)) x_(k + m r)(f mod l),   k < m, f < l p
 *
 * where x_k(j), stored at k l + j, are the transforms of the subsequences k, k + p m, k + 2 p m, ….
 */
function byFactors(
  { length, factors, cos, sin, workRe, workIm }: Fourier,
  re: Float64Array,
  im: Float64Array,
) {
  let [fromRe, fromIm, toRe, toIm] = [re, im, workRe, workIm];
  let l = 1;
  for (const p of factors) {
    const m = length / (l * p);
    for (let k = 0; k < m; k++) {
      for (let f = 0; f < l * p; f++) {
        const turn = f * m; // exp(-2 pi i f / (l p)) stands at f m in the tables
        let at = k * l + (f % l);
        let sumRe = fromRe[at];
        let sumIm = fromIm[at];
        let w = 0;
        for (let r = 1; r < p; r++) {
          at += m * l;
          w += turn;
          if (w >= length) w -= length;
          sumRe += fromRe[at] * cos[w] - fromIm[at] * sin[w];
          sumIm += fromRe[at] * sin[w] + fromIm[at] * cos[w];
        }
        toRe[k * l * p + f] = sumRe;
        toIm[k * l * p + f] = sumIm;
      }
    }
    [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
    l *= p;
  }
  if (fromRe !== re) {
    re.set(fromRe);
    im.set(fromIm);
  }
}

/** f t = (f^2 + t^2 - (f - t)^2) / 2 turns the transform into a convolution with a chirp. Bluestein 1970. */
function byConvolution(chirp: Chirp, re: Float64Array, im: Float64Array): void {
  const { inner, filterRe, filterIm, bufferRe, bufferIm } = chirp;
  const n = re.length;
  bufferRe.fill(0);
  bufferIm.fill(0);
  for (let t = 0; t < n; t++) {
    bufferRe[t] = re[t] * chirp.re[t] - im[t] * chirp.im[t];
    bufferIm[t] = re[t] * chirp.im[t] + im[t] * chirp.re[t];
  }
  byFactors(inner, bufferRe, bufferIm);
  for (let f = 0; f < inner.length; f++) {
    const real = bufferRe[f] * filterRe[f] - bufferIm[f] * filterIm[f];
    bufferIm[f] = bufferRe[f] * filterIm[f] + bufferIm[f] * filterRe[f];
    bufferRe[f] = real;
  }
  byFactors(inner, bufferIm, bufferRe); // swapped: the inverse
  for (let f = 0; f < n; f++) {
    re[f] = bufferRe[f] * chirp.re[f] - bufferIm[f] * chirp.im[f];
    im[f] = bufferRe[f] * chirp.im[f] + bufferIm[f] * chirp.re[f];
  }
}

function createChirp(n: number): Chirp {
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const inner = createFourier(size);
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const filterRe = new Float64Array(size);
  const filterIm = new Float64Array(size);
  let square = 0; // k^2 mod 2 n, so that the angle keeps its digits
  for (let k = 0; k < n; k++) {
    re[k] = Math.cos((Math.PI * square) / n);
    im[k] = -Math.sin((Math.PI * square) / n);
    filterRe[k] = re[k] / size;
    filterIm[k] = -im[k] / size;
    if (k > 0) {
      filterRe[size - k] = filterRe[k];
      filterIm[size - k] = filterIm[k];
    }
    square = (square + 2 * k + 1) % (2 * n);
  }
  fourierTransform(inner, filterRe, filterIm);
  const bufferRe = new Float64Array(size);
  const bufferIm = new Float64Array(size);
  return { inner, re, im, filterRe, filterIm, bufferRe, bufferIm };
}

function primeFactors(n: number): Int32Array {
  const factors: number[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++) {
    while (rest % p === 0) {
      factors.push(p);
      rest /= p;
    }
  }
  if (rest > 1) factors.push(rest);
  return Int32Array.from(factors);
}
