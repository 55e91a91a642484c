// AssemblyScript, compiled to mlpLayer.wasm by the build and loaded by `mlpBatch.ts`, which lays out the memory.
//
// One layer of a dense network for many rows at once, two doubles (a pair) at a time. A row of inputs is a list of places and
// values, so that zeros can be left out:
//
//     ends[r - 1] .. ends[r]   entries of row r in `places` (i32, byte offsets of rows of `matrix`) and `values` (f64)
//     matrix                   inputs x pairs: what one input contributes to all outputs lies together
//
// Every sum runs over the same terms in the same order as in `mlpForward.ts` and `mlpGradient.ts`; pairs stand for different
// sums. The results are therefore theirs, bit for bit.

/** Pairs that are kept in registers. */
const BLOCK: usize = 5;

/** First byte that is free for data. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

/** sums[r] = start + sum over entries of value * matrix[place], start being 0 or, with `bias`, added at the end. */
export function multiply(
  rows: usize,
  starts: usize,
  ends: usize,
  places: usize,
  values: usize,
  matrix: usize,
  bias: usize,
  sums: usize,
  pairs: usize,
): void {
  const stride = pairs << 4;
  for (let r: usize = 0; r < rows; r++) {
    const from = <usize>load<i32>(starts + (r << 2));
    const to = <usize>load<i32>(ends + (r << 2));
    const out = sums + r * stride;
    let p: usize = 0;
    for (; p + BLOCK <= pairs; p += BLOCK) {
      const at = p << 4;
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let s3 = f64x2.splat(0);
      let s4 = f64x2.splat(0);
      for (let k = from; k < to; k++) {
        const line = matrix + at + <usize>load<i32>(places + (k << 2));
        const x = f64x2.splat(load<f64>(values + (k << 3)));
        s0 = f64x2.add(s0, f64x2.mul(v128.load(line), x));
        s1 = f64x2.add(s1, f64x2.mul(v128.load(line, 16), x));
        s2 = f64x2.add(s2, f64x2.mul(v128.load(line, 32), x));
        s3 = f64x2.add(s3, f64x2.mul(v128.load(line, 48), x));
        s4 = f64x2.add(s4, f64x2.mul(v128.load(line, 64), x));
      }
      if (bias !== 0) {
        s0 = f64x2.add(s0, v128.load(bias + at));
        s1 = f64x2.add(s1, v128.load(bias + at, 16));
        s2 = f64x2.add(s2, v128.load(bias + at, 32));
        s3 = f64x2.add(s3, v128.load(bias + at, 48));
        s4 = f64x2.add(s4, v128.load(bias + at, 64));
      }
      v128.store(out + at, s0);
      v128.store(out + at, s1, 16);
      v128.store(out + at, s2, 32);
      v128.store(out + at, s3, 48);
      v128.store(out + at, s4, 64);
    }
    for (; p < pairs; p++) {
      const at = p << 4;
      let s = f64x2.splat(0);
      for (let k = from; k < to; k++) {
        const x = f64x2.splat(load<f64>(values + (k << 3)));
        s = f64x2.add(s, f64x2.mul(v128.load(matrix + at + <usize>load<i32>(places + (k << 2))), x));
      }
      if (bias !== 0) s = f64x2.add(s, v128.load(bias + at));
      v128.store(out + at, s);
    }
  }
}

/** matrix[place] += value * deltas[r] for every entry of every row, and bias += deltas[r]. */
export function accumulate(
  rows: usize,
  starts: usize,
  ends: usize,
  places: usize,
  values: usize,
  deltas: usize,
  matrix: usize,
  bias: usize,
  pairs: usize,
): void {
  const stride = pairs << 4;
  for (let r: usize = 0; r < rows; r++) {
    const from = <usize>load<i32>(starts + (r << 2));
    const to = <usize>load<i32>(ends + (r << 2));
    const delta = deltas + r * stride;
    let p: usize = 0;
    for (; p + BLOCK <= pairs; p += BLOCK) {
      const at = p << 4;
      const d0 = v128.load(delta + at);
      const d1 = v128.load(delta + at, 16);
      const d2 = v128.load(delta + at, 32);
      const d3 = v128.load(delta + at, 48);
      const d4 = v128.load(delta + at, 64);
      for (let k = from; k < to; k++) {
        const line = matrix + at + <usize>load<i32>(places + (k << 2));
        const x = f64x2.splat(load<f64>(values + (k << 3)));
        v128.store(line, f64x2.add(v128.load(line), f64x2.mul(d0, x)));
        v128.store(line, f64x2.add(v128.load(line, 16), f64x2.mul(d1, x)), 16);
        v128.store(line, f64x2.add(v128.load(line, 32), f64x2.mul(d2, x)), 32);
        v128.store(line, f64x2.add(v128.load(line, 48), f64x2.mul(d3, x)), 48);
        v128.store(line, f64x2.add(v128.load(line, 64), f64x2.mul(d4, x)), 64);
      }
    }
    for (; p < pairs; p++) {
      const d = v128.load(delta + (p << 4));
      for (let k = from; k < to; k++) {
        const line = matrix + (p << 4) + <usize>load<i32>(places + (k << 2));
        const x = f64x2.splat(load<f64>(values + (k << 3)));
        v128.store(line, f64x2.add(v128.load(line), f64x2.mul(d, x)));
      }
    }
    for (p = 0; p < pairs; p++) {
      const line = bias + (p << 4);
      v128.store(line, f64x2.add(v128.load(line), v128.load(delta + (p << 4))));
    }
  }
}
