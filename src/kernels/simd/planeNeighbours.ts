// AssemblyScript, compiled to planeNeighbours.wasm by the build and loaded by `planeNeighbours.ts`. Memory is laid out once, for
// series of up to 4095 values. A pair is two doubles, (y[i], y[i + 1]).

/** More than any distance in [0, 1]: stands before the first and behind the last pair, so that every walk ends. */
const FAR: f64 = 1e9;

const series: usize = memory.data(4096 * 8, 16);
const neighbours: usize = memory.data(4096 * 4, 16);
const ambiguous: usize = memory.data(4096 * 4, 16);
const order: usize = memory.data(4096 * 4, 16);
const positions: usize = memory.data(4096 * 4, 16);
const heads: usize = memory.data(4096 * 4, 16);
const buckets: usize = memory.data(4096 * 4, 16);
const borderedPairs: usize = memory.data(4098 * 16, 16);
const pairs: usize = borderedPairs + 16;

export function seriesAddress(): usize {
  return series;
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
 */
export function nearest(vectors: i32, margin: f64): i32 {
  sort(vectors);
  const widen = 1 + margin;
  let guess: i32 = -1;
  let count: usize = 0;
  for (let i: i32 = 0; i < vectors; i++) {
    const own = v128.load(series + ((<usize>i) << 3));
    let best: f64 = 1;
    let limit = widen;
    let found: i32 = -1;
    let isAmbiguous = false;
    // The successor of the last neighbour is often near: it only tightens the bound.
    if (guess >= 0 && guess < vectors && guess !== i) {
      const q = squared(v128.load(series + ((<usize>guess) << 3)), own);
      if (q > 0 && q < best) {
        best = q;
        limit = q * widen;
        found = guess;
      }
    }
    const start = pairs + ((<usize>load<i32>(positions + ((<usize>i) << 2))) << 4);
    for (let step: isize = 16; step >= -16; step -= 32) {
      for (let at = start + step; ; at += step) {
        const d = f64x2.sub(v128.load(at), own);
        const squares = f64x2.mul(d, d);
        const first = f64x2.extract_lane(squares, 0);
        if (first > limit) break;
        const q = first + f64x2.extract_lane(squares, 1);
        if (q > limit || q === 0) continue;
        const j = load<i32>(order + ((at - pairs) >> 2));
        if (q < best) {
          // What came before is no nearer than the best of then.
          isAmbiguous = found >= 0 && best <= q * widen;
          best = q;
          limit = q * widen;
          found = j;
        } else if (j !== found) isAmbiguous = true;
      }
    }
    store<i32>(neighbours + ((<usize>i) << 2), found);
    guess = found < 0 ? -1 : found + 1;
    if (isAmbiguous && found >= 0) {
      store<i32>(ambiguous + (count << 2), i);
      count++;
    }
  }
  return <i32>count;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function squared(a: v128, b: v128): f64 {
  const d = f64x2.sub(a, b);
  const squares = f64x2.mul(d, d);
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
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
    v128.store(pairs + (s << 4), v128.load(series + (i << 3)));
  }
  v128.store(pairs - 16, f64x2.splat(-FAR));
  v128.store(pairs + ((<usize>vectors) << 4), f64x2.splat(FAR));
}
