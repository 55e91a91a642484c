import { effectBasis } from '../kernels/grangerProjection';
import { createGrangerProjector } from '../kernels/grangerProjector';
import type { GrangerTestName, TestStatus } from './grangerScan';
import {
  exactFitLimit,
  grangerPValue,
  grangerStatistics,
  informationCriteria,
  rescaleAroundMean,
  standardise,
  statusOfSeries,
} from './grangerStatistics';
import { type LagSettings, samplesLeftOut } from './lags';

/** One test of a scan; numbers are NaN unless the status is `ok`. */
export interface ScannedTest {
  readonly lag: number;
  readonly status: TestStatus;
  readonly statistic: number;
  readonly geweke: number;
  readonly pValue: number;
}

export interface CreateGrangerOptions extends LagSettings {
  readonly tests: readonly GrangerTestName[];
  /** Replaces the p-value of each test before the smallest is looked for. Default: none. */
  readonly readPValue?: (found: ScannedTest) => number;
}

/**
 * Low level: `granger` of one cause after another against one effect, by one or several tests. Z = [1, effect lags] is
 * decomposed once per lag; a cause then costs its own lags only.
 *
 * @param effect length T; the causes have the same
 * @returns one result a test
 */
export function createGranger(
  effect: Float64Array,
  { lags, lagRule, tests, readPValue }: CreateGrangerOptions,
): (cause: Float64Array) => readonly ScannedTest[] {
  const x = new Float64Array(effect.length);
  const own = lags.map(lag => createRegressions(effect, lag, 0));
  if (lagRule === 'fixed' || lagRule === 'smallest-p') {
    return cause => {
      standardise(cause, x);
      const found = own.map(regress => regress(cause, x));
      return tests.map(test => smallestP(found.map((regression, i) => testOf(regression, lags[i], test))));
    };
  }
  const left = samplesLeftOut(effect.length, lags);
  const common = lags.map((lag, i) => (left[i] === 0 ? own[i] : createRegressions(effect, lag, left[i])));
  return cause => {
    standardise(cause, x);
    const fits = common.map(regress => regress(cause, x));
    const criteria = fits.map(({ full, rows, logUnit }, i) =>
      informationCriteria(full, rows, lags[i], logUnit),
    );
    const chosen = smallestIndex(criteria.map(({ [lagRule]: criterion }) => criterion));
    const decided = Math.max(0, chosen);
    const regression = chosen >= 0 ? own[chosen](cause, x) : fits[0];
    return tests.map(test => testOf(regression, lags[decided], test));
  };

  function testOf(
    { status, restricted, full, rows }: Regression,
    lag: number,
    test: GrangerTestName,
  ): ScannedTest {
    let found: ScannedTest = {
      lag,
      status,
      statistic: Number.NaN,
      geweke: Number.NaN,
      pValue: Number.NaN,
    };
    if (status === 'ok') {
      const { [test]: statistic, geweke } = grangerStatistics(restricted, full, rows, lag);
      found = { lag, status, statistic, geweke, pValue: grangerPValue(test, statistic, rows, lag) };
    }
    return readPValue === undefined ? found : { ...found, pValue: readPValue(found) };
  }
}

/** Index of the smallest number, the first of equal ones; -1 when all are NaN. */
export function smallestIndex(values: readonly number[]): number {
  let smallest = -1;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]) && (smallest < 0 || values[i] < values[smallest])) smallest = i;
  }
  return smallest;
}

/** The first one where none has a p-value. */
function smallestP(found: readonly ScannedTest[]): ScannedTest {
  return found[Math.max(0, smallestIndex(found.map(({ pValue }) => pValue)))];
}

/** Residual sums of squares without and with the cause, NaN unless `ok`. */
interface Regression {
  readonly status: TestStatus;
  readonly restricted: number;
  readonly full: number;
  readonly rows: number;
  /** Natural logarithm of the effect's unit, whose square is that of the sums. */
  readonly logUnit: number;
}

/** Both regressions of a cause, given as it came and standardised. */
type Regress = (cause: Float64Array, standardised: Float64Array) => Regression;

/** Those of one cause after another at one lag, without the first `left` samples. */
function createRegressions(effect: Float64Array, lag: number, left: number): Regress {
  const samples = effect.subarray(left);
  const rows = samples.length - lag;
  const y = new Float64Array(samples.length);
  const logUnit = rescaleAroundMean(samples, y);
  const none = (status: TestStatus) => ({
    status,
    restricted: Number.NaN,
    full: Number.NaN,
    rows,
    logUnit,
  });
  const effectStatus = statusWithout(effect, lag, left);
  if (effectStatus !== 'ok') return () => none(effectStatus);
  const vectors = new Float64Array((2 * lag + 1) * rows);
  const residual = new Float64Array(rows);
  const count = effectBasis(y, lag, vectors, residual);
  let restricted = 0;
  for (const value of residual) restricted += value * value;
  const own = new Float64Array(samples.length);
  const fullSumOfSquares = createGrangerProjector({ lag, vectors, count, residual });
  const limit = exactFitLimit(y, lag);
  return (cause, standardised) => {
    const status = statusWithout(cause, lag, left);
    if (status !== 'ok') return none(status);
    if (!(restricted > limit)) return none('exact-fit');
    if (count <= lag) return none('collinear');
    const x = left === 0 ? standardised : standardise(cause.subarray(left), own);
    const full = fullSumOfSquares(x);
    if (Number.isNaN(full)) return none('collinear');
    if (!(full > limit)) return none('exact-fit');
    return { status, restricted, full, rows, logUnit };
  };
}

/** A gap among the samples left out counts, too. */
function statusWithout(series: Float64Array, lag: number, left: number): TestStatus {
  const status = statusOfSeries(series, lag);
  return status === 'ok' && left > 0 ? statusOfSeries(series.subarray(left), lag) : status;
}
