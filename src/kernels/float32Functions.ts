const f = Math.fround;

const LOG2E = f(Math.LOG2E);
/** 3 x 2^22: a float32 number added to it is rounded to a whole one. */
const ROUNDING = 12582912;
/** ln 2 in two parts; a whole number of 8 bits times the first is exact (W. Cody and W. Waite's reduction). */
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.1219444e-4);
/** For e^x - 1 - x over x^2, and for tanh x - x over x^3 in powers of x^2: S. Moshier's Cephes library, `expf.c` and `tanhf.c`. */
const EXP = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];
const TANH = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];
const [EXP_TERMS, TANH_TERMS] = [EXP, TANH].map(terms => terms.map(f));
const LOWEST_POWER = -126;
const POWERS = Float32Array.from({ length: 254 }, (_, i) => 2 ** (i + LOWEST_POWER));

/**
 * e^x in float32, every operation rounded, to 2e-7 of its size for -87 <= x <= 88; x is taken to the nearer bound outside, so that
 * nothing overflows.
 *
 * @param x a float32 number
 */
export function exp32(x: number): number {
  const bounded = Math.max(Math.min(x, 88), -87);
  const k = f(f(f(bounded * LOG2E) + ROUNDING) - ROUNDING);
  const r = f(f(bounded - f(k * LN2_HIGH)) - f(k * LN2_LOW));
  const y = f(f(f(polynomial(EXP_TERMS, r) * f(r * r)) + r) + 1);
  return Number.isNaN(k) ? k : f(y * POWERS[k - LOWEST_POWER]);
}

/** 1 / (1 + e^-x) in float32. */
export function sigmoid32(x: number): number {
  return f(1 / f(1 + exp32(-x)));
}

/** The hyperbolic tangent in float32, to 2e-7 of its size. */
export function tanh32(x: number): number {
  const size = Math.abs(x);
  if (size < 0.625) {
    const z = f(x * x);
    return f(f(f(polynomial(TANH_TERMS, z) * z) * x) + x);
  }
  const far = f(1 - f(2 / f(exp32(f(size + size)) + 1)));
  return x < 0 ? -far : far;
}

function polynomial(terms: readonly number[], x: number): number {
  let value = terms[0];
  for (let i = 1; i < terms.length; i++) value = f(f(value * x) + terms[i]);
  return value;
}
