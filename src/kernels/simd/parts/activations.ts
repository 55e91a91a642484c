// Activation functions over whole vectors, and their slopes; see `mlp32.ts`.

const SIGMOID: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
export const SOFTMAX: i32 = 3;

/** Replaces sums by activations, whole vectors, none of which depends on another. */
export function activate(kind: i32, from: usize, to: usize): void {
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

export function softmax(at: usize, width: i32): void {
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

/** dL/dz of the outputs, `width` of them, which stand in lines of so many bytes; see `mlpDeltas.ts`. */
export function outputDeltas(
  rows: usize,
  order: usize,
  targets: usize,
  activations: usize,
  deltas: usize,
  width: i32,
  line: usize,
  output: i32,
  isEntropy: bool,
): void {
  const m = f32x4.splat(<f32>width);
  const share = f32x4.splat(output === SOFTMAX ? <f32>1 : <f32>width);
  const minusTwo = f32x4.splat(-2);
  for (let r: usize = 0; r < rows; r++) {
    const target = targets + <usize>load<i32>(order + (r << 2)) * line;
    const a = activations + r * line;
    const delta = deltas + r * line;
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
    const end: usize = (<usize>width) << 2;
    for (let u: usize = 0; u < end; u += 4) mean += load<f32>(delta + u) * load<f32>(a + u);
    const all = f32x4.splat(mean);
    for (let p: usize = 0; p < line; p += 16) {
      v128.store(delta + p, f32x4.mul(v128.load(a + p), f32x4.sub(v128.load(delta + p), all)));
    }
  }
}

/** deltas *= f'(z), written in terms of a = f(z). */
export function timesSlope(kind: i32, a: usize, deltas: usize, bytes: usize): void {
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
