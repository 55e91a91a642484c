// Inputs of rows as lists of those that are not 0, and what the first layer does with them; see `mlp32.ts`.

/** The widest panel, in bytes: as many vectors as stay in registers. */
export const PANEL: usize = 112;

/**
 * Lists the nonzero entries of some rows of doubles, rounded to float32, each as 16 times its number in the row (u32) and
 * its value (f32): row r from starts[r] (an address) to where the next begins. A zero is written over by the next entry, because a
 * branch would be guessed wrong too often. Returns the end.
 */
export function listRows(rows: usize, width: usize, numbers: usize, starts: usize, entries: usize): usize {
  let from = numbers;
  let entry = entries;
  for (let r: usize = 0; r < rows; r++) {
    store<u32>(starts + (r << 2), <u32>entry);
    let place: usize = 0;
    const to = from + (width << 3);
    while (from + 64 <= to) {
      const low = v128.or(v128.load(from), v128.load(from, 16));
      const high = v128.or(v128.load(from, 32), v128.load(from, 48));
      if (!v128.any_true(v128.or(low, high))) {
        from += 64;
        place += 128;
        continue;
      }
      for (const end = from + 64; from < end; from += 8, place += 16) {
        const x = <f32>load<f64>(from);
        store<u32>(entry, <u32>place);
        store<f32>(entry, x, 4);
        entry += (<usize>(x !== 0)) << 3;
      }
    }
    for (; from < to; from += 8, place += 16) {
      const x = <f32>load<f64>(from);
      store<u32>(entry, <u32>place);
      store<f32>(entry, x, 4);
      entry += (<usize>(x !== 0)) << 3;
    }
  }
  return entry;
}

/**
 * sums[r] = bias + sum over the entries of row order[r] of value * its line of the panel, with `bytes` a line of the panel and its
 * bias behind it, `line` a line of sums; seven vectors at a time in registers, three, one.
 */
export function multiplyListed(
  rows: usize,
  order: usize,
  starts: usize,
  panel: usize,
  inputs: i32,
  sums: usize,
  line: usize,
  bytes: usize,
): void {
  const bias = panel + <usize>inputs * bytes;
  const vectors = bytes >> 4;
  for (let r: usize = 0; r < rows; r++) {
    const row = starts + ((<usize>load<i32>(order + (r << 2))) << 2);
    const from = <usize>load<u32>(row);
    const to = <usize>load<u32>(row, 4);
    const out = sums + r * line;
    let p: usize = 0;
    for (; p + 112 <= bytes; p += 112) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      let s4 = f32x4.splat(0);
      let s5 = f32x4.splat(0);
      let s6 = f32x4.splat(0);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at) * vectors;
        const x = v128.load32_splat(at, 4);
        s0 = f32x4.add(s0, f32x4.mul(v128.load(w), x));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(w, 16), x));
        s2 = f32x4.add(s2, f32x4.mul(v128.load(w, 32), x));
        s3 = f32x4.add(s3, f32x4.mul(v128.load(w, 48), x));
        s4 = f32x4.add(s4, f32x4.mul(v128.load(w, 64), x));
        s5 = f32x4.add(s5, f32x4.mul(v128.load(w, 80), x));
        s6 = f32x4.add(s6, f32x4.mul(v128.load(w, 96), x));
      }
      const b = bias + p;
      v128.store(out + p, f32x4.add(s0, v128.load(b)));
      v128.store(out + p, f32x4.add(s1, v128.load(b, 16)), 16);
      v128.store(out + p, f32x4.add(s2, v128.load(b, 32)), 32);
      v128.store(out + p, f32x4.add(s3, v128.load(b, 48)), 48);
      v128.store(out + p, f32x4.add(s4, v128.load(b, 64)), 64);
      v128.store(out + p, f32x4.add(s5, v128.load(b, 80)), 80);
      v128.store(out + p, f32x4.add(s6, v128.load(b, 96)), 96);
    }
    for (; p + 48 <= bytes; p += 48) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at) * vectors;
        const x = v128.load32_splat(at, 4);
        s0 = f32x4.add(s0, f32x4.mul(v128.load(w), x));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(w, 16), x));
        s2 = f32x4.add(s2, f32x4.mul(v128.load(w, 32), x));
      }
      const b = bias + p;
      v128.store(out + p, f32x4.add(s0, v128.load(b)));
      v128.store(out + p, f32x4.add(s1, v128.load(b, 16)), 16);
      v128.store(out + p, f32x4.add(s2, v128.load(b, 32)), 32);
    }
    for (; p < bytes; p += 16) {
      let s = f32x4.splat(0);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        s = f32x4.add(
          s,
          f32x4.mul(v128.load(base + <usize>load<u32>(at) * vectors), v128.load32_splat(at, 4)),
        );
      }
      v128.store(out + p, f32x4.add(s, v128.load(bias + p)));
    }
  }
}

/** line of the panel += value * deltas[r] for every entry of every row, with `bytes` a line of the panel, `line` a line of deltas. */
export function accumulateListed(
  rows: usize,
  order: usize,
  starts: usize,
  deltas: usize,
  panel: usize,
  line: usize,
  bytes: usize,
): void {
  const vectors = bytes >> 4;
  for (let r: usize = 0; r < rows; r++) {
    const row = starts + ((<usize>load<i32>(order + (r << 2))) << 2);
    const from = <usize>load<u32>(row);
    const to = <usize>load<u32>(row, 4);
    const delta = deltas + r * line;
    let p: usize = 0;
    for (; p + 112 <= bytes; p += 112) {
      const d0 = v128.load(delta + p);
      const d1 = v128.load(delta + p, 16);
      const d2 = v128.load(delta + p, 32);
      const d3 = v128.load(delta + p, 48);
      const d4 = v128.load(delta + p, 64);
      const d5 = v128.load(delta + p, 80);
      const d6 = v128.load(delta + p, 96);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at) * vectors;
        const x = v128.load32_splat(at, 4);
        v128.store(w, f32x4.add(f32x4.mul(d0, x), v128.load(w)));
        v128.store(w, f32x4.add(f32x4.mul(d1, x), v128.load(w, 16)), 16);
        v128.store(w, f32x4.add(f32x4.mul(d2, x), v128.load(w, 32)), 32);
        v128.store(w, f32x4.add(f32x4.mul(d3, x), v128.load(w, 48)), 48);
        v128.store(w, f32x4.add(f32x4.mul(d4, x), v128.load(w, 64)), 64);
        v128.store(w, f32x4.add(f32x4.mul(d5, x), v128.load(w, 80)), 80);
        v128.store(w, f32x4.add(f32x4.mul(d6, x), v128.load(w, 96)), 96);
      }
    }
    for (; p + 48 <= bytes; p += 48) {
      const d0 = v128.load(delta + p);
      const d1 = v128.load(delta + p, 16);
      const d2 = v128.load(delta + p, 32);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at) * vectors;
        const x = v128.load32_splat(at, 4);
        v128.store(w, f32x4.add(f32x4.mul(d0, x), v128.load(w)));
        v128.store(w, f32x4.add(f32x4.mul(d1, x), v128.load(w, 16)), 16);
        v128.store(w, f32x4.add(f32x4.mul(d2, x), v128.load(w, 32)), 32);
      }
    }
    for (; p < bytes; p += 16) {
      const d = v128.load(delta + p);
      const base = panel + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at) * vectors;
        v128.store(w, f32x4.add(f32x4.mul(d, v128.load32_splat(at, 4)), v128.load(w)));
      }
    }
  }
}
