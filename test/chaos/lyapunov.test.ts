import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { type LyapunovOptions, lyapunov } from '../../src/chaos/lyapunov';
import { publishedChains } from '../../src/chaos/publishedEstimator';
import { readOracle } from './oracle';
import { awkwardSeries, henon, logistic, normals, uniforms } from './series';

interface DirectCase {
  readonly id: string;
  readonly delta: number[];
  readonly expected: {
    readonly nonzero: number;
    readonly endpoint_n_minus_1: number | null;
    readonly lsq_slope_nonzero_points: number | null;
  };
}

function assertRelative(actual: number, expected: number, tolerance: number, title: string) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${title}: ${actual}, ${expected}`,
  );
}

test('direct equals the reference slopes and end points of eq. (5) within 1e-12', () => {
  for (const { id, delta, expected } of readOracle<{ cases: DirectCase[] }>('direct_eq5').cases) {
    const slope = lyapunov(delta);
    const ends = lyapunov(delta, { form: 'endpoint' });
    if (expected.lsq_slope_nonzero_points === null) {
      assert.equal(slope.status, expected.nonzero === 0 ? 'constant' : 'degenerate', id);
      assert.ok(Number.isNaN(slope.exponent), id);
    } else {
      assert.equal(slope.points, expected.nonzero, id);
      assertRelative(slope.exponent, expected.lsq_slope_nonzero_points, 1e-12, id);
    }
    if (expected.endpoint_n_minus_1 === null) assert.notEqual(ends.status, 'ok', id);
    else assertRelative(ends.exponent, expected.endpoint_n_minus_1, 1e-12, id);
  }
});

test('the exponent of a linear map x -> a x is ln|a|', () => {
  for (const a of [0.5, -0.9, 0.98, 1.02, -1.5]) {
    let x = 1;
    const orbit = new Float64Array(200).map(() => {
      x *= a;
      return x;
    });
    assertRelative(lyapunov(orbit).exponent, Math.log(Math.abs(a)), 1e-12, `direct, a = ${a}`);
    assertRelative(
      lyapunov(orbit, { form: 'endpoint' }).exponent,
      Math.log(Math.abs(a)),
      1e-12,
      `ends, a = ${a}`,
    );
  }
  // Decay towards 0 loses its digits against the range; slow maps keep them.
  for (const a of [0.98, 1.02]) {
    let x = 1;
    const orbit = new Float64Array(200).map(() => {
      x *= a;
      return x;
    });
    assertRelative(lyapunov(orbit, { estimator: 'rosenstein' }).exponent, Math.log(a), 1e-9, `a = ${a}`);
  }
});

test('the printed form divides the end points by n, thirds by the distance of their centres', () => {
  const noise = normals(4);
  const delta = Float64Array.from({ length: 200 }, (_, t) => Math.exp(0.01 * t + 0.1 * noise()));
  const ends = lyapunov(delta, { form: 'endpoint' }).exponent;
  assertRelative(lyapunov(delta, { form: 'paper' }).exponent, (ends * 199) / 200, 1e-14, 'paper');
  const third = (from: number) =>
    delta.slice(from, from + 66).reduce((sum, size) => sum + Math.log(size) / 66, 0);
  const thirds = lyapunov(delta, { form: 'thirds' });
  assertRelative(thirds.exponent, (third(134) - third(0)) / 134, 1e-12, 'thirds');
  assert.equal(thirds.points, 132);
  assertRelative(thirds.curve[7], Math.log(delta[7]), 1e-15, 'curve');
});

test('zeros cost thirds nothing on a geometric difference, and tiny or huge differences neither', () => {
  for (const [size, a] of [
    [1, 1.1],
    [1e-300, 0.98],
    [1e150, 2],
  ]) {
    const delta = Float64Array.from({ length: 201 }, (_, t) => (t % 7 === 2 ? 0 : size * a ** t));
    assertRelative(lyapunov(delta, { form: 'thirds' }).exponent, Math.log(a), 1e-12, `${size}, ${a}`);
  }
  const gap = Float64Array.from({ length: 30 }, (_, t) => (t < 10 ? 0 : 1));
  assert.equal(lyapunov(gap, { form: 'thirds' }).status, 'degenerate');
});

test('thirds scatters 6 % more than least squares on noise, and the end points several times as much', () => {
  const noise = normals(12);
  const variance = { 'least-squares': 0, thirds: 0, endpoint: 0 };
  for (let w = 0; w < 400; w++) {
    const delta = Float64Array.from({ length: 200 }, () => Math.exp(noise()));
    for (const form of ['least-squares', 'thirds', 'endpoint'] as const) {
      variance[form] += lyapunov(delta, { form }).exponent ** 2 / 400;
    }
  }
  // 12 sigma^2 / n^3, 13.5 sigma^2 / n^3 and 2 sigma^2 / n^2, each within three standard errors.
  for (const [form, expected] of [
    ['least-squares', 12 / 200 ** 3],
    ['thirds', 13.5 / 200 ** 3],
    ['endpoint', 2 / 200 ** 2],
  ] as const) {
    const ratio = variance[form] / expected;
    assert.ok(ratio > 0.79 && ratio < 1.21, `${form}: ${ratio}`);
  }
});

test('the exponent of the docstring is ln 0.5, and a constant difference has exponent 0', () => {
  assertRelative(lyapunov([1, 0.5, 0.25, 0.125]).exponent, Math.log(0.5), 1e-15, 'halving');
  assert.equal(lyapunov([1e-6, -1e-6, 1e-6]).exponent, 0);
});

/** Mean exponent of 400 windows of 200 iterates; every window must have one. */
function meanExponent(windowOf: () => ArrayLike<number>, options: LyapunovOptions): number {
  let mean = 0;
  for (let w = 0; w < 400; w++) {
    const { exponent, status } = lyapunov(windowOf(), options);
    assert.equal(status, 'ok');
    mean += exponent / 400;
  }
  return mean;
}

test('rosenstein finds the exponents of chaotic maps within 0.01 over 400 windows of 200', () => {
  const truth = readOracle<{ systems: { system: string; lam: number }[] }>('true_lambda').systems;
  const lambdaOf = (name: string) => truth.find(({ system }) => system === name)?.lam as number;
  const start = uniforms(2);
  for (const [name, lambda, windowOf] of [
    ['logistic 4', Math.LN2, () => logistic(300, 0.05 + 0.9 * start(), 4).subarray(100)],
    [
      'logistic 3.7',
      lambdaOf('logistic r=3.7'),
      () => logistic(300, 0.05 + 0.9 * start(), 3.7).subarray(100),
    ],
    ['Henon', lambdaOf('Henon a=1.4 b=0.3'), () => henon(300, 0.1 * start(), 0.1 * start()).subarray(100)],
  ] as const) {
    const mean = meanExponent(windowOf, { estimator: 'rosenstein' });
    assert.ok(Math.abs(mean - lambda) <= 0.01, `${name}: ${mean}, expected ${lambda}`);
  }
});

test('under auto a sine, with noise or without, and a noisy ramp have exponent 0 within 0.002', () => {
  const [phase, noise] = [uniforms(6), normals(7)];
  const sineOf = (size: number) => () => {
    const shift = 2 * Math.PI * phase();
    return Float64Array.from(
      { length: 200 },
      (_, t) => Math.sin((2 * Math.PI * t) / 17.3 + shift) + size * noise(),
    );
  };
  for (const [name, windowOf] of [
    ['sine', sineOf(0)],
    ['sine with 1 % noise', sineOf(0.01)],
    ['ramp with 1 % noise', () => Float64Array.from({ length: 200 }, (_, t) => t / 200 + 0.01 * noise())],
  ] as const) {
    const mean = meanExponent(windowOf, { estimator: 'rosenstein', fit: 'auto' });
    assert.ok(Math.abs(mean) <= 0.002, `${name}: ${mean}`);
  }
});

test('auto fits maps over their short rise, and slow series over all 40 steps', () => {
  const auto = { estimator: 'rosenstein', fit: 'auto' } as const;
  const map = lyapunov(logistic(200, 0.1), auto);
  assert.ok(map.fitFrom === 1 && map.fitTo >= 3 && map.fitTo <= 8, `${map.fitTo}`);
  assert.ok(Math.abs(map.exponent - Math.LN2) < 0.05);
  assert.equal(map.points, map.fitTo);
  const decay = lyapunov(
    Float64Array.from({ length: 200 }, (_, t) => 0.98 ** t),
    auto,
  );
  assert.equal(decay.fitTo, 40);
  assertRelative(decay.exponent, Math.log(0.98), 1e-9, 'decay');
  const noise = lyapunov(Float64Array.from({ length: 200 }, normals(2)), auto);
  assert.equal(noise.fitTo, 3, 'saturates at once, three points are the least');
  // 40 steps leave 200 - 1 - 40 vectors; with one vector less than two there is nothing to pair.
  assert.equal(lyapunov(logistic(42, 0.1), auto).status, 'too-short');
  assert.notEqual(lyapunov(logistic(43, 0.1), auto).status, 'too-short');
});

test('rosenstein is positive on noise and on a random walk: its sign is no evidence of chaos', () => {
  const noise = normals(1);
  let sumNoise = 0;
  let sumWalk = 0;
  for (let w = 0; w < 100; w++) {
    const steps = Float64Array.from({ length: 200 }, noise);
    let x = 0;
    const walk = steps.map(step => {
      x += step;
      return x;
    });
    sumNoise += lyapunov(steps, { estimator: 'rosenstein' }).exponent / 100;
    sumWalk += lyapunov(walk, { estimator: 'rosenstein' }).exponent / 100;
  }
  assert.ok(sumNoise > 0.08 && sumNoise < 0.2, `${sumNoise}`);
  assert.ok(sumWalk > 0.15 && sumWalk < 0.3, `${sumWalk}`);
});

test('rosenstein is the slope of divergenceCurve over its fit range', () => {
  const series = logistic(200, 0.1);
  const { curve } = divergenceCurve(series, { dimension: 3, theiler: 10 });
  const found = lyapunov(series, { estimator: 'rosenstein', preset: 'robust' });
  assert.deepEqual([...found.curve], [...curve]);
  let slope = 0;
  for (let k = 1; k <= 5; k++) slope += ((k - 3) * curve[k]) / 10;
  assertRelative(found.exponent, slope, 1e-12, 'slope');
  assertRelative(
    lyapunov(series, { estimator: 'rosenstein', fit: [0, 10] }).exponent,
    0.537461,
    1e-6,
    'TISEAN',
  );
});

test('pairs that become equal make the exponent degenerate instead of positive', () => {
  const stable = logistic(200, 0.1234, 3.5);
  assert.equal(lyapunov(stable, { estimator: 'rosenstein' }).status, 'degenerate');
});

test('published rounds weights to 6 decimals, takes S(1) - S(0) of -s20 and keeps 5 digits', () => {
  const noise = normals(3);
  const moving = Float64Array.from({ length: 200 }, () => 0.05 * noise());
  const found = lyapunov(moving, { estimator: 'rosenstein', preset: 'published' });
  assert.equal(found.status, 'ok');
  const { curve } = divergenceCurve(
    moving.map(x => Number(x.toFixed(6))),
    { steps: 20 },
  );
  assert.ok(Math.abs(found.exponent - (curve[1] - curve[0])) <= 5e-5 * Math.abs(found.exponent) + 1.5e-6);
  assert.equal(found.exponent, Number(found.exponent.toPrecision(5)));
  const all = { ...publishedChains.FT, digits: null, decimals: null };
  const unrounded = lyapunov(moving, { estimator: 'rosenstein', preset: 'published', chain: all });
  assert.notEqual(unrounded.exponent, found.exponent);
  assert.ok(Math.abs(unrounded.exponent - found.exponent) < 1e-3);
});

test('published wants a whole chain of settings that exist', () => {
  const series = new Float64Array(200);
  const withChain = (chain: object) => () =>
    lyapunov(series, { estimator: 'rosenstein', preset: 'published', chain: chain as never });
  assert.throws(withChain({ ...publishedChains.FT, steps: 0 }), /chain.steps/);
  assert.throws(withChain({ ...publishedChains.FT, ties: 'middle' }), /chain.ties/);
  assert.throws(() => lyapunov(series, { estimator: 'rosenstein', chain: 'FT' }), /no meaning for preset/);
});

test('the chain behind the PT masks writes 0 for a small range and for a change of mean, and -s3 else', () => {
  const options = { estimator: 'rosenstein', preset: 'published', chain: 'PT' } as const;
  const noise = normals(3);
  const still = Float64Array.from({ length: 200 }, () => 0.3 + 1e-6 * noise());
  assert.deepEqual(pick(lyapunov(still, options)), [0, 'constant']);
  const jump = Float64Array.from({ length: 200 }, (_, t) => (t < 100 ? 0 : 0.3) + 0.01 * noise());
  assert.deepEqual(pick(lyapunov(jump, options)), [0, 'degenerate']);
  const moving = Float64Array.from({ length: 200 }, () => 0.05 * noise());
  const found = lyapunov(moving, options);
  assert.equal(found.status, 'ok');
  const rounded = moving.map(x => Number(x.toFixed(6)));
  const { curve } = divergenceCurve(rounded, { steps: 3 });
  assert.ok(Math.abs(found.exponent - (curve[1] - curve[0])) <= 5e-5 * Math.abs(found.exponent) + 1.5e-6);
  assert.deepEqual(pick(lyapunov(still.slice(0, 5), options)), [Number.NaN, 'too-short']);
});

function pick({ exponent, status }: { exponent: number; status: string }): [number, string] {
  return [exponent, status];
}

test('no series makes an estimator throw or hang, and only ok exponents are numbers', () => {
  const estimators: LyapunovOptions[] = [
    {},
    { form: 'endpoint' },
    { form: 'paper' },
    { form: 'thirds' },
    { estimator: 'rosenstein' },
    { estimator: 'rosenstein', fit: 'auto' },
    { estimator: 'rosenstein', preset: 'robust' },
    { estimator: 'rosenstein', preset: 'published' },
    { estimator: 'rosenstein', preset: 'published', chain: 'PT' },
    { estimator: 'rosenstein', references: 'all-references' },
  ];
  for (const options of estimators) {
    for (const [name, series] of awkwardSeries()) {
      const { exponent, status } = lyapunov(series, options);
      const title = `${name}, ${JSON.stringify(options)}: ${status}, ${exponent}`;
      const isStudyZero = 'preset' in options && options.preset === 'published' && exponent === 0;
      if (!isStudyZero) assert.equal(Number.isFinite(exponent), status === 'ok', title);
      if (/NaN|infinity/.test(name)) assert.equal(status, 'non-finite', title);
    }
  }
});

test('options of the other estimator are refused', () => {
  const series = [1, 2, 3];
  assert.throws(() => lyapunov(series, { preset: 'robust' } as never), /no meaning for estimator 'direct'/);
  assert.throws(() => lyapunov(series, { estimator: 'rosenstein', form: 'endpoint' } as never), TypeError);
  assert.throws(
    () => lyapunov(series, { estimator: 'rosenstein', preset: 'published', steps: 5 }),
    TypeError,
  );
  assert.throws(() => lyapunov(series, { estimator: 'wolf' } as never), RangeError);
  assert.throws(() => lyapunov(series, { estimator: 'rosenstein', fit: [1, 11] }), RangeError);
  assert.throws(() => lyapunov(null as never), TypeError);
});
