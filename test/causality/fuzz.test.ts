import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adf } from '../../src/causality/adf';
import { compressionCausality } from '../../src/causality/compressionCausality';
import { crossMap } from '../../src/causality/crossMap';
import { crossMapScan } from '../../src/causality/crossMapScan';
import { detrend } from '../../src/causality/detrend';
import { difference } from '../../src/causality/difference';
import { effortToCompress } from '../../src/causality/effortToCompress';
import { type GrangerOptions, granger } from '../../src/causality/granger';
import { grangerScan, testStatuses } from '../../src/causality/grangerScan';
import { kpss } from '../../src/causality/kpss';
import { mackinnonCriticalValues, mackinnonPValue } from '../../src/causality/mackinnon';
import { makeStationary, stationaryTreatments } from '../../src/causality/makeStationary';
import { checkStatuses } from '../../src/causality/nonlinearCheck';
import { stationarity } from '../../src/causality/stationarity';
import { stationarityScan } from '../../src/causality/stationarityScan';
import { stationarityVerdicts } from '../../src/causality/stationarityVerdict';
import { testSize } from '../../src/causality/testSize';
import { transferEntropy } from '../../src/causality/transferEntropy';
import { transferEntropyScan } from '../../src/causality/transferEntropyScan';
import {
  anyNumber,
  anySeries,
  finiteSeries,
  fuzz,
  isFiniteSeries,
  seriesTogether,
} from '../support/awkwardSeries';
import { exponentsOf } from './exponents';

// Long enough for every test to have an answer, short enough for thousands of inputs.
const LONGEST = 90;

const one = anySeries(LONGEST);
const pair = seriesTogether(anySeries(LONGEST), 2);
/** Half of the pairs related: the effect follows the cause, exactly or with noise. */
const relatedPair = fc
  .tuple(
    seriesTogether(finiteSeries(LONGEST), 2),
    fc.constantFrom(0, 1e-9, 0.1),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([[x, e], noise, lag]) => [x, x.map((_, t) => (x[t - lag] ?? 0) + noise * e[t])]);
const anyPair = fc.oneof(pair, relatedPair);
/** A target and three weights. */
const scanned = seriesTogether(anySeries(LONGEST), 4);

const tests = fc.constantFrom('f' as const, 'chi2' as const, 'lr' as const);
const lagRules = fc.constantFrom('smallest-p' as const, 'aic' as const, 'bic' as const);
const grangerOptions: fc.Arbitrary<GrangerOptions> = fc.oneof(
  fc.record({ lag: fc.integer({ min: 1, max: 6 }), test: tests }),
  fc.record({ maxLag: fc.integer({ min: 1, max: 4 }), lagRule: lagRules, test: tests }),
  fc.record({
    lag: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
    lagRule: lagRules,
    test: tests,
  }),
);
const transferOptions = fc.oneof(
  fc.record({ history: fc.integer({ min: 1, max: 3 }), causeHistory: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    estimator: fc.constant('ksg' as const),
    k: fc.integer({ min: 1, max: 5 }),
    history: fc.integer({ min: 1, max: 2 }),
    standardise: fc.boolean(),
    permutations: fc.integer({ min: 0, max: 3 }),
    surrogate: fc.constantFrom('shift' as const, 'shuffle' as const),
    seed: fc.integer(),
  }),
);
const mapOptions = fc.record({
  dimension: fc.integer({ min: 1, max: 4 }),
  delay: fc.integer({ min: 1, max: 3 }),
  theiler: fc.integer({ min: 0, max: 5 }),
  draws: fc.integer({ min: 1, max: 3 }),
  surrogates: fc.integer({ min: 0, max: 3 }),
  surrogate: fc.constantFrom('shift' as const, 'shuffle' as const),
  seed: fc.integer(),
});
const stationarityOptions = fc.record({
  alpha: fc.constantFrom(0.01, 0.05, 0.1),
  lagRule: fc.constantFrom('aic' as const, 'bic' as const, 't-stat' as const, 'fixed' as const),
  kpssLags: fc.oneof(fc.constantFrom('auto' as const, 'legacy' as const), fc.integer({ min: 0, max: 20 })),
});

/** All numbers finite when `ok`, all NaN when not, and a p-value between 0 and 1. */
function isConsistent(status: string, pValue: number, numbers: readonly number[]): void {
  if (status === 'ok') {
    assert.ok(isFiniteSeries(numbers), `${status}: ${numbers}`);
    assert.ok(pValue >= 0 && pValue <= 1, `p = ${pValue}`);
  } else {
    assert.ok([pValue, ...numbers].every(Number.isNaN), `${status}: ${numbers}, p = ${pValue}`);
  }
}

/** A gap is never passed over; where something else is wrong too, that may be what is said. */
function namesGaps(status: string, ...series: readonly ArrayLike<number>[]): void {
  const isWhole = series.every(isFiniteSeries);
  if (isWhole) assert.notEqual(status, 'missing');
  else assert.notEqual(status, 'ok');
}

fuzz(
  'granger answers with finite numbers or says why not',
  fc.tuple(anyPair, grangerOptions),
  ([[x, y], options]) => {
    const found = granger(x, y, options);
    const { f, chi2, lr, geweke, pValue, pValues, lag, rows, df, tried, lagRule } = found;
    isConsistent(found.status, pValue, [f, chi2, lr, geweke]);
    namesGaps(found.status, x, y);
    assert.equal(pValue, pValues[found.test]);
    assert.equal(rows, y.length - lag);
    assert.deepEqual(df, [lag, rows - 2 * lag - 1]);
    for (const candidate of tried)
      isConsistent(candidate.status, candidate.pValue, [candidate.f, candidate.geweke]);
    const ok = tried.filter(({ status }) => status === 'ok');
    if (lagRule === 'smallest-p' && ok.length > 0) {
      assert.equal(pValue, Math.min(...ok.map(candidate => candidate.pValue)));
    }
    if ((lagRule === 'aic' || lagRule === 'bic') && !Number.isNaN(found[lagRule])) {
      const criteria = tried
        .map(({ [lagRule]: criterion }) => criterion)
        .filter(value => !Number.isNaN(value));
      assert.equal(found[lagRule], Math.min(...criteria));
    }
  },
);

fuzz(
  'grangerScan has an answer a weight, and the status of granger',
  fc.tuple(scanned, grangerOptions),
  async ([series, options]) => {
    const [target, ...weights] = series;
    const scan = await grangerScan(exponentsOf(weights), target, options);
    weights.forEach((weight, w) => {
      const status = testStatuses[scan.status[w]];
      isConsistent(status, scan.pValue[w], [scan.statistic[w], scan.geweke[w]]);
      namesGaps(status, target, weight);
      assert.ok(scan.lags.includes(scan.lag[w]));
    });
  },
);

fuzz(
  'grangerScan by the published preset has a p-value for every weight',
  scanned,
  async ([target, ...weights]) => {
    const scan = await grangerScan(exponentsOf(weights), target, { preset: 'published', maxLag: 5 });
    assert.ok(scan.pValue.every(p => p >= 0 && p <= 1));
  },
);

fuzz(
  'adf answers with finite numbers or says why not',
  fc.tuple(
    one,
    fc.record({
      regression: fc.constantFrom('n' as const, 'c' as const, 'ct' as const, 'ctt' as const),
      lagRule: fc.constantFrom('aic' as const, 'bic' as const, 't-stat' as const, 'fixed' as const),
    }),
    fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  ),
  ([series, options, maxLag]) => {
    const found = adf(series, { ...options, ...(maxLag === undefined ? {} : { maxLag }) });
    isConsistent(found.status, found.pValue, [found.statistic]);
    namesGaps(found.status, series);
  },
);

fuzz(
  'kpss answers with finite numbers or says why not',
  fc.tuple(one, fc.constantFrom('c' as const, 'ct' as const), stationarityOptions),
  ([series, regression, { kpssLags }]) => {
    const found = kpss(series, { regression, lags: kpssLags });
    isConsistent(found.status, found.pValue, [found.statistic]);
    namesGaps(found.status, series);
  },
);

fuzz(
  'stationarity has a verdict for every series',
  fc.tuple(one, stationarityOptions),
  ([series, options]) => {
    const { verdict, level, trend } = stationarity(series, options);
    assert.ok(stationarityVerdicts.includes(verdict));
    if (verdict === 'stationary') assert.deepEqual([level.adf.status, level.kpss.status], ['ok', 'ok']);
    if (verdict === 'unit-root') assert.deepEqual([trend.adf.status, trend.kpss.status], ['ok', 'ok']);
    if (!isFiniteSeries(series)) assert.equal(verdict, 'no-answer');
  },
);

fuzz(
  'stationarityScan judges each weight as stationarity does',
  fc.tuple(scanned, stationarityOptions),
  async ([series, options]) => {
    const scan = await stationarityScan(exponentsOf(series), options);
    series.forEach((each, w) => {
      assert.equal(stationarityVerdicts[scan.verdict[w]], stationarity(each, options).verdict);
    });
    assert.equal(
      Object.values(scan.counts).reduce((sum, count) => sum + count),
      series.length,
    );
  },
);

fuzz(
  'difference and detrend keep finite series finite, and their length',
  fc.tuple(one, fc.integer({ min: 0, max: 4 })),
  ([series, degree]) => {
    assert.equal(difference(series, degree).length, Math.max(0, series.length - degree));
    const left = detrend(series, degree);
    assert.equal(left.length, series.length);
    const size = series.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (size < 1e300) assert.ok(isFiniteSeries(left));
    if (!isFiniteSeries(series)) assert.ok(left.every(Number.isNaN));
  },
);

fuzz(
  'makeStationary leaves exponents and target of one length, and says what it did',
  fc.tuple(
    scanned,
    fc.record({
      rule: fc.constantFrom('none' as const, 'difference' as const, 'detrend' as const, 'by-tests' as const),
      order: fc.integer({ min: 1, max: 3 }),
      degree: fc.integer({ min: 0, max: 2 }),
    }),
  ),
  ([[target, ...weights], options]) => {
    const {
      exponents,
      target: left,
      treatment,
      treatments,
    } = makeStationary(exponentsOf(weights), target, options);
    assert.equal(left.length, exponents.windows);
    assert.equal(exponents.values.length, exponents.windows * weights.length);
    assert.ok(stationaryTreatments.includes(treatment));
    assert.ok(treatments.every(code => code < stationaryTreatments.length));
  },
);

fuzz(
  'transferEntropy answers with finite numbers or says why not',
  fc.tuple(anyPair, transferOptions),
  ([[x, y], options]) => {
    const found = transferEntropy(x, y, options);
    namesGaps(found.status, x, y);
    assert.equal(Number.isFinite(found.nats), found.status === 'ok');
    if (found.status === 'ok') {
      const isTested = !('permutations' in options) || options.permutations > 0;
      assert.equal(found.pValue >= 0 && found.pValue <= 1, isTested, `p = ${found.pValue}`);
    } else assert.ok(Number.isNaN(found.nats) && Number.isNaN(found.pValue));
  },
);

fuzz(
  'transferEntropyScan has the numbers of transferEntropy',
  fc.tuple(scanned, transferOptions),
  async ([[target, ...weights], options]) => {
    const scan = await transferEntropyScan(exponentsOf(weights), target, options);
    weights.forEach((weight, w) => {
      const found = transferEntropy(weight, target, options);
      assert.equal(checkStatuses[scan.status[w]], found.status);
      assert.deepEqual([scan.nats[w], scan.pValue[w]], [found.nats, found.pValue]);
    });
  },
);

fuzz(
  'effortToCompress counts at most n - 1 steps',
  fc.tuple(pair, fc.boolean(), fc.option(fc.integer({ min: 2, max: 12 }), { nil: undefined })),
  ([[x, y], isJoint, bins]) => {
    const options = { ...(isJoint ? { jointWith: y } : {}), ...(bins === undefined ? {} : { bins }) };
    const { status, steps, normalised } = effortToCompress(x, options);
    namesGaps(status, ...(isJoint ? [x, y] : [x]));
    if (status === 'missing') assert.ok(Number.isNaN(steps));
    else assert.ok(steps >= 0 && steps <= Math.max(0, x.length - 1));
    if (status === 'ok') assert.ok(normalised > 0 && normalised <= 1);
  },
);

fuzz(
  'compressionCausality answers with finite numbers or says why not',
  fc.tuple(
    anyPair,
    fc.record({
      past: fc.integer({ min: 2, max: 30 }),
      now: fc.integer({ min: 1, max: 8 }),
      step: fc.integer({ min: 1, max: 20 }),
      bins: fc.integer({ min: 2, max: 6 }),
      surrogates: fc.integer({ min: 0, max: 2 }),
      seed: fc.integer(),
    }),
  ),
  ([[x, y], options]) => {
    const { status, ccc, pValue, surrogateValues } = compressionCausality(x, y, options);
    namesGaps(status, x, y);
    assert.equal(Number.isFinite(ccc), status === 'ok');
    assert.equal(surrogateValues.length, status === 'ok' ? options.surrogates : 0);
    assert.equal(pValue >= 0 && pValue <= 1, status === 'ok' && options.surrogates > 0);
  },
);

fuzz(
  'crossMap answers with a correlation or says why not',
  fc.tuple(anyPair, mapOptions),
  ([[x, y], options]) => {
    const { status, skill, pValue, predicted, surrogateSkills } = crossMap(x, y, options);
    namesGaps(status, x, y);
    if (status === 'ok') {
      assert.ok(Math.abs(skill) <= 1 + 1e-12, `${skill}`);
      assert.ok(
        isFiniteSeries(predicted) && predicted.length === y.length - (options.dimension - 1) * options.delay,
      );
      assert.equal(surrogateSkills.length, options.surrogates);
      assert.equal(pValue >= 0 && pValue <= 1, options.surrogates > 0);
    } else assert.ok(Number.isNaN(skill) && Number.isNaN(pValue) && predicted.length === 0);
  },
);

fuzz(
  'crossMapScan has the numbers of crossMap',
  fc.tuple(scanned, mapOptions),
  async ([[target, ...weights], options]) => {
    const scan = await crossMapScan(exponentsOf(weights), target, options);
    weights.forEach((weight, w) => {
      const found = crossMap(weight, target, options);
      assert.equal(checkStatuses[scan.status[w]], found.status);
      assert.deepEqual([scan.skill[w], scan.pValue[w]], [found.skill, found.pValue]);
    });
  },
);

const regressions = fc.constantFrom('n' as const, 'c' as const, 'ct' as const, 'ctt' as const);

fuzz(
  'mackinnonPValue lies between 0 and 1 for every number',
  fc.tuple(anyNumber(), regressions),
  ([statistic, regression]) => {
    const p = mackinnonPValue(statistic, regression);
    if (Number.isNaN(statistic)) assert.ok(Number.isNaN(p));
    else assert.ok(p >= 0 && p <= 1, `${p}`);
  },
);

fuzz(
  'mackinnonCriticalValues ascend from 1 % to 10 %',
  fc.tuple(fc.integer({ min: 15, max: 1e9 }), regressions),
  ([observations, regression]) => {
    const { '1%': first, '5%': second, '10%': third } = mackinnonCriticalValues(observations, regression);
    assert.ok(first < second && second < third && Number.isFinite(first));
  },
);

fuzz(
  'testSize gives shares inside their intervals, or none where no lag fits',
  fc.tuple(
    fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
    grangerOptions,
    fc.integer(),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  async ([windows, { test: _, ...lags }, seed, alpha]) => {
    const { rates } = await testSize(windows, { ...lags, seed, alpha, pairs: 5 });
    for (const { rate, low, high } of rates) {
      rate.forEach((share, w) => {
        if (Number.isNaN(share)) assert.ok(Number.isNaN(low[w]) && Number.isNaN(high[w]));
        else assert.ok(share >= 0 && share <= 1 && low[w] <= share + 1e-12 && share <= high[w] + 1e-12);
      });
    }
  },
);
