// AssemblyScript, compiled to coalitions.wasm by the build and loaded by `coalitionValues.ts`: the values of all coalitions of a
// network with one hidden layer and one output, all sigmoid, two coalitions at a time. Addresses and strides are bytes.

/** Room for 12 players, 6 of them in each half, and 66 hidden units. */
const UNITS: usize = 66;
const HALF: usize = 64;

/** exp(-z) of the lower players' coalitions, units x coalitions, and of the upper ones', coalitions x units. */
const low: usize = memory.data(66 * 64 * 8, 16);
const high: usize = memory.data(64 * 66 * 8, 16);
/** Weights of the output, with zeros up to a multiple of 3. */
const above: usize = memory.data(66 * 8, 16);
/** Sums, in the order of the coalitions. */
const values: usize = memory.data(4096 * 8, 16);
/** 2^(i / 64). */
const fractions: usize = memory.data(64 * 8, 16);

const STEPS_PER_UNIT: f64 = 92.33248261893985;
/** ln 2 / 64 in two parts; a whole number of 20 bits times the first is exact. */
const STEP_HIGH: f64 = 6.9314718036912382e-1 / 64;
const STEP_LOW: f64 = 1.9082149292705877e-10 / 64;

export function lowAddress(): usize {
  return low;
}

export function highAddress(): usize {
  return high;
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

export function mostUnits(): usize {
  return UNITS;
}

export function mostHalf(): usize {
  return HALF;
}

/**
 * Adds weight x output of the coalitions in blocks from..to-1. Three units share one division, so no exp(-z) may exceed the cube
 * root of the largest double. `units` is a multiple of 3, `lowCount` even.
 */
export function add(units: i32, lowCount: i32, from: i32, to: i32, bias: f64, weight: f64): void {
  const one = f64x2.splat(1);
  const share = f64x2.splat(weight);
  const stride = (<usize>lowCount) << 3;
  for (let h = from; h < to; h++) {
    const upper = high + <usize>(h * units) * 8;
    let target = values + <usize>h * stride;
    for (let l: usize = 0; l < stride; l += 16) {
      let z = f64x2.splat(bias);
      let lower = low + l;
      for (let u: usize = 0; u < <usize>units * 8; u += 24) {
        const a = f64x2.add(one, f64x2.mul(v128.load(lower), v128.load64_splat(upper + u)));
        const b = f64x2.add(one, f64x2.mul(v128.load(lower + stride), v128.load64_splat(upper + u, 8)));
        const c = f64x2.add(one, f64x2.mul(v128.load(lower + 2 * stride), v128.load64_splat(upper + u, 16)));
        lower += 3 * stride;
        const bc = f64x2.mul(b, c);
        const rest = f64x2.add(
          f64x2.mul(v128.load64_splat(above + u, 8), c),
          f64x2.mul(v128.load64_splat(above + u, 16), b),
        );
        const sum = f64x2.add(f64x2.mul(v128.load64_splat(above + u), bc), f64x2.mul(a, rest));
        z = f64x2.add(z, f64x2.div(sum, f64x2.mul(a, bc)));
      }
      const output = f64x2.div(share, f64x2.add(one, exp(f64x2.neg(z))));
      v128.store(target, f64x2.add(v128.load(target), output));
      target += 16;
    }
  }
}

/** e^x of both lanes for |x| <= 700, as `boundedExp`. */
function exp(x: v128): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(STEPS_PER_UNIT)));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(n, f64x2.splat(STEP_HIGH))),
    f64x2.mul(n, f64x2.splat(STEP_LOW)),
  );
  let p = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(r, f64x2.splat(1.0 / 120)));
  p = f64x2.add(f64x2.splat(1.0 / 6), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1), f64x2.mul(r, p));
  const whole = i32x4.trunc_sat_f64x2_s_zero(n);
  const n0 = i32x4.extract_lane(whole, 0);
  const n1 = i32x4.extract_lane(whole, 1);
  let power = v128.load64_splat(fractions + ((<usize>(n0 & 63)) << 3));
  power = v128.load64_lane(fractions + ((<usize>(n1 & 63)) << 3), power, 1);
  const doublings = i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.shr_s(whole, 6)), 52);
  return f64x2.mul(i64x2.add(power, doublings), p);
}
