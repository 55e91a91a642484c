// AssemblyScript, compiled to planeNeighbours.wasm by the build and loaded by `planeNeighbours.ts`. Memory is laid out once, for
// series of up to 4095 values. A pair is two doubles, (y[i], y[i + 1]).

/** More than any distance in [0, 1]: stands before the first and behind the last pair, so that every walk ends. */
const FAR: f64 = 1e9;
const BORDER: usize = 5;

const series: usize = memory.data(4096 * 8, 16);
const neighbours: usize = memory.data(4096 * 4, 16);
/** Products of `follow`, those of distances now and those one step later. */
const products: usize = memory.data(2 * 4096 * 8, 16);
const counts: usize = memory.data(4 * 4, 16);
const ambiguous: usize = memory.data(4096 * 4, 16);
/** With room for what stands before and behind. */
const order: usize = memory.data(4128 * 4, 16) + 32;
const positions: usize = memory.data(4096 * 4, 16);
const heads: usize = memory.data(4096 * 4, 16);
const buckets: usize = memory.data(4096 * 4, 16);
/** Both values of each pair in the order of the first, with `BORDER` places before and behind. */
const borderedFirsts: usize = memory.data(4112 * 8, 16);
const borderedSeconds: usize = memory.data(4112 * 8, 16);
const firsts: usize = borderedFirsts + 64;
const seconds: usize = borderedSeconds + 64;

export function seriesAddress(): usize {
  return series;
}

export function productsAddress(): usize {
  return products;
}

export function countsAddress(): usize {
  return counts;
}

export function neighboursAddress(): usize {
  return neighbours;
}

export function ambiguousAddress(): usize {
  return ambiguous;
}

export function orderAddress(): usize {
  return order;
}

export function positionsAddress(): usize {
  return positions;
}

/**
 * Writes the nearest neighbour of each pair at a nonzero squared distance below 1, or -1, and lists those that have another
 * neighbour as near, or so nearly that a relative `margin` could hide it; returns how many those are.
 *
 * Sorted by their first value, the four pairs on either side are compared without a branch, which would be guessed wrong too often;
 * few need more. From there on a walk goes outwards until the first value alone is too far.
 */
export function nearest(vectors: i32, margin: f64): i32 {
  sort(vectors);
  const widen = 1 + margin;
  let count: usize = 0;
  for (let s: usize = 0; s < <usize>vectors; s++) {
    const at = s << 3;
    const x = load<f64>(firsts + at);
    const z = load<f64>(seconds + at);
    const ownFirst = f64x2.splat(x);
    const ownSecond = f64x2.splat(z);
    const a = distances(at - 32, ownFirst, ownSecond);
    const b = distances(at - 16, ownFirst, ownSecond);
    const c = distances(at + 8, ownFirst, ownSecond);
    const d = distances(at + 24, ownFirst, ownSecond);
    const least = f64x2.pmin(f64x2.pmin(a, b), f64x2.pmin(c, d));
    let best = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
    let limit = widen;
    let found: i32 = -1;
    let isAmbiguous = false;
    if (best < 1) {
      limit = best * widen;
      const same = marked(a, b, c, d, f64x2.splat(best));
      const near = marked(a, b, c, d, f64x2.splat(limit));
      const place = ctz(same);
      // Bits 0..3 stand for the pairs 4..1 before this one, 4..7 for those 1..4 behind.
      found = load<i32>(order + ((s + <usize>place + <usize>(place > 3)) << 2) - 16);
      isAmbiguous = (near & (near - 1)) !== 0;
    } else best = 1;
    for (let step: isize = 8; step >= -8; step -= 16) {
      for (let other = at + 5 * step; ; other += step) {
        const e = load<f64>(firsts + other) - x;
        const first = e * e;
        if (first > limit) break;
        const f = load<f64>(seconds + other) - z;
        const q = first + f * f;
        if (q > limit || q === 0) continue;
        if (q < best) {
          // What came before is no nearer than the best of then.
          isAmbiguous = best <= q * widen;
          best = q;
          limit = q * widen;
          found = load<i32>(order + (other >> 1));
        } else isAmbiguous = true;
      }
    }
    const i = load<i32>(order + (s << 2));
    store<i32>(neighbours + ((<usize>i) << 2), found);
    store<i32>(ambiguous + (count << 2), i);
    count += <usize>(isAmbiguous && found >= 0);
  }
  return <i32>count;
}

/** Squared distances of two pairs, one next to the other in order; 1e300 in place of 0. */
function distances(at: usize, ownFirst: v128, ownSecond: v128): v128 {
  const d = f64x2.sub(v128.load(firsts + at), ownFirst);
  const e = f64x2.sub(v128.load(seconds + at), ownSecond);
  const q = f64x2.add(f64x2.mul(d, d), f64x2.mul(e, e));
  return v128.or(q, v128.and(f64x2.eq(q, f64x2.splat(0)), f64x2.splat(1e300)));
}

/** One bit for each distance, set where it is at most `bound`. */
function marked(a: v128, b: v128, c: v128, d: v128, bound: v128): i32 {
  const low = i64x2.bitmask(f64x2.le(a, bound)) | (i64x2.bitmask(f64x2.le(b, bound)) << 2);
  return low | (i64x2.bitmask(f64x2.le(c, bound)) << 4) | (i64x2.bitmask(f64x2.le(d, bound)) << 6);
}

/** Where a scaled value and its rounding differ by more, it is left to exact arithmetic; `SCALED` bounds the error of scaling. */
const CLEAR: f64 = 0.5 - 1e-6;
const SCALED: f64 = 268435456;

/**
 * Rounds the values of the series to whole multiples of 1 / power, moves and stretches them to [0, 1] and returns the range they had; 0
 * for constant ones and -1 where a value is not to be rounded here (the series is then lost). `length` values and one more are read.
 */
export function rescale(length: i32, power: f64): f64 {
  const end = series + ((<usize>length) << 3);
  const scale = f64x2.splat(power);
  // The odd one out is compared with itself.
  if (length & 1) store<f64>(end, load<f64>(end - 8));
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  let clear = i64x2.splat(-1);
  for (let at = series; at < end; at += 16) {
    const scaled = f64x2.mul(v128.load(at), scale);
    const whole = f64x2.nearest(scaled);
    clear = v128.and(clear, f64x2.lt(f64x2.abs(f64x2.sub(scaled, whole)), f64x2.splat(CLEAR)));
    clear = v128.and(clear, f64x2.lt(f64x2.abs(scaled), f64x2.splat(SCALED)));
    const value = f64x2.div(whole, scale);
    least = f64x2.pmin(least, value);
    most = f64x2.pmax(most, value);
    v128.store(at, value);
  }
  if (!i64x2.all_true(clear)) return -1;
  const first = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  const range = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)) - first;
  if (range === 0) return 0;
  for (let at = series; at < end; at += 16) {
    v128.store(at, f64x2.div(f64x2.sub(v128.load(at), f64x2.splat(first)), f64x2.splat(range)));
  }
  return range;
}

const SMALL: f64 = 1e-100;
const PRODUCT_LOW: f64 = 1e-200;
const PRODUCT_HIGH: f64 = 1e200;

/**
 * Squared distances of every vector and its neighbour, now (k = 0) and one step later (k = 1), multiplied up in the order of
 * `followPairs`: the sum of the logarithms of products[k] is what it adds up. At `counts` go how many products and how many
 * distances there are for k = 0, then for k = 1.
 */
export function follow(vectors: i32): void {
  for (let k: usize = 0; k < 2; k++) {
    let out = products + (k << 15);
    const from = series + (k << 3);
    let product: f64 = 1;
    let pairs = 0;
    for (let i: usize = 0; i < <usize>vectors; i++) {
      const j = load<i32>(neighbours + (i << 2));
      if (j < 0) continue;
      const d = f64x2.sub(v128.load(from + ((<usize>j) << 3)), v128.load(from + (i << 3)));
      const squares = f64x2.mul(d, d);
      const q = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
      if (q === 0) continue;
      pairs++;
      if (q < SMALL) {
        store<f64>(out, q);
        out += 8;
        continue;
      }
      product *= q;
      if (product > PRODUCT_LOW && product < PRODUCT_HIGH) continue;
      store<f64>(out, product);
      out += 8;
      product = 1;
    }
    store<f64>(out, product);
    store<i32>(counts + (k << 3), <i32>((out - products - (k << 15)) >> 3) + 1);
    store<i32>(counts + (k << 3), pairs, 4);
  }
}

/** By the first of each pair: one bucket per pair (the series lies in [0, 1]), then insertion inside and across their borders. */
function sort(vectors: i32): void {
  const last = vectors - 1;
  memory.fill(heads, 0, (<usize>vectors + 1) << 2);
  for (let i: usize = 0; i < <usize>vectors; i++) {
    const bucket = min(last, <i32>(load<f64>(series + (i << 3)) * <f64>vectors));
    store<i32>(buckets + (i << 2), bucket);
    const head = heads + ((<usize>bucket) << 2);
    store<i32>(head, load<i32>(head, 4) + 1, 4);
  }
  for (let b: usize = 1; b <= <usize>vectors; b++) {
    const head = heads + (b << 2);
    store<i32>(head, load<i32>(head) + load<i32>(head - 4));
  }
  for (let i: usize = 0; i < <usize>vectors; i++) {
    const head = heads + ((<usize>load<i32>(buckets + (i << 2))) << 2);
    const s = load<i32>(head);
    store<i32>(head, s + 1);
    store<i32>(order + ((<usize>s) << 2), <i32>i);
  }
  for (let s: usize = 1; s < <usize>vectors; s++) {
    const i = load<i32>(order + (s << 2));
    const key = load<f64>(series + ((<usize>i) << 3));
    let r = <isize>s - 1;
    while (r >= 0) {
      const before = load<i32>(order + (r << 2));
      if (load<f64>(series + ((<usize>before) << 3)) <= key) break;
      store<i32>(order + (r << 2), before, 4);
      r--;
    }
    store<i32>(order + (r << 2), i, 4);
  }
  for (let s: usize = 0; s < <usize>vectors; s++) {
    const i = <usize>load<i32>(order + (s << 2));
    store<i32>(positions + (i << 2), <i32>s);
    store<f64>(firsts + (s << 3), load<f64>(series + (i << 3)));
    store<f64>(seconds + (s << 3), load<f64>(series + (i << 3), 8));
  }
  for (let s: usize = 0; s < BORDER; s++) {
    store<f64>(firsts - ((s + 1) << 3), -FAR);
    store<f64>(firsts + ((<usize>vectors + s) << 3), FAR);
  }
}
