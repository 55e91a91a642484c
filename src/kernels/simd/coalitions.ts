// AssemblyScript, compiled to coalitions.wasm by the build and loaded by `coalitionValues.ts`: the values of all coalitions of a
// network with one hidden layer and one output, all sigmoid, two or four coalitions at a time. Addresses and strides are bytes.

/** Room for 12 players, 6 of them in each half, and 66 hidden units. */
const UNITS: usize = 66;
const HALF: usize = 64;

/** z of the background row, then what each player adds to it: (1 + players) x units. */
const steps: usize = memory.data(13 * 66 * 8 + 8, 16);
/** exp(-z) of the lower players' coalitions, units x coalitions, and of the upper ones', coalitions x units. */
const low: usize = memory.data(66 * 64 * 8, 16);
const high: usize = memory.data(64 * 66 * 8 + 8, 16);
/** Weights of the output times `outputScale`, with zeros up to a multiple of 3. */
const above: usize = memory.data(66 * 8, 16);
/** Sums, in the order of the coalitions. */
const values: usize = memory.data(4096 * 8, 16);
/** 2^(i / 2048). */
const fractions: usize = memory.data(2048 * 8, 16);

/** Steps of 2^(1 / 2048) to a factor e. */
const STEPS_PER_UNIT: f64 = 2954.639443740597;
/** ln 2 / 2048, and in two parts; a whole number of 20 bits times the first part is exact. */
const STEP: f64 = Math.LN2 / 2048;
const STEP_HIGH: f64 = 6.9314718036912382e-1 / 2048;
const STEP_LOW: f64 = 1.9082149292705877e-10 / 2048;

export function stepsAddress(): usize {
  return steps;
}

export function aboveAddress(): usize {
  return above;
}

export function valuesAddress(): usize {
  return values;
}

export function fractionsAddress(): usize {
  return fractions;
}

/** What `add` wants the weights and the bias of the output multiplied by, so that its exponential has less to do. */
export function outputScale(): f64 {
  return -STEPS_PER_UNIT;
}

export function mostUnits(): usize {
  return UNITS;
}

export function mostHalf(): usize {
  return HALF;
}

/**
 * Fills `low` and `high` from `steps`, whose first `lowPlayers` players are the lower ones; `steps` is used up. `units` is a
 * multiple of 3.
 */
export function tabulate(units: i32, lowPlayers: i32, highPlayers: i32): void {
  const width = (<usize>units) << 3;
  for (let k: usize = 0; k < <usize>(1 + lowPlayers + highPlayers) * width; k += 16) {
    v128.store(steps + k, exp(f64x2.neg(v128.load(steps + k))));
  }
  const stride = (<usize>8) << lowPlayers;
  for (let u: usize = 0; u < <usize>units; u++) {
    const row = low + u * stride;
    const own = steps + (u << 3);
    f64.store(row, f64.load(own));
    f64.store(row, f64.load(own) * f64.load(own + width), 8);
    for (let p = 1; p < lowPlayers; p++) {
      const factor = v128.load64_splat(own + <usize>(1 + p) * width);
      const length = (<usize>8) << p;
      for (let s: usize = 0; s < length; s += 16) {
        v128.store(row + length + s, f64x2.mul(v128.load(row + s), factor));
      }
    }
  }
  for (let u: usize = 0; u < width; u += 8) f64.store(high + u, 1);
  for (let p = 0; p < highPlayers; p++) {
    const factor = steps + <usize>(1 + lowPlayers + p) * width;
    for (let s = 0; s < 1 << p; s++) {
      const from = high + <usize>s * width;
      const to = from + (width << p);
      // Of an odd number of units the last store runs over into the next row, which is filled afterwards.
      for (let u: usize = 0; u < width; u += 16) {
        v128.store(to + u, f64x2.mul(v128.load(from + u), v128.load(factor + u)));
      }
    }
  }
}

/**
 * Adds weight x output of the coalitions in blocks from..to-1. Three units share one division, and so do two outputs: no exp(-z)
 * of a unit may exceed the cube root of the largest double, none of an output its square root. `units` is a multiple of 3,
 * `lowCount` of 4.
 */
export function add(units: i32, lowCount: i32, from: i32, to: i32, bias: f64, weight: f64): void {
  const one = f64x2.splat(1);
  const share = f64x2.splat(weight);
  const stride = (<usize>lowCount) << 3;
  const end = <usize>units * 8;
  for (let h = from; h < to; h++) {
    const upper = high + <usize>(h * units) * 8;
    let target = values + <usize>h * stride;
    for (let l: usize = 0; l < stride; l += 32) {
      let y = f64x2.splat(bias);
      let z = y;
      let lower = low + l;
      for (let u: usize = 0; u < end; u += 24) {
        let k = v128.load64_splat(upper + u);
        const a = f64x2.add(one, f64x2.mul(v128.load(lower), k));
        const d = f64x2.add(one, f64x2.mul(v128.load(lower, 16), k));
        lower += stride;
        k = v128.load64_splat(upper + u, 8);
        const b = f64x2.add(one, f64x2.mul(v128.load(lower), k));
        const e = f64x2.add(one, f64x2.mul(v128.load(lower, 16), k));
        lower += stride;
        k = v128.load64_splat(upper + u, 16);
        const c = f64x2.add(one, f64x2.mul(v128.load(lower), k));
        const f = f64x2.add(one, f64x2.mul(v128.load(lower, 16), k));
        lower += stride;
        const bc = f64x2.mul(b, c);
        const ef = f64x2.mul(e, f);
        k = v128.load64_splat(above + u, 8);
        let rest = f64x2.mul(k, c);
        let other = f64x2.mul(k, f);
        k = v128.load64_splat(above + u, 16);
        rest = f64x2.mul(a, f64x2.add(rest, f64x2.mul(k, b)));
        other = f64x2.mul(d, f64x2.add(other, f64x2.mul(k, e)));
        k = v128.load64_splat(above + u);
        y = f64x2.add(y, f64x2.div(f64x2.add(f64x2.mul(k, bc), rest), f64x2.mul(a, bc)));
        z = f64x2.add(z, f64x2.div(f64x2.add(f64x2.mul(k, ef), other), f64x2.mul(d, ef)));
      }
      const first = f64x2.add(one, power(y));
      const second = f64x2.add(one, power(z));
      const both = f64x2.div(share, f64x2.mul(first, second));
      v128.store(target, f64x2.add(v128.load(target), f64x2.mul(both, second)));
      v128.store(target, f64x2.add(v128.load(target, 16), f64x2.mul(both, first)), 16);
      target += 32;
    }
  }
}

/** e^x of both lanes for |x| <= 700. */
function exp(x: v128): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(STEPS_PER_UNIT)));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(n, f64x2.splat(STEP_HIGH))),
    f64x2.mul(n, f64x2.splat(STEP_LOW)),
  );
  return scaled(n, f64x2.mul(r, f64x2.splat(STEPS_PER_UNIT)));
}

/** 2^(y / 2048) of both lanes. */
function power(y: v128): v128 {
  const n = f64x2.nearest(y);
  return scaled(n, f64x2.sub(y, n));
}

/** 2^((n + r) / 2048) for whole n and |r| <= 1/2: from the table, times e^(r ln 2 / 2048) to the third power. */
function scaled(n: v128, r: v128): v128 {
  let p = f64x2.add(f64x2.splat((STEP * STEP) / 2), f64x2.mul(r, f64x2.splat((STEP * STEP * STEP) / 6)));
  p = f64x2.add(f64x2.splat(STEP), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1), f64x2.mul(r, p));
  const whole = i32x4.trunc_sat_f64x2_s_zero(n);
  const n0 = i32x4.extract_lane(whole, 0);
  const n1 = i32x4.extract_lane(whole, 1);
  let fraction = v128.load64_splat(fractions + ((<usize>(n0 & 2047)) << 3));
  fraction = v128.load64_lane(fractions + ((<usize>(n1 & 2047)) << 3), fraction, 1);
  const doublings = i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.shr_s(whole, 11)), 52);
  return f64x2.mul(i64x2.add(fraction, doublings), p);
}
