import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detrend } from '../../src/causality/detrend';
import { difference } from '../../src/causality/difference';
import { granger } from '../../src/causality/granger';
import { grangerScan } from '../../src/causality/grangerScan';
import { makeStationary, stationaryTreatments } from '../../src/causality/makeStationary';
import { stationarity } from '../../src/causality/stationarity';
import { exponentStatuses, type WindowedExponents } from '../../src/chaos/windowedExponents';
import { awkwardSeries, normals } from '../chaos/series';
import { exponentsOf as exponentsFrom } from './exponents';

/** As windowed exponents come: what is no number has a status. */
function exponentsOf(series: readonly ArrayLike<number>[]): WindowedExponents {
  const exponents = exponentsFrom(series);
  exponents.values.forEach((value, i) => {
    if (!Number.isFinite(value)) exponents.status[i] = exponentStatuses.indexOf('non-finite');
  });
  return exponents;
}

/** The series of one weight. */
function seriesOf({ values, windows, weights }: WindowedExponents, weight: number): Float64Array {
  return Float64Array.from({ length: windows }, (_, t) => values[t * weights + weight]);
}

const noise = normals(71);
const white = (length: number) => Float64Array.from({ length }, noise);
const walk = (length: number) => {
  let state = 0;
  return Float64Array.from({ length }, () => (state += noise()));
};

test('differences are of all series alike, and stand in the later window', () => {
  const series = [white(20), walk(20), new Float64Array(20).fill(3)];
  const exponents = exponentsOf(series);
  const target = walk(20);
  const made = makeStationary(exponents, target, { rule: 'difference', order: 2 });
  assert.equal(made.treatment, 'difference');
  assert.equal(made.order, 2);
  assert.equal(made.exponents.windows, 18);
  assert.deepEqual(made.exponents.starts, exponents.starts.slice(2));
  assert.deepEqual(made.exponents.ends, exponents.ends.slice(2));
  assert.deepEqual(made.target, difference(target, 2));
  series.forEach((one, w) => {
    assert.deepEqual(seriesOf(made.exponents, w), difference(one, 2));
    assert.equal(stationaryTreatments[made.treatments[w]], 'difference');
  });
  assert.equal(made.before.samples, 20);
  assert.equal(made.after.samples, 18);
  assert.equal(made.exponents.estimator, 'made up, differences of order 2');
  const test = granger(difference(series[1], 2), difference(target, 2));
  assert.equal(granger(seriesOf(made.exponents, 1), made.target).f, test.f);
});

test('trends are taken from each series of its own, and not where an exponent is missing', () => {
  const gap = white(20);
  gap[4] = Number.NaN;
  const series = [white(20), walk(20), gap];
  const target = walk(20);
  const { exponents, ...made } = makeStationary(exponentsOf(series), target, { rule: 'detrend', degree: 2 });
  assert.deepEqual(made.target, detrend(target, 2));
  assert.deepEqual(seriesOf(exponents, 0), detrend(series[0], 2));
  assert.deepEqual(seriesOf(exponents, 1), detrend(series[1], 2));
  assert.deepEqual(seriesOf(exponents, 2), gap);
  assert.deepEqual(
    Array.from(made.treatments, code => stationaryTreatments[code]),
    ['detrend', 'detrend', 'none'],
  );
  assert.equal(exponents.windows, 20);
});

test('a difference has the status of the window that is not ok', () => {
  const exponents = exponentsOf([
    white(6),
    Float64Array.of(1, 2, Number.POSITIVE_INFINITY, 3, -1.7e308, 1.7e308),
  ]);
  exponents.status[2] = exponentStatuses.indexOf('degenerate');
  exponents.values[2] = Number.NaN;
  const made = makeStationary(exponents, white(6), { rule: 'difference' });
  const statuses = Array.from(made.exponents.status, code => exponentStatuses[code]);
  assert.deepEqual(
    statuses.filter((_, i) => i % 2 === 0),
    ['degenerate', 'degenerate', 'ok', 'ok', 'ok'],
  );
  assert.deepEqual(
    statuses.filter((_, i) => i % 2 === 1),
    ['ok', 'non-finite', 'non-finite', 'ok', 'non-finite'],
  );
  made.exponents.values.forEach((value, i) => {
    assert.equal(Number.isNaN(value), statuses[i] !== 'ok');
  });
});

test('by-tests follows the verdict on the target', () => {
  const exponents = exponentsOf([white(100), walk(100)]);
  const treatmentOf = {
    stationary: 'none',
    'trend-stationary': 'detrend',
    'unit-root': 'difference',
    inconclusive: 'difference',
    'no-answer': 'none',
  } as const;
  const seen = new Set<string>();
  const targets = [new Float64Array(100).fill(0.1)];
  for (let i = 0; i < 20; i++) {
    const sloped = white(100).map((value, t) => value + t / 5);
    targets.push(white(100), walk(100), sloped);
  }
  for (const target of targets) {
    const made = makeStationary(exponents, target);
    assert.equal(made.treatment, treatmentOf[made.before.verdict]);
    assert.equal(made.exponents.windows, made.treatment === 'difference' ? 99 : 100);
    assert.equal(made.before.verdict, stationarity(target).verdict);
    assert.equal(made.after.verdict, stationarity(made.target).verdict);
    seen.add(made.before.verdict);
  }
  assert.deepEqual([...seen].sort(), Object.keys(treatmentOf).sort());
});

test('by-tests keeps the F test at five per cent where two drifting series would fool it', async () => {
  // A decaying exponent and a falling misclassification, both with independent noise.
  const drifting = (size: number) =>
    Float64Array.from({ length: 50 }, (_, t) => Math.exp(-t / 12) + size * noise());
  let fooled = 0;
  let made = 0;
  const pairs = 400;
  for (let i = 0; i < pairs; i++) {
    const exponents = exponentsOf([drifting(0.1)]);
    const target = drifting(0.08);
    if ((await grangerScan(exponents, target)).pValue[0] < 0.05) fooled++;
    const fit = makeStationary(exponents, target);
    if ((await grangerScan(fit.exponents, fit.target)).pValue[0] < 0.05) made++;
  }
  assert.ok(fooled / pairs > 0.4, `${fooled}`);
  assert.ok(made / pairs < 0.1, `${made}`);
});

test('one series without drift is enough: neither a wandering cause nor a wandering target fools the F test', () => {
  let cause = 0;
  let target = 0;
  for (let i = 0; i < 1000; i++) {
    if (granger(walk(50), white(50)).pValue < 0.05) cause++;
    if (granger(white(50), walk(50)).pValue < 0.05) target++;
  }
  assert.ok(cause < 75 && target < 75, `${cause} ${target}`);
});

test('awkward targets and exponents, and windows too few for differences, get an answer', async () => {
  const awkward = [...awkwardSeries().values()];
  for (const length of [200, ...Array(13).keys()]) {
    const series = awkward.filter(one => one.length === length);
    for (const target of series) {
      for (const rule of ['none', 'difference', 'detrend', 'by-tests'] as const) {
        const made = makeStationary(exponentsOf(series), target, { rule });
        const { exponents } = made;
        assert.equal(made.target.length, exponents.windows);
        assert.equal(exponents.values.length, exponents.windows * series.length);
        assert.equal(exponents.status.length, exponents.values.length);
        assert.equal(exponents.starts.length, exponents.windows);
        exponents.values.forEach((value, i) => {
          if (exponents.status[i] === 0) assert.ok(Number.isFinite(value));
        });
        if (length < 13) await grangerScan(exponents, made.target);
      }
    }
  }
});

test('what came in stays as it is; wrong shapes and options throw', () => {
  const exponents = exponentsOf([white(10)]);
  const values = exponents.values.slice();
  const target = walk(10);
  const copy = target.slice();
  for (const rule of ['difference', 'detrend', 'none'] as const) makeStationary(exponents, target, { rule });
  assert.deepEqual(exponents.values, values);
  assert.deepEqual(target, copy);
  assert.throws(() => makeStationary(exponents, white(9)), /each of 10 windows is required, 9 came/);
  assert.throws(() => makeStationary(exponents, target, { rule: 'log' as never }), RangeError);
  assert.throws(() => makeStationary(exponents, target, { order: 0 }), RangeError);
  assert.throws(() => makeStationary(exponents, target, { degree: -1 }), RangeError);
});
