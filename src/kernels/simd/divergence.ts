// AssemblyScript, compiled to divergence.wasm by the build and loaded by `simdKernel.ts`. Memory is laid out once, for series
// of up to 2047 values; entries beyond a series are read but never counted. Addresses and `stride`, `span`, `from` are bytes.

/** Low bits of a squared distance that make room for the index of its candidate. */
const INDEX_BITS: i64 = 0x7ff;
const FRACTION_BITS: i64 = 0x000f_ffff_ffff_ffff;
/** The smallest double that has all its digits. */
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
/** Not a number, of positive sign: as key of a candidate it wins no minimum and ties with no distance. */
const NOBODY: i64 = i64.MAX_VALUE;
/** Products of this many numbers in [1, 2) stay below the largest double. */
const FACTORS: i32 = 512;
const ENTRIES: i32 = 2064;

const series: usize = memory.data(2064 * 8, 16);
const neighbours: usize = memory.data(2064 * 4, 16);
const mantissas: usize = memory.data(2064 * 8, 16);
const exponents: usize = memory.data(2064 * 8, 16);
/** Entry j holds j, and the one after the last candidate NOBODY. */
const candidates: usize = memory.data(2064 * 8, 16);
/** Entry `middle` + k holds NOBODY for |k| up to the Theiler window, else 0. */
const theilerMask: usize = memory.data(2 * 2064 * 8, 16);
const middle: usize = theilerMask + 2064 * 8;

for (let j = 0; j < ENTRIES; j++) store<i64>(candidates + ((<usize>j) << 3), j);

export function seriesAddress(): usize {
  return series;
}

export function neighboursAddress(): usize {
  return neighbours;
}

export function mantissasAddress(): usize {
  return mantissas;
}

export function exponentsAddress(): usize {
  return exponents;
}

/**
 * Writes the nearest neighbour of each reference; false as soon as one cannot be decided here: the squared distances of two
 * candidates agree in all but the last 11 bits (exact duplicates among them), the smallest lacks digits, or it is not below
 * `reach`. For at least two dimensions.
 */
export function nearest(
  vectors: i32,
  references: i32,
  dimension: i32,
  delay: i32,
  theiler: i32,
  reach: f64,
): bool {
  store<i64>(candidates + ((<usize>vectors) << 3), NOBODY);
  fillTheilerMask(theiler, NOBODY);
  const decided =
    dimension === 2
      ? search<u16>(vectors, references, 2, delay, reach)
      : search<u32>(vectors, references, dimension, delay, reach);
  fillTheilerMask(theiler, 0);
  store<i64>(candidates + ((<usize>vectors) << 3), vectors);
  return decided;
}

function fillTheilerMask(theiler: i32, value: i64): void {
  for (let k = -theiler; k <= theiler; k++) store<i64>(middle + ((<isize>k) << 3), value);
}

/**
 * Two references at a time against two candidates a step:
 *
 *            j      j+1
 *     i      key    key      A key is a squared distance with j in its last 11 bits, so that one minimum keeps the
 *     i+1    key    key      distance and its candidate. Keys that differ in those bits only leave a tiny gap.
 *
 * Compiled twice: with u16 for exactly two dimensions, without the inner loop, which would cost a tenth of the speed.
 */
function search<T>(vectors: i32, references: i32, dimension: i32, delay: i32, reach: f64): bool {
  const stride = (<usize>delay) << 3;
  const span = <usize>(dimension - 1) * stride;
  const low = i64x2.splat(INDEX_BITS);
  const end = series + ((<usize>vectors) << 3);
  for (let i = 0; i < references; i += 2) {
    const a = series + ((<usize>i) << 3);
    const first = v128.load64_splat(a);
    const second = v128.load64_splat(a, 8);
    const firstNext = v128.load64_splat(a + stride);
    const secondNext = v128.load64_splat(a + stride, 8);
    let firstBest = f64x2.splat(Infinity);
    let secondBest = firstBest;
    let gap = firstBest;
    let candidate = candidates;
    let mask = middle - ((<usize>i) << 3);
    for (let b = series; b < end; b += 16) {
      const v = v128.load(b);
      const next = v128.load(b + stride);
      let d = f64x2.sub(v, first);
      let e = f64x2.sub(next, firstNext);
      let q = f64x2.add(f64x2.mul(d, d), f64x2.mul(e, e));
      d = f64x2.sub(v, second);
      e = f64x2.sub(next, secondNext);
      let r = f64x2.add(f64x2.mul(d, d), f64x2.mul(e, e));
      if (sizeof<T>() !== 2) {
        for (let c = stride + stride; c <= span; c += stride) {
          const further = v128.load(b + c);
          d = f64x2.sub(further, v128.load64_splat(a + c));
          e = f64x2.sub(further, v128.load64_splat(a + c, 8));
          q = f64x2.add(q, f64x2.mul(d, d));
          r = f64x2.add(r, f64x2.mul(e, e));
        }
      }
      const index = v128.load(candidate);
      q = v128.or(v128.andnot(q, low), v128.or(index, v128.load(mask)));
      r = v128.or(v128.andnot(r, low), v128.or(index, v128.load(mask - 8)));
      gap = f64x2.pmin(gap, v128.xor(q, firstBest));
      gap = f64x2.pmin(gap, v128.xor(r, secondBest));
      firstBest = f64x2.pmin(firstBest, q);
      secondBest = f64x2.pmin(secondBest, r);
      candidate += 16;
      mask += 16;
    }
    if (i64x2.extract_lane(gap, 0) <= INDEX_BITS || i64x2.extract_lane(gap, 1) <= INDEX_BITS) return false;
    if (!keep(i, firstBest, reach)) return false;
    if (i + 1 < references && !keep(i + 1, secondBest, reach)) return false;
  }
  return true;
}

/** Stores the candidate of the smaller key; false where the keys tie or the distance is too small or too large. */
function keep(reference: i32, keys: v128, reach: f64): bool {
  const even = f64x2.extract_lane(keys, 0);
  const odd = f64x2.extract_lane(keys, 1);
  const gap = reinterpret<i64>(even) ^ reinterpret<i64>(odd);
  const key = min(even, odd);
  if (gap <= INDEX_BITS || !(key >= SMALLEST_NORMAL && key < reach)) return false;
  store<i32>(neighbours + ((<usize>reference) << 2), <i32>(reinterpret<i64>(key) & INDEX_BITS));
  return true;
}

/**
 * Multiplies the squared distances of all pairs k steps later, k = 0..steps (steps at least 1):
 *
 *     product over pairs = mantissas[k] 2^exponents[k],   exponents still holding the bias of 1023 for each pair
 *
 * and returns whether every distance was nonzero with all its digits; otherwise the products mean nothing.
 */
export function follow(references: i32, dimension: i32, delay: i32, steps: i32): bool {
  const stride = (<usize>delay) << 3;
  const span = <usize>(dimension - 1) * stride;
  const fraction = i64x2.splat(FRACTION_BITS);
  const one = f64x2.splat(1);
  let smallest = f64x2.splat(Infinity);
  for (let k = 0; k <= steps; k += 2) {
    const from = (<usize>min(k, steps - 1)) << 3;
    const start = series + from;
    let product = one;
    let exponent = i64x2.splat(0);
    let factors = 0;
    for (let i = 0; i < references; i++) {
      const a = start + ((<usize>i) << 3);
      const b = start + ((<usize>load<i32>(neighbours + ((<usize>i) << 2))) << 3);
      let d = f64x2.sub(v128.load(b), v128.load(a));
      let q = f64x2.mul(d, d);
      for (let c = stride; c <= span; c += stride) {
        d = f64x2.sub(v128.load(b + c), v128.load(a + c));
        q = f64x2.add(q, f64x2.mul(d, d));
      }
      smallest = f64x2.pmin(smallest, q);
      exponent = i64x2.add(exponent, i64x2.shr_u(q, 52));
      product = f64x2.mul(product, v128.or(v128.and(q, fraction), one));
      if (++factors === FACTORS) {
        exponent = i64x2.add(exponent, i64x2.sub(i64x2.shr_u(product, 52), i64x2.splat(1023)));
        product = v128.or(v128.and(product, fraction), one);
        factors = 0;
      }
    }
    v128.store(mantissas + from, product);
    v128.store(exponents + from, exponent);
  }
  return min(f64x2.extract_lane(smallest, 0), f64x2.extract_lane(smallest, 1)) >= SMALLEST_NORMAL;
}
