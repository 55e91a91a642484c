import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapInterval } from '../../src/statistics/bootstrapInterval';
import { mean, median } from '../../src/statistics/moments';
import { normal, type Random, randomStream } from '../../src/statistics/random';
import { readOracle } from '../chaos/oracle';

interface Reference {
  readonly name: string;
  readonly sample: number[];
  readonly method: 'percentile' | 'bca';
  readonly low: number;
  readonly high: number;
}

/** Share of intervals that hold the true value 0. */
function coverage(method: 'expanded' | 'bca' | 'percentile', draw: (random: Random) => Random, n: number) {
  const samples = 1000;
  let hits = 0;
  for (let seed = 0; seed < samples; seed++) {
    const next = draw(randomStream(seed, 'coverage'));
    const sample = Array.from({ length: n }, next);
    const { low, high } = bootstrapInterval(sample, mean, { seed, draws: 799, method });
    if (low <= 0 && high >= 0) hits++;
  }
  return hits / samples;
}

const exponential =
  (random: Random): Random =>
  () =>
    -Math.log(1 - random()) - 1;

test('expanded intervals of 10 normal numbers hold the mean as often as they say', () => {
  // 0.95 within 2.5 standard errors of a simulation of 1000
  assert.ok(Math.abs(coverage('expanded', random => normal(random), 10) - 0.95) < 0.018);
});

test('the docstring tells the truth about the others: too narrow at 10, good at 50', () => {
  for (const method of ['bca', 'percentile'] as const) {
    assert.ok(coverage(method, random => normal(random), 10) < 0.92);
    assert.ok(Math.abs(coverage(method, random => normal(random), 50) - 0.94) < 0.02);
  }
  const skewed = coverage('expanded', exponential, 10);
  assert.ok(Math.abs(skewed - 0.91) < 0.025, `${skewed}`);
});

test('percentile and BCa intervals equal those of scipy but for the error of drawing', () => {
  const { bootstrap } = readOracle<{ bootstrap: Reference[] }>('comparisons_statsmodels');
  for (const { name, sample, method, low, high } of bootstrap) {
    const ours = bootstrapInterval(sample, mean, { seed: 3, draws: 99_999, method });
    // Seeds differ by up to 0.03, the two methods by 0.1 or more.
    const tolerance = 0.05 * ours.standardError;
    assert.ok(Math.abs(ours.low - low) < tolerance, `${name}, ${method}: ${ours.low}, scipy ${low}`);
    assert.ok(Math.abs(ours.high - high) < tolerance, `${name}, ${method}: ${ours.high}, scipy ${high}`);
  }
});

test('the standard error of a mean is that of its draws, the standard deviation with n over sqrt(n)', () => {
  const sample = [1, 2, 3, 4, 5, 6, 7, 8];
  const { standardError } = bootstrapInterval(sample, mean, { seed: 1, draws: 99_999 });
  assert.ok(Math.abs(standardError - Math.sqrt(5.25 / 8)) < 0.006, `${standardError}`);
});

test('an interval moves with the sample, and mirrors it', () => {
  const sample = [3, 5, 4, 6, 8, 7, 9, 5, 4];
  for (const method of ['expanded', 'bca', 'percentile'] as const) {
    const { low, high } = bootstrapInterval(sample, mean, { seed: 1, method });
    const moved = bootstrapInterval(
      sample.map(x => 10 + 2 * x),
      mean,
      { seed: 1, method },
    );
    assert.ok(Math.abs(moved.low - (10 + 2 * low)) < 1e-12 && Math.abs(moved.high - (10 + 2 * high)) < 1e-12);
    const mirrored = bootstrapInterval(
      sample.map(x => -x),
      mean,
      { seed: 1, method },
    );
    assert.ok(Math.abs(mirrored.low + high) < 1e-12 && Math.abs(mirrored.high + low) < 1e-12);
  }
});

test('pairs stay together: the correlation of a sample with itself is 1 in every draw', () => {
  const pairs = Array.from({ length: 12 }, (_, i) => [i * i, 3 * i * i] as const);
  const ratio = (sample: readonly (readonly [number, number])[]): number =>
    mean(sample.map(pair => pair[1])) / mean(sample.map(pair => pair[0]));
  const { estimate, status } = bootstrapInterval(pairs, ratio, { seed: 1 });
  assert.equal(estimate, 3);
  assert.ok(status === 'constant' || status === 'ok');
});

test('the same seed gives the same interval, another one another', () => {
  const sample = Object.freeze([3, 5, 4, 6, 8, 7, 9, 5, 4]);
  const of = (seed: number) => bootstrapInterval(sample, median, { seed, method: 'percentile' });
  assert.deepEqual({ ...of(1) }, { ...of(1) });
  assert.notEqual(of(1).standardError, of(2).standardError);
});

test('samples without an interval get a status', () => {
  const status = (sample: number[], statistic = mean, method: 'bca' | 'expanded' = 'expanded') => {
    const { status, low } = bootstrapInterval(sample, statistic, { seed: 1, method });
    assert.equal(Number.isNaN(low), status !== 'ok');
    return status;
  };
  assert.equal(status([]), 'too-short');
  assert.equal(status([1, 2, 3, 4, 5, 6, 7]), 'too-short');
  assert.equal(status([1, 2, 3, 4, 5, 6, 7, 8]), 'ok');
  assert.equal(status([1, 2, 3, 4, 5, 6, 7, Number.NaN]), 'non-finite');
  assert.equal(status([1, 1, 1, 1, 1, 1, 1, 1]), 'constant');
  // Every sample short of one unit has the same median.
  assert.equal(status([0, 0, 0, 0, 0, 0, 0, 0, 1, 2], median, 'bca'), 'degenerate');
  // ln of a mean that some draws make negative
  assert.equal(
    status([-5, 1, 1, 1, 1, 1, 1, 1], sample => Math.log(mean(sample))),
    'non-finite',
  );
});

test('the example of the docstring holds', () => {
  const sample = [0.86, 0.88, 0.87, 0.9, 0.85, 0.88, 0.91, 0.87];
  const { estimate, low, high } = bootstrapInterval(sample, mean, { seed: 1 });
  assert.equal(estimate.toFixed(4), '0.8775');
  // Student's interval is 0.8775 -+ 0.0165.
  assert.ok(Math.abs(low - 0.861) < 0.0025 && Math.abs(high - 0.894) < 0.0025, `${low}, ${high}`);
});

test('arguments of another kind or out of range throw and say so', () => {
  const sample = [1, 2, 3, 4, 5, 6, 7, 8];
  assert.throws(() => bootstrapInterval(7 as never, mean, { seed: 1 }), TypeError);
  assert.throws(() => bootstrapInterval(sample, 'mean' as never, { seed: 1 }), /function.*'mean' came/);
  assert.throws(() => bootstrapInterval(sample, () => 'x' as never, { seed: 1 }), TypeError);
  assert.throws(() => bootstrapInterval(sample, mean, { seeed: 1 } as never), /'seed'/);
  assert.throws(() => bootstrapInterval(sample, mean, {} as never), TypeError);
  assert.throws(() => bootstrapInterval(sample, mean, { seed: 1, level: 1 }), RangeError);
  assert.throws(() => bootstrapInterval(sample, mean, { seed: 1, draws: 38 }), /from 39 up/);
  assert.throws(() => bootstrapInterval(sample, mean, { seed: 1, method: 't' as never }), RangeError);
});
