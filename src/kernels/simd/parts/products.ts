// Products of matrices in lines of whole vectors; see `mlp32.ts`.

/**
 * c[m][.] = start + sum over k of a[m][k] b[k][.], k ascending, start being c itself or 0; + bias, if any. Numbers of `a` that
 * differ by 1 in m lie `aRow` bytes apart, in k `aStep`. Two rows of four vectors at a time in registers, four rows of one, one of one.
 */
export function product(
  m: usize,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  c: usize,
  line: usize,
  bias: usize,
  isAdded: bool,
): void {
  const zero = f32x4.splat(0);
  const bEnd = b + <usize>k * line;
  let p: usize = 0;
  for (; p + 64 <= line; p += 64) {
    let r: usize = 0;
    for (; r + 2 <= m; r += 2) {
      const out = c + r * line + p;
      const next = out + line;
      let s0 = isAdded ? v128.load(out) : zero;
      let s1 = isAdded ? v128.load(out, 16) : zero;
      let s2 = isAdded ? v128.load(out, 32) : zero;
      let s3 = isAdded ? v128.load(out, 48) : zero;
      let t0 = isAdded ? v128.load(next) : zero;
      let t1 = isAdded ? v128.load(next, 16) : zero;
      let t2 = isAdded ? v128.load(next, 32) : zero;
      let t3 = isAdded ? v128.load(next, 48) : zero;
      let from = a + r * aRow;
      for (let at = b + p; at < bEnd; at += line, from += aStep) {
        const x = v128.load32_splat(from);
        const y = v128.load32_splat(from + aRow);
        const b0 = v128.load(at);
        const b1 = v128.load(at, 16);
        const b2 = v128.load(at, 32);
        const b3 = v128.load(at, 48);
        s0 = f32x4.add(s0, f32x4.mul(b0, x));
        t0 = f32x4.add(t0, f32x4.mul(b0, y));
        s1 = f32x4.add(s1, f32x4.mul(b1, x));
        t1 = f32x4.add(t1, f32x4.mul(b1, y));
        s2 = f32x4.add(s2, f32x4.mul(b2, x));
        t2 = f32x4.add(t2, f32x4.mul(b2, y));
        s3 = f32x4.add(s3, f32x4.mul(b3, x));
        t3 = f32x4.add(t3, f32x4.mul(b3, y));
      }
      if (bias !== 0) {
        const b0 = v128.load(bias + p);
        const b1 = v128.load(bias + p, 16);
        const b2 = v128.load(bias + p, 32);
        const b3 = v128.load(bias + p, 48);
        s0 = f32x4.add(s0, b0);
        t0 = f32x4.add(t0, b0);
        s1 = f32x4.add(s1, b1);
        t1 = f32x4.add(t1, b1);
        s2 = f32x4.add(s2, b2);
        t2 = f32x4.add(t2, b2);
        s3 = f32x4.add(s3, b3);
        t3 = f32x4.add(t3, b3);
      }
      v128.store(out, s0);
      v128.store(out, s1, 16);
      v128.store(out, s2, 32);
      v128.store(out, s3, 48);
      v128.store(next, t0);
      v128.store(next, t1, 16);
      v128.store(next, t2, 32);
      v128.store(next, t3, 48);
    }
    for (; r < m; r++) {
      for (let q = p; q < p + 64; q += 16) one(r, q, bEnd, a, aRow, aStep, b, c, line, bias, isAdded);
    }
  }
  for (; p < line; p += 16) {
    let r: usize = 0;
    for (; r + 4 <= m; r += 4) {
      const out = c + r * line + p;
      let s0 = isAdded ? v128.load(out) : zero;
      let s1 = isAdded ? v128.load(out + line) : zero;
      let s2 = isAdded ? v128.load(out + 2 * line) : zero;
      let s3 = isAdded ? v128.load(out + 3 * line) : zero;
      let from = a + r * aRow;
      for (let at = b + p; at < bEnd; at += line, from += aStep) {
        const y = v128.load(at);
        s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(from), y));
        s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(from + aRow), y));
        s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(from + 2 * aRow), y));
        s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(from + 3 * aRow), y));
      }
      if (bias !== 0) {
        const y = v128.load(bias + p);
        s0 = f32x4.add(s0, y);
        s1 = f32x4.add(s1, y);
        s2 = f32x4.add(s2, y);
        s3 = f32x4.add(s3, y);
      }
      v128.store(out, s0);
      v128.store(out + line, s1);
      v128.store(out + 2 * line, s2);
      v128.store(out + 3 * line, s3);
    }
    for (; r < m; r++) one(r, p, bEnd, a, aRow, aStep, b, c, line, bias, isAdded);
  }
}

/** One vector of a product. */
function one(
  r: usize,
  p: usize,
  bEnd: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  c: usize,
  line: usize,
  bias: usize,
  isAdded: bool,
): void {
  const out = c + r * line + p;
  let s = isAdded ? v128.load(out) : f32x4.splat(0);
  let from = a + r * aRow;
  for (let at = b + p; at < bEnd; at += line, from += aStep) {
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(from), v128.load(at)));
  }
  if (bias !== 0) s = f32x4.add(s, v128.load(bias + p));
  v128.store(out, s);
}

/** sum += rows of deltas, the first `bytes` of their lines. */
export function addRows(rows: usize, deltas: usize, sum: usize, line: usize, bytes: usize): void {
  for (let p: usize = 0; p < bytes; p += 16) {
    let s = v128.load(sum + p);
    const end = deltas + p + rows * line;
    for (let at = deltas + p; at < end; at += line) s = f32x4.add(s, v128.load(at));
    v128.store(sum + p, s);
  }
}

/** A matrix turned over: to[c][r] = from[r][c], with lines so many bytes apart; four by four where they fit. */
export function turn(rows: i32, cols: i32, from: usize, fromLine: usize, to: usize, toLine: usize): void {
  let r: i32 = 0;
  for (; r + 4 <= rows; r += 4) {
    const source = from + <usize>r * fromLine;
    const target = to + ((<usize>r) << 2);
    let c: i32 = 0;
    for (; c + 4 <= cols; c += 4) {
      const at = source + ((<usize>c) << 2);
      const a0 = v128.load(at);
      const a1 = v128.load(at + fromLine);
      const a2 = v128.load(at + 2 * fromLine);
      const a3 = v128.load(at + 3 * fromLine);
      const low = v128.shuffle<f32>(a0, a1, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(a0, a1, 2, 6, 3, 7);
      const lowNext = v128.shuffle<f32>(a2, a3, 0, 4, 1, 5);
      const highNext = v128.shuffle<f32>(a2, a3, 2, 6, 3, 7);
      const out = target + <usize>c * toLine;
      v128.store(out, v128.shuffle<f64>(low, lowNext, 0, 2));
      v128.store(out + toLine, v128.shuffle<f64>(low, lowNext, 1, 3));
      v128.store(out + 2 * toLine, v128.shuffle<f64>(high, highNext, 0, 2));
      v128.store(out + 3 * toLine, v128.shuffle<f64>(high, highNext, 1, 3));
    }
    for (; c < cols; c++) {
      for (let k: usize = 0; k < 4; k++) {
        store<f32>(
          target + <usize>c * toLine + (k << 2),
          load<f32>(source + k * fromLine + ((<usize>c) << 2)),
        );
      }
    }
  }
  for (; r < rows; r++) {
    for (let c: i32 = 0; c < cols; c++) {
      const value = load<f32>(from + <usize>r * fromLine + ((<usize>c) << 2));
      store<f32>(to + <usize>c * toLine + ((<usize>r) << 2), value);
    }
  }
}
