// AssemblyScript, compiled to mlp32.wasm by the build and loaded by `mlp32.ts`, which lays out the memory.
//
// Training of a dense network in float32, four numbers (a vector) at a time. Parameters stay here from update to update:
//
//     matrix    of a layer: inputs x line, a line being as wide as the layer, rounded up to whole vectors; what one input
//               contributes to all outputs lies together. Its biases are one more line behind it.
//     entries   the inputs of a row that are not 0, each as the byte offset of its line in the first matrix (i32) and a value (f32)
//
// Every sum runs over the same terms in the same order as in `mlp32Plain.ts`, every term is rounded as there; vectors stand for
// different sums. The results are therefore the same, bit for bit.

/** A layer from 1 on. All but the first two are byte addresses. */
@unmanaged
class Layer {
  before: i32;
  width: i32;
  /** Backward: outputs x line of the layer before, filled by `loadBackward`; from layer 2 on. */
  matrix: usize;
  gradient: usize;
  backward: usize;
  /** Rows x line. */
  activations: usize;
  deltas: usize;
  /** Out x in, for those who read. */
  flat: usize;
  flatBias: usize;
}

const SIZE: usize = offsetof<Layer>();

const SIGMOID: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const SOFTMAX: i32 = 3;

/** First byte that is free for data. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

/** Bytes of a line. */
function lineOf(width: i32): usize {
  return ((<usize>width + 3) & ~3) << 2;
}

function layerAt(layers: usize, index: i32): Layer {
  return changetype<Layer>(layers + <usize>index * SIZE);
}

/**
 * Lists the nonzero entries of some rows of doubles, rounded to float32: row r from starts[r] up to starts[r + 1] (addresses). A
 * zero is written over by the next entry, because a branch would be guessed wrong too often. Returns the end.
 */
export function listRows(
  rows: usize,
  width: usize,
  numbers: usize,
  line: usize,
  starts: usize,
  entries: usize,
): usize {
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
        place += line << 3;
        continue;
      }
      for (const end = from + 64; from < end; from += 8, place += line) {
        const x = <f32>load<f64>(from);
        store<u32>(entry, <u32>place);
        store<f32>(entry, x, 4);
        entry += (<usize>(x !== 0)) << 3;
      }
    }
    for (; from < to; from += 8, place += line) {
      const x = <f32>load<f64>(from);
      store<u32>(entry, <u32>place);
      store<f32>(entry, x, 4);
      entry += (<usize>(x !== 0)) << 3;
    }
  }
  store<u32>(starts + (rows << 2), <u32>entry);
  return entry;
}

/**
 * Forward passes of the rows whose numbers stand at `order`, at most as many as lines of activations are there. Afterwards the
 * deltas of the last layer hold its sums before their activation.
 */
export function forward(
  layers: usize,
  depth: i32,
  rows: usize,
  order: usize,
  starts: usize,
  hidden: i32,
  output: i32,
): void {
  for (let l = 0; l < depth; l++) {
    const layer = layerAt(layers, l);
    const line = lineOf(layer.width);
    const bias = layer.matrix + <usize>layer.before * line;
    if (l === 0) {
      multiplyListed(rows, order, starts, layer.matrix, bias, layer.activations, line);
    } else {
      const before = layerAt(layers, l - 1);
      const lineBefore = lineOf(before.width);
      product(
        rows,
        before.width,
        before.activations,
        lineBefore,
        4,
        layer.matrix,
        layer.activations,
        line,
        bias,
        false,
      );
    }
    const end = layer.activations + rows * line;
    if (l < depth - 1) activate(hidden, layer.activations, end);
    else {
      memory.copy(layer.deltas, layer.activations, rows * line);
      if (output !== SOFTMAX) activate(output, layer.activations, end);
      else for (let at = layer.activations; at < end; at += line) softmax(at, layer.width);
    }
  }
}

/** Copies the matrices as they are multiplied backward. */
export function loadBackward(layers: usize, depth: i32): void {
  for (let l = 1; l < depth; l++) {
    const layer = layerAt(layers, l);
    turn(layer.before, layer.width, layer.matrix, lineOf(layer.width), layer.backward, lineOf(layer.before));
  }
}

/**
 * Adds the gradient of the loss, summed over these rows, to that which stands there; `targets` are rows x line, `share` what the
 * difference of outputs and targets is divided by.
 */
export function backward(
  layers: usize,
  depth: i32,
  rows: usize,
  order: usize,
  starts: usize,
  targets: usize,
  hidden: i32,
  output: i32,
  isEntropy: bool,
): void {
  const last = layerAt(layers, depth - 1);
  outputDeltas(last, rows, order, targets, output, isEntropy);
  for (let l = depth - 1; l >= 0; l--) {
    const layer = layerAt(layers, l);
    const line = lineOf(layer.width);
    const bias = layer.gradient + <usize>layer.before * line;
    addRows(rows, layer.deltas, bias, line);
    if (l === 0) {
      accumulateListed(rows, order, starts, layer.deltas, layer.gradient, line);
      break;
    }
    const before = layerAt(layers, l - 1);
    const lineBefore = lineOf(before.width);
    product(
      before.width,
      <i32>rows,
      before.activations,
      4,
      lineBefore,
      layer.deltas,
      layer.gradient,
      line,
      0,
      true,
    );
    product(rows, layer.width, layer.deltas, line, 4, layer.backward, before.deltas, lineBefore, 0, false);
    timesSlope(hidden, before.activations, before.deltas, rows * lineBefore);
  }
}

/**
 * v <- momentum v + gradient / rows, w <- w - rate v over vectors from `from` up to `to`, the gradient `gradientOffset` bytes behind
 * the weights and v, of which nothing is read without momentum, `velocityOffset` bytes. Removed weights (addresses) are 0 afterwards,
 * and so is the gradient.
 */
export function update(
  from: usize,
  to: usize,
  gradientOffset: usize,
  velocityOffset: usize,
  rows: f32,
  rate: f32,
  momentum: f32,
  removed: usize,
  removedCount: usize,
): void {
  const eta = f32x4.splat(rate);
  const count = f32x4.splat(rows);
  const share = f32x4.splat(1 / rows);
  const mu = f32x4.splat(momentum);
  const whole = <i32>rows;
  // Times a power of two is the same to the last bit, and costs less than a division.
  const isPower = (whole & (whole - 1)) === 0;
  for (let at = from; at < to; at += 16) {
    const sum = v128.load(at + gradientOffset);
    v128.store(at + gradientOffset, f32x4.splat(0));
    let v = isPower ? f32x4.mul(sum, share) : f32x4.div(sum, count);
    if (momentum !== 0) {
      v = f32x4.add(f32x4.mul(mu, v128.load(at + velocityOffset)), v);
      v128.store(at + velocityOffset, v);
    }
    v128.store(at, f32x4.sub(v128.load(at), f32x4.mul(eta, v)));
  }
  for (let k: usize = 0; k < removedCount; k++) store<f32>(<usize>load<u32>(removed + (k << 2)), 0);
}

/** Writes all weights, out x in, and biases where the layers say. */
export function writeFlat(layers: usize, depth: i32): void {
  for (let l = 0; l < depth; l++) {
    const layer = layerAt(layers, l);
    const line = lineOf(layer.width);
    turn(layer.before, layer.width, layer.matrix, line, layer.flat, (<usize>layer.before) << 2);
    memory.copy(layer.flatBias, layer.matrix + <usize>layer.before * line, (<usize>layer.width) << 2);
  }
}

/** The way back, for the start. */
export function readFlat(layers: usize, depth: i32): void {
  for (let l = 0; l < depth; l++) {
    const layer = layerAt(layers, l);
    const line = lineOf(layer.width);
    turn(layer.width, layer.before, layer.flat, (<usize>layer.before) << 2, layer.matrix, line);
    memory.copy(layer.matrix + <usize>layer.before * line, layer.flatBias, (<usize>layer.width) << 2);
  }
}

/** A matrix turned over: to[c][r] = from[r][c], with lines so many bytes apart; four by four where they fit. */
function turn(rows: i32, cols: i32, from: usize, fromLine: usize, to: usize, toLine: usize): void {
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

/** sums[r] = sum over the entries of row order[r] of value * matrix[place], + bias; seven vectors at a time in registers, three, one. */
function multiplyListed(
  rows: usize,
  order: usize,
  starts: usize,
  matrix: usize,
  bias: usize,
  sums: usize,
  line: usize,
): void {
  for (let r: usize = 0; r < rows; r++) {
    const row = starts + ((<usize>load<i32>(order + (r << 2))) << 2);
    const from = <usize>load<u32>(row);
    const to = <usize>load<u32>(row, 4);
    const out = sums + r * line;
    let p: usize = 0;
    for (; p + 112 <= line; p += 112) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      let s4 = f32x4.splat(0);
      let s5 = f32x4.splat(0);
      let s6 = f32x4.splat(0);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at);
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
    for (; p + 48 <= line; p += 48) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at);
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
    for (; p < line; p += 16) {
      let s = f32x4.splat(0);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        s = f32x4.add(s, f32x4.mul(v128.load(base + <usize>load<u32>(at)), v128.load32_splat(at, 4)));
      }
      v128.store(out + p, f32x4.add(s, v128.load(bias + p)));
    }
  }
}

/** matrix[place] += value * deltas[r] for every entry of every row. */
function accumulateListed(
  rows: usize,
  order: usize,
  starts: usize,
  deltas: usize,
  matrix: usize,
  line: usize,
): void {
  for (let r: usize = 0; r < rows; r++) {
    const row = starts + ((<usize>load<i32>(order + (r << 2))) << 2);
    const from = <usize>load<u32>(row);
    const to = <usize>load<u32>(row, 4);
    const delta = deltas + r * line;
    let p: usize = 0;
    for (; p + 112 <= line; p += 112) {
      const d0 = v128.load(delta + p);
      const d1 = v128.load(delta + p, 16);
      const d2 = v128.load(delta + p, 32);
      const d3 = v128.load(delta + p, 48);
      const d4 = v128.load(delta + p, 64);
      const d5 = v128.load(delta + p, 80);
      const d6 = v128.load(delta + p, 96);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at);
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
    for (; p + 48 <= line; p += 48) {
      const d0 = v128.load(delta + p);
      const d1 = v128.load(delta + p, 16);
      const d2 = v128.load(delta + p, 32);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at);
        const x = v128.load32_splat(at, 4);
        v128.store(w, f32x4.add(f32x4.mul(d0, x), v128.load(w)));
        v128.store(w, f32x4.add(f32x4.mul(d1, x), v128.load(w, 16)), 16);
        v128.store(w, f32x4.add(f32x4.mul(d2, x), v128.load(w, 32)), 32);
      }
    }
    for (; p < line; p += 16) {
      const d = v128.load(delta + p);
      const base = matrix + p;
      for (let at = from; at < to; at += 8) {
        const w = base + <usize>load<u32>(at);
        v128.store(w, f32x4.add(f32x4.mul(d, v128.load32_splat(at, 4)), v128.load(w)));
      }
    }
  }
}

/** sum += rows of deltas. */
function addRows(rows: usize, deltas: usize, sum: usize, line: usize): void {
  for (let p: usize = 0; p < line; p += 16) {
    let s = v128.load(sum + p);
    const end = deltas + p + rows * line;
    for (let at = deltas + p; at < end; at += line) s = f32x4.add(s, v128.load(at));
    v128.store(sum + p, s);
  }
}

/**
 * c[m][.] = start + sum over k of a[m][k] b[k][.], k ascending, start being c itself or 0; + bias, if any. Numbers of `a` that
 * differ by 1 in m lie `aRow` bytes apart, in k `aStep`. Two rows of four vectors at a time in registers, four rows of one, one of one.
 */
function product(
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

/** Replaces sums by activations, whole vectors, none of which depends on another. */
function activate(kind: i32, from: usize, to: usize): void {
  const one = f32x4.splat(1);
  if (kind === SIGMOID) {
    for (let at = from; at < to; at += 16) {
      v128.store(at, f32x4.div(one, f32x4.add(one, exp(f32x4.neg(v128.load(at))))));
    }
  } else if (kind === TANH) {
    for (let at = from; at < to; at += 16) v128.store(at, tanh(v128.load(at)));
  } else if (kind === RELU) {
    for (let at = from; at < to; at += 16) v128.store(at, f32x4.max(v128.load(at), f32x4.splat(0)));
  }
}

function softmax(at: usize, width: i32): void {
  const end = at + ((<usize>width) << 2);
  let largest = load<f32>(at);
  for (let u = at + 4; u < end; u += 4) {
    const value = load<f32>(u);
    if (value > largest) largest = value;
  }
  const top = f32x4.splat(largest);
  for (let u = at; u < end; u += 16) v128.store(u, exp(f32x4.sub(v128.load(u), top)));
  let sum: f32 = 0;
  for (let u = at; u < end; u += 4) sum += load<f32>(u);
  const all = f32x4.splat(sum);
  for (let u = at; u < end; u += 16) v128.store(u, f32x4.div(v128.load(u), all));
}

/** dL/dz of the outputs; see `mlpDeltas.ts`. */
function outputDeltas(
  layer: Layer,
  rows: usize,
  order: usize,
  targets: usize,
  output: i32,
  isEntropy: bool,
): void {
  const line = lineOf(layer.width);
  const m = f32x4.splat(<f32>layer.width);
  const share = f32x4.splat(output === SOFTMAX ? <f32>1 : <f32>layer.width);
  const minusTwo = f32x4.splat(-2);
  for (let r: usize = 0; r < rows; r++) {
    const target = targets + <usize>load<i32>(order + (r << 2)) * line;
    const a = layer.activations + r * line;
    const delta = layer.deltas + r * line;
    for (let p: usize = 0; p < line; p += 16) {
      const value = v128.load(a + p);
      const y = v128.load(target + p);
      v128.store(
        delta + p,
        isEntropy
          ? f32x4.div(f32x4.sub(value, y), share)
          : f32x4.div(f32x4.mul(minusTwo, f32x4.sub(y, value)), m),
      );
    }
    if (isEntropy) continue;
    if (output !== SOFTMAX) {
      timesSlope(output, a, delta, line);
      continue;
    }
    // dL/dz_o = a_o (g_o - sum_j g_j a_j), g = dL/da
    let mean: f32 = 0;
    const end: usize = (<usize>layer.width) << 2;
    for (let u: usize = 0; u < end; u += 4) mean += load<f32>(delta + u) * load<f32>(a + u);
    const all = f32x4.splat(mean);
    for (let p: usize = 0; p < line; p += 16) {
      v128.store(delta + p, f32x4.mul(v128.load(a + p), f32x4.sub(v128.load(delta + p), all)));
    }
  }
}

/** deltas *= f'(z), written in terms of a = f(z). */
function timesSlope(kind: i32, a: usize, deltas: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  if (kind === SIGMOID) {
    for (let p: usize = 0; p < bytes; p += 16) {
      const x = v128.load(a + p);
      v128.store(deltas + p, f32x4.mul(v128.load(deltas + p), f32x4.mul(x, f32x4.sub(one, x))));
    }
  } else if (kind === TANH) {
    for (let p: usize = 0; p < bytes; p += 16) {
      const x = v128.load(a + p);
      v128.store(deltas + p, f32x4.mul(v128.load(deltas + p), f32x4.sub(one, f32x4.mul(x, x))));
    }
  } else if (kind === RELU) {
    for (let p: usize = 0; p < bytes; p += 16) {
      const isOn = f32x4.ne(v128.load(a + p), f32x4.splat(0));
      v128.store(deltas + p, v128.and(v128.load(deltas + p), isOn));
    }
  }
}

/** e^x as in `float32Functions.ts`. */
function exp(x: v128): v128 {
  // These two keep a NaN of their first argument.
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88)), f32x4.splat(-87));
  // Added to 3 x 2^22, a number is rounded to a whole one, which stands in the last bits.
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(12582912));
  const k = f32x4.sub(shifted, f32x4.splat(12582912));
  let r = f32x4.sub(bounded, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const one = f32x4.splat(1);
  const y = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), one);
  return f32x4.mul(y, i32x4.add(i32x4.shl(shifted, 23), one));
}

/** tanh x as in `float32Functions.ts`. */
function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const one = f32x4.splat(1);
  const e = exp(f32x4.add(size, size));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const z = f32x4.mul(x, x);
  let p = f32x4.add(f32x4.mul(f32x4.splat(-5.70498872745e-3), z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}
