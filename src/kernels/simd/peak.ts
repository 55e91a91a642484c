// AssemblyScript, compiled to peak.wasm by the build and loaded by the bench: what the machine can do at most in WebAssembly.

/** First byte that is free for data. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

/** Twelve independent chains of a pair of multiplications and a pair of additions each, `times` times: 48 operations a time. */
export function multiplyAdd(times: i32, factor: f64, summand: f64): f64 {
  const x = f64x2.splat(factor);
  const y = f64x2.splat(summand);
  let a = y;
  let b = f64x2.add(a, y);
  let c = f64x2.add(b, y);
  let d = f64x2.add(c, y);
  let e = f64x2.add(d, y);
  let f = f64x2.add(e, y);
  let g = f64x2.add(f, y);
  let h = f64x2.add(g, y);
  let i = f64x2.add(h, y);
  let j = f64x2.add(i, y);
  let k = f64x2.add(j, y);
  let l = f64x2.add(k, y);
  for (let n = 0; n < times; n++) {
    a = f64x2.add(f64x2.mul(a, x), y);
    b = f64x2.add(f64x2.mul(b, x), y);
    c = f64x2.add(f64x2.mul(c, x), y);
    d = f64x2.add(f64x2.mul(d, x), y);
    e = f64x2.add(f64x2.mul(e, x), y);
    f = f64x2.add(f64x2.mul(f, x), y);
    g = f64x2.add(f64x2.mul(g, x), y);
    h = f64x2.add(f64x2.mul(h, x), y);
    i = f64x2.add(f64x2.mul(i, x), y);
    j = f64x2.add(f64x2.mul(j, x), y);
    k = f64x2.add(f64x2.mul(k, x), y);
    l = f64x2.add(f64x2.mul(l, x), y);
  }
  const low = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(e, f));
  const high = f64x2.add(f64x2.add(f64x2.add(g, h), f64x2.add(i, j)), f64x2.add(k, l));
  return f64x2.extract_lane(f64x2.add(low, high), 0);
}

/** Sum of the doubles from one address up to another, eight at a time. */
export function sum(from: usize, to: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at = from; at < to; at += 64) {
    a = f64x2.add(a, v128.load(at));
    b = f64x2.add(b, v128.load(at, 16));
    c = f64x2.add(c, v128.load(at, 32));
    d = f64x2.add(d, v128.load(at, 48));
  }
  const all = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1);
}
