import type { Recording } from '../../src/network/recording';

/** Linear congruential generator 1664525 / 1013904223 mod 2^32, as in the reference files: exact in doubles. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** Sum of 12 uniforms minus 6: nearly normal, variance 1. */
export function normals(seed: number): () => number {
  const uniform = uniforms(seed);
  return () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum - 6;
  };
}

export function logistic(length: number, start: number, r = 4): Float64Array {
  let x = start;
  return new Float64Array(length).map(() => {
    x = r * x * (1 - x);
    return x;
  });
}

export function henon(length: number, x0 = 0.1, y0 = 0.1): Float64Array {
  let x = x0;
  let y = y0;
  return new Float64Array(length).map(() => {
    const next = 1.0 - 1.4 * x * x + y;
    y = 0.3 * x;
    x = next;
    return x;
  });
}

/** x of the Lorenz system (10, 28, 8/3) by Runge-Kutta 4, step 0.01, every 5th step, the first 1000 left out. */
export function lorenz(length: number): Float64Array {
  const h = 0.01;
  const slope = ([x, y, z]: number[]) => [10 * (y - x), x * (28 - z) - y, x * y - (8 / 3) * z];
  const moved = (s: number[], k: number[], factor: number) => s.map((v, i) => v + factor * k[i]);
  let state = [1, 1, 1];
  const out = new Float64Array(length);
  for (let t = -1000; t < length; t++) {
    for (let step = 0; step < 5; step++) {
      const k1 = slope(state);
      const k2 = slope(moved(state, k1, 0.5 * h));
      const k3 = slope(moved(state, k2, 0.5 * h));
      const k4 = slope(moved(state, k3, h));
      state = state.map((v, i) => v + (h / 6.0) * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]));
    }
    if (t >= 0) out[t] = state[0];
  }
  return out;
}

/** Series on which careless code divides by zero, takes ln 0, overflows or searches for ever. */
export function awkwardSeries(): Map<string, number[]> {
  const indices = Array.from({ length: 200 }, (_, t) => t);
  const noise = normals(5);
  const series = new Map<string, number[]>([
    ['constant', indices.map(() => 0.25)],
    ['zeros', indices.map(() => 0)],
    ['negative zeros', indices.map(t => (t % 2 === 0 ? 0 : -0))],
    ['ramp', indices.map(t => t / 200)],
    ['falling ramp', indices.map(t => -t)],
    ['alternating', indices.map(t => t % 2)],
    ['period 3', indices.map(t => t % 3)],
    ['duplicates', indices.map(t => Math.floor(t / 50))],
    ['one spike', indices.map(t => (t === 100 ? 1 : 0))],
    ['last value differs', indices.map(t => (t === 199 ? 1 : 0))],
    ['frozen after 20', indices.map(t => (t < 20 ? noise() : 0.5))],
    ['NaN inside', indices.map(t => (t === 7 ? Number.NaN : noise()))],
    ['infinity inside', indices.map(t => (t === 7 ? Number.POSITIVE_INFINITY : noise()))],
    ['all NaN', indices.map(() => Number.NaN)],
    ['denormals', indices.map(() => Math.round(100 * noise()) * Number.MIN_VALUE)],
    ['tiny', indices.map(() => 1e-300 * noise())],
    ['huge', indices.map(() => 1e300 * noise())],
    ['largest doubles', indices.map(t => (t % 2 === 0 ? 1 : -1) * Number.MAX_VALUE * (1 - t / 1000))],
    ['huge offset', indices.map(() => 1e15 + noise())],
    ['offset without digits', indices.map(() => 1e18 + noise())],
    ['noise', indices.map(() => noise())],
  ]);
  for (let n = 0; n <= 12; n++) {
    series.set(
      `noise, n = ${n}`,
      Array.from({ length: n }, () => noise()),
    );
    series.set(`constant, n = ${n}`, Array(n).fill(1));
  }
  return series;
}

/** A recording in memory from one series a weight. Only what exponents need is filled in. */
export function recordingOf(
  content: Recording['content'],
  layers: readonly number[],
  series: readonly ArrayLike<number>[],
): Recording {
  const network = {
    kind: 'network',
    layers,
    activation: 'sigmoid',
    output: 'sigmoid',
    weights: [],
    biases: [],
    mask: null,
  } as const;
  return {
    kind: 'recording',
    content,
    initial: network,
    final: network,
    weights: series.length,
    iterates: series[0].length,
    iterationsPerEpoch: 1,
    epochs: [],
    stopped: false,
    diverged: false,
    async readWindow(start, length) {
      const flat = new Float64Array(series.length * length); // weights x length
      series.forEach((values, weight) => {
        flat.set(Array.from(values).slice(start, start + length), weight * length);
      });
      return { start, length, series: flat };
    },
    async networkAt() {
      return network;
    },
  };
}
