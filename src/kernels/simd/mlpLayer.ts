// AssemblyScript, compiled to mlpLayer.wasm by the build and loaded by `mlpBatch.ts` and `mlpStep.ts`, which lay out the memory.
//
// One layer of a dense network for many rows at once, two doubles (a pair) at a time; at the end, one update of a whole small
// network. A row of inputs is a list of places and values, so that zeros can be left out:
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

/**
 * Lists the nonzero entries of some rows of numbers, zeros being left out: each with its value and with its column times `line` as
 * its place. Eight zeros in a row are passed over at once; elsewhere every entry is written, and a zero written over by the next,
 * because a branch would be guessed wrong too often.
 */
export function listNonzero(
  rows: usize,
  width: usize,
  numbers: usize,
  line: i32,
  starts: usize,
  ends: usize,
  places: usize,
  values: usize,
): void {
  const zero = f64x2.splat(0);
  let value = values;
  let place = places;
  let from = numbers;
  for (let r: usize = 0; r < rows; r++) {
    store<i32>(starts + (r << 2), <i32>((value - values) >> 3));
    const to = from + (width << 3);
    let here: i32 = 0;
    while (from + 64 <= to) {
      const low = v128.or(f64x2.ne(v128.load(from), zero), f64x2.ne(v128.load(from, 16), zero));
      const high = v128.or(f64x2.ne(v128.load(from, 32), zero), f64x2.ne(v128.load(from, 48), zero));
      if (!v128.any_true(v128.or(low, high))) {
        from += 64;
        here += line << 3;
        continue;
      }
      for (const end = from + 64; from < end; from += 8) {
        const x = load<f64>(from);
        const isKept = <usize>(x !== 0);
        store<f64>(value, x);
        store<i32>(place, here);
        value += isKept << 3;
        place += isKept << 2;
        here += line;
      }
    }
    for (; from < to; from += 8) {
      const x = load<f64>(from);
      const isKept = <usize>(x !== 0);
      store<f64>(value, x);
      store<i32>(place, here);
      value += isKept << 3;
      place += isKept << 2;
      here += line;
    }
    store<i32>(ends + (r << 2), <i32>((value - values) >> 3));
  }
}

/** A matrix turned over: to[c][r] = from[r][c], with lines so many bytes apart. Eight columns at a time, as the cache fetches them. */
export function turn(rows: usize, cols: usize, from: usize, to: usize, fromLine: usize, toLine: usize): void {
  for (let c: usize = 0; c < cols; c += 8) {
    const end = min(c + 8, cols);
    for (let r: usize = 0; r < rows; r++) {
      const source = from + r * fromLine;
      const target = to + (r << 3);
      for (let k = c; k < end; k++) store<f64>(target + k * toLine, load<f64>(source + (k << 3)));
    }
  }
}

/** `exp` below holds for smaller numbers. */
const LARGEST_EXPONENT: f64 = 700;
const SIGN: i64 = i64.MIN_VALUE;

/**
 * a = 1 / (1 + e^-a) of the numbers from `from` up to `to`, an even count of them; false, and nothing done, where one is NaN or not
 * within 700.
 */
export function sigmoid(from: usize, to: usize): bool {
  const bound = f64x2.splat(LARGEST_EXPONENT);
  let within = i64x2.splat(-1);
  for (let at = from; at < to; at += 16) {
    within = v128.and(within, f64x2.lt(f64x2.abs(v128.load(at)), bound));
  }
  if (!i64x2.all_true(within)) return false;
  const one = f64x2.splat(1);
  for (let at = from; at < to; at += 16) {
    v128.store(at, f64x2.div(one, f64x2.add(one, exp(f64x2.neg(v128.load(at))))));
  }
  return true;
}

/**
 * e^x for |x| < 700 as JavaScript engines compute it, operation by operation (FreeBSD's e_exp.c by Sun Microsystems, 1993, with e^1
 * corrected): x = k ln 2 + r, e^r = 1 + r + r c / (2 - c). The case k = 0 is the general one with nothing taken away.
 */
function exp(x: v128): v128 {
  const size = f64x2.abs(x);
  const half = v128.or(v128.and(x, i64x2.splat(SIGN)), f64x2.splat(0.5));
  const isReduced = f64x2.ge(size, f64x2.splat(reinterpret<f64>(0x3fd62e4300000000)));
  const k = v128.and(isReduced, f64x2.trunc(f64x2.add(f64x2.mul(f64x2.splat(Math.LOG2E), x), half)));
  const hi = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  const lo = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const r = f64x2.sub(hi, lo);
  const t = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.splat(-1.6533902205465252e-6), f64x2.mul(t, f64x2.splat(4.1381367970572385e-8)));
  p = f64x2.add(f64x2.splat(6.613756321437934e-5), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(-0.0027777777777015593), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(0.16666666666666602), f64x2.mul(t, p));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const one = f64x2.splat(1);
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(one, f64x2.sub(f64x2.sub(lo, quotient), hi));
  // Added to 3 x 2^51, a whole number stands in the last bits; 1023 more and 52 places up it is a power of two.
  const power = i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744 + 1023)), 52);
  const result = f64x2.mul(y, power);
  const isTiny = f64x2.lt(size, f64x2.splat(3.725290298461914e-9));
  const isOne = f64x2.eq(x, one);
  return v128.bitselect(f64x2.add(one, x), v128.bitselect(f64x2.splat(Math.E), result, isOne), isTiny);
}

/** Activations of all layers for one row, as `mlpForward` has them; false where a sum is beyond `sigmoid`. At `layers` stands what `step` says. */
function forward(layers: usize, depth: usize, row: usize): bool {
  const lastLayer = layers + 24 * (depth - 1);
  for (let layer = layers; layer <= lastLayer; layer += 24) {
    const isFirst = layer === layers;
    const before = <usize>load<i32>(layer);
    const width = <usize>load<i32>(layer, 4);
    let w = <usize>load<i32>(layer, 8);
    const biases = <usize>load<i32>(layer, 12);
    const inputs = isFirst ? row : <usize>load<i32>(layer, 16);
    const units = <usize>load<i32>(layer, 20);
    for (let o: usize = 0; o < width; o++) {
      let z: f64 = 0;
      for (let i: usize = 0; i < before; i++, w += 8) {
        const x = load<f64>(inputs + (i << 3));
        // As in `mlpForward`, a zero input meets no weight, not even one that is not finite.
        if (isFirst && x === 0) continue;
        z += load<f64>(w) * x;
      }
      store<f64>(units + (o << 3), z + load<f64>(biases + (o << 3)));
    }
    if (!sigmoid(units, units + (((width + 1) & ~1) << 3))) return false;
  }
  return true;
}

/** Outputs of rows that lie one behind the other, rows x outputs; false where a sum is beyond `sigmoid`. */
export function predict(layers: usize, depth: usize, rows: usize, row: usize, out: usize): bool {
  const lastLayer = layers + 24 * (depth - 1);
  const rowBytes = (<usize>load<i32>(layers)) << 3;
  const outputBytes = (<usize>load<i32>(lastLayer, 4)) << 3;
  const outputs = <usize>load<i32>(lastLayer, 20);
  for (let r: usize = 0; r < rows; r++, row += rowBytes, out += outputBytes) {
    if (!forward(layers, depth, row)) return false;
    memory.copy(out, outputs, outputBytes);
  }
  return true;
}

/** `step` with one row after another, `order` (i32) giving their numbers; returns how many before one was false. */
export function steps(
  layers: usize,
  depth: usize,
  order: usize,
  count: usize,
  rows: usize,
  targets: usize,
  deltaOffset: usize,
  removed: usize,
  removedCount: usize,
  rate: f64,
): usize {
  const rowBytes = (<usize>load<i32>(layers)) << 3;
  const targetBytes = (<usize>load<i32>(layers + 24 * (depth - 1), 4)) << 3;
  for (let k: usize = 0; k < count; k++) {
    const r = <usize>load<i32>(order + (k << 2));
    const target = targets + r * targetBytes;
    if (!step(layers, depth, rows + r * rowBytes, target, deltaOffset, removed, removedCount, rate)) return k;
  }
  return count;
}

/**
 * One update of a network of sigmoids with one row, squared error, without momentum: forward, backward and w - rate g in one go.
 * False, and no parameter changed, where a sum is beyond `sigmoid`.
 *
 * At `layers` stand six i32 for each layer from 1 on, byte addresses but for the widths:
 *
 *     width before, width, weights (out x in), biases, activations before, activations
 *
 * Gradients start from 0 as in `mlpGradient`, which decides the sign of a zero. A layer's deltas lie `deltaOffset` bytes behind its activations; a line of either is an even count of numbers.
 */
export function step(
  layers: usize,
  depth: usize,
  row: usize,
  targets: usize,
  deltaOffset: usize,
  removed: usize,
  removedCount: usize,
  rate: f64,
): bool {
  const lastLayer = layers + 24 * (depth - 1);
  if (!forward(layers, depth, row)) return false;

  const outputs = <usize>load<i32>(lastLayer, 20);
  const m = <usize>load<i32>(lastLayer, 4);
  for (let o: usize = 0; o < m; o++) {
    const a = load<f64>(outputs + (o << 3));
    const delta = (-2 * (load<f64>(targets + (o << 3)) - a)) / <f64>m;
    store<f64>(outputs + deltaOffset + (o << 3), delta * (a * (1 - a)));
  }
  for (let layer = lastLayer; layer >= layers; layer -= 24) {
    const isFirst = layer === layers;
    const before = <usize>load<i32>(layer);
    const width = <usize>load<i32>(layer, 4);
    let w = <usize>load<i32>(layer, 8);
    const biases = <usize>load<i32>(layer, 12);
    const inputs = isFirst ? row : <usize>load<i32>(layer, 16);
    const deltas = <usize>load<i32>(layer, 20) + deltaOffset;
    const deltasBefore = inputs + deltaOffset;
    if (!isFirst) memory.fill(deltasBefore, 0, before << 3);
    for (let o: usize = 0; o < width; o++) {
      const delta = load<f64>(deltas + (o << 3));
      const bias = biases + (o << 3);
      store<f64>(bias, load<f64>(bias) - rate * (0 + delta));
      for (let i: usize = 0; i < before; i++, w += 8) {
        const x = load<f64>(inputs + (i << 3));
        if (isFirst) {
          if (x !== 0) store<f64>(w, load<f64>(w) - rate * (0 + delta * x));
          continue;
        }
        const weight = load<f64>(w);
        const at = deltasBefore + (i << 3);
        store<f64>(at, load<f64>(at) + delta * weight);
        store<f64>(w, weight - rate * (0 + delta * x));
      }
    }
    if (isFirst) break;
    for (let i: usize = 0; i < before; i++) {
      const a = load<f64>(inputs + (i << 3));
      const at = deltasBefore + (i << 3);
      store<f64>(at, load<f64>(at) * (a * (1 - a)));
    }
  }
  for (let k: usize = 0; k < removedCount; k++) store<f64>(<usize>load<i32>(removed + (k << 2)), 0);
  return true;
}
