import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { type LyapunovOptions, lyapunov } from '../../src/chaos/lyapunov';
import { readOracle } from './oracle';
import { awkwardSeries, logistic, normals, uniforms } from './series';

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

test('the exponent of the docstring is ln 0.5, and a constant difference has exponent 0', () => {
  assertRelative(lyapunov([1, 0.5, 0.25, 0.125]).exponent, Math.log(0.5), 1e-15, 'halving');
  assert.equal(lyapunov([1e-6, -1e-6, 1e-6]).exponent, 0);
});

test('rosenstein finds the exponents of chaotic maps within 0.01 over 400 windows of 200', () => {
  const truth = readOracle<{ systems: { system: string; lam: number }[] }>('true_lambda').systems;
  const lambdaOf = (name: string) => truth.find(({ system }) => system === name)?.lam as number;
  const start = uniforms(2);
  for (const [r, lambda] of [
    [4, Math.LN2],
    [3.7, lambdaOf('logistic r=3.7')],
  ]) {
    let mean = 0;
    for (let w = 0; w < 400; w++) {
      const settled = logistic(300, 0.05 + 0.9 * start(), r).subarray(100);
      const { exponent, status } = lyapunov(settled, { estimator: 'rosenstein' });
      assert.equal(status, 'ok');
      mean += exponent / 400;
    }
    assert.ok(Math.abs(mean - lambda) <= 0.01, `r = ${r}: ${mean}, expected ${lambda}`);
  }
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

test('published writes 0 for a small range and for a change of mean, and S(1) - S(0) else', () => {
  const options = { estimator: 'rosenstein', preset: 'published' } as const;
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
  assert.ok(Math.abs(found.exponent - (curve[1] - curve[0])) <= 1.5e-6);
  assert.equal(found.exponent, Number(found.exponent.toFixed(6)));
});

function pick({ exponent, status }: { exponent: number; status: string }): [number, string] {
  return [exponent, status];
}

test('no series makes an estimator throw or hang, and only ok exponents are numbers', () => {
  const estimators: LyapunovOptions[] = [
    {},
    { form: 'endpoint' },
    { estimator: 'rosenstein' },
    { estimator: 'rosenstein', preset: 'robust' },
    { estimator: 'rosenstein', preset: 'published' },
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
