import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { readOracle } from './oracle';
import { awkwardSeries, henon, logistic, lorenz } from './series';

interface Series {
  readonly n: number;
  readonly sha256_f64le: string;
  readonly values?: number[];
}
interface Case {
  readonly series: string;
  readonly m: number;
  readonly delay: number;
  readonly theiler: number;
  readonly steps: number;
  readonly tisean_status: string;
  readonly tie_or_zero_references?: number;
  readonly S?: number[];
  readonly count?: number[];
  readonly all_refs?: { readonly S: number[]; readonly count: number[] };
}
interface NoldsCase {
  readonly series: string;
  readonly args: { emb_dim: number; lag: number; min_tsep: number; trajectory_len: number };
  readonly S_raw_units: number[];
}

const tisean = readOracle<{ series: Record<string, Series>; cases: Case[] }>('rosenstein_tisean');
const recurrences: Record<string, (n: number) => Float64Array> = {
  logistic4_2000: n => logistic(n, 0.1),
  henon_2000: henon,
  lorenz05_2000: lorenz,
};

function seriesNamed(name: string): Float64Array {
  const { n, values } = tisean.series[name];
  return values === undefined ? recurrences[name](n) : Float64Array.from(values);
}

function settings({ m, delay, theiler, steps }: Case) {
  return { dimension: m, delay, theiler, steps };
}

function assertNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  title: string,
) {
  assert.equal(actual.length, expected.length, title);
  for (let k = 0; k < expected.length; k++) {
    const error = Math.abs(actual[k] - expected[k]);
    assert.ok(error <= tolerance, `${title}, k = ${k}: ${actual[k]}, expected ${expected[k]}`);
  }
}

test('the series regenerated here are those of the reference file, bit for bit', () => {
  for (const [name, { sha256_f64le }] of Object.entries(tisean.series)) {
    const bytes = Buffer.from(seriesNamed(name).buffer);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256_f64le, name);
  }
});

test('divergenceCurve equals TISEAN lyap_r within 1e-10 on every case without ties', () => {
  let compared = 0;
  for (const reference of tisean.cases) {
    if (reference.S === undefined || reference.tie_or_zero_references !== 0) continue;
    const { curve, counts } = divergenceCurve(seriesNamed(reference.series), settings(reference));
    const title = `${reference.series} ${JSON.stringify(settings(reference))}`;
    assertNear(curve, reference.S, 1e-10, title);
    assert.deepEqual([...counts], reference.count, title);
    compared++;
  }
  assert.equal(compared, 63);
});

test('divergenceCurve over all references equals the naive search within 1e-10, ties to the lowest index', () => {
  for (const reference of tisean.cases) {
    if (reference.all_refs?.S === undefined) continue;
    const options = { ...settings(reference), references: 'all-references' } as const;
    const { curve, counts } = divergenceCurve(seriesNamed(reference.series), options);
    const title = `${reference.series} ${JSON.stringify(options)}`;
    assertNear(curve, reference.all_refs.S, 1e-10, title);
    assert.deepEqual([...counts], reference.all_refs.count, title);
  }
});

test('divergenceCurve over all references equals nolds within 1e-10', () => {
  for (const { series: name, args, S_raw_units } of readOracle<{ cases: NoldsCase[] }>('rosenstein_nolds')
    .cases) {
    const series = seriesNamed(name);
    const range = Math.max(...series) - Math.min(...series);
    const { curve } = divergenceCurve(series, {
      dimension: args.emb_dim,
      delay: args.lag,
      theiler: args.min_tsep,
      steps: args.trajectory_len - 1,
      references: 'all-references',
    });
    const raw = curve.map(value => value + Math.log(range));
    assertNear(raw, S_raw_units, 1e-10, name);
  }
});

test('where TISEAN stops or never ends, a status comes back', () => {
  const ramp = Array.from({ length: 200 }, (_, t) => t / 200);
  const cases: [ArrayLike<number>, object, string][] = [
    [ramp, { theiler: 150 }, 'too-short'],
    [ramp, { dimension: 5, theiler: 100 }, 'too-short'],
    [logistic(12, 0.1), {}, 'too-short'],
    [logistic(11, 0.1), {}, 'too-short'],
    [seriesNamed('plateau_200'), { dimension: 5, theiler: 10, steps: 20 }, 'degenerate'],
    [seriesNamed('constant_200'), {}, 'constant'],
    [seriesNamed('alternating_200'), {}, 'degenerate'],
    [seriesNamed('logistic35_200'), {}, 'degenerate'],
    [[...logistic(100, 0.1), Number.NaN], {}, 'non-finite'],
    [[...logistic(100, 0.1), Number.NEGATIVE_INFINITY], {}, 'non-finite'],
  ];
  for (const [series, options, status] of cases) {
    assert.equal(divergenceCurve(series, options).status, status, JSON.stringify(options));
  }
});

test('no series makes divergenceCurve throw or hang', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const references of ['tisean', 'all-references'] as const) {
      for (const options of [{}, { dimension: 1, steps: 0 }, { dimension: 3, delay: 2, theiler: 10 }]) {
        const { status, curve, counts } = divergenceCurve(series, { ...options, references });
        if (status === 'ok') assert.ok(curve.every(Number.isFinite) && counts[0] > 0, name);
      }
    }
  }
});

test('the curve does not depend on offset, scale or the type of array, and the series stays untouched', () => {
  const series = logistic(200, 0.1);
  const before = [...series];
  const { curve } = divergenceCurve(series);
  const moved = divergenceCurve(Array.from(series, x => 8 * x - 3)).curve;
  assertNear(moved, curve, 1e-9, 'moved');
  assert.deepEqual([...series], before);
});

test('wrong kinds and settings throw', () => {
  assert.throws(() => divergenceCurve('series' as never), TypeError);
  assert.throws(() => divergenceCurve([1, '2'] as never), TypeError);
  assert.throws(() => divergenceCurve([1, 2], { dimension: 0 }), RangeError);
  assert.throws(() => divergenceCurve([1, 2], { delay: 1.5 }), RangeError);
  assert.throws(() => divergenceCurve([1, 2], { theiler: -1 }), RangeError);
  assert.throws(() => divergenceCurve([1, 2], { references: 'some' as never }), RangeError);
});
