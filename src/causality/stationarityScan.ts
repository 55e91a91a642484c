import type { WindowedExponents } from '../chaos/windowedExponents';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { longRunOptionNames } from '../core/options';
import { requireKind } from '../core/require';
import { result } from '../core/result';
import type { Layers } from '../core/weightLayers';
import { createColumnReader } from '../kernels/columnReader';
import { createAdf } from './createAdf';
import { testStatuses } from './grangerScan';
import { createKpss, type KpssRegression, kpssCriticalValues } from './kpss';
import { mackinnonCriticalValues } from './mackinnon';
import {
  hasLowPower,
  type Significance,
  type StationarityOptions,
  type StationarityVerdict,
  shortMaxLag,
  stationarityOptionNames,
  stationaritySettings,
  stationarityVerdicts,
  type TestPair,
  verdictOf,
} from './stationarityVerdict';

/** Level and lags of the two tests by which every weight is judged. */
export interface StationarityScanOptions extends StationarityOptions, LongRunOptions {}

/** One test a weight; numbers are NaN, and lags -1, unless the status is `ok`. */
export interface ScannedTests {
  /** One a weight; NaN where there is no answer. */
  readonly statistic: Float64Array;
  /** One a weight, not corrected for their number; NaN where there is no answer. */
  readonly pValue: Float64Array;
  /** Lags taken, one number a weight. */
  readonly lags: Int32Array;
  /** Index into `testStatuses`. */
  readonly status: Uint8Array;
}

/** `stationarity` of every weight's windowed exponents. */
export interface StationarityScan {
  readonly kind: 'stationarity-scan';
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Number of weights. */
  readonly weights: number;
  /** Number of windows, that is the length of each series. */
  readonly windows: number;
  /** Level of each test. */
  readonly alpha: number;
  /** Fewer than 30 windows: most stationary series with a memory are not recognised. */
  readonly lowPower: boolean;
  /** Around a level. */
  readonly level: {
    /** Assumes a unit root. */
    readonly adf: ScannedTests;
    /** Assumes stationarity. */
    readonly kpss: ScannedTests;
  };
  /**
   * Critical values around a level at alpha: a unit root is rejected below `adf`, here that of no lagged differences;
   * stationarity above `kpss`.
   */
  readonly critical: {
    /** Of the Dickey-Fuller statistic. */
    readonly adf: number;
    /** Of the KPSS statistic. */
    readonly kpss: number;
  };
  /** Around a linear trend. */
  readonly trend: {
    /** Assumes a unit root. */
    readonly adf: ScannedTests;
    /** Assumes stationarity. */
    readonly kpss: ScannedTests;
  };
  /** Index into `stationarityVerdicts`, by weight. */
  readonly verdict: Uint8Array;
  /** How many weights have each verdict. */
  readonly counts: Readonly<Record<StationarityVerdict, number>>;
}

/**
 * Judges every weight as `stationarity` does, with its defaults. A weight has an answer if all its exponents are
 * numbers; the zeros of the `published` exponents are numbers and count as such.
 *
 * @param exponents windows x weights, from `windowedLyapunov`
 * @throws TypeError for an unknown option, RangeError for one out of range, the signal's reason when aborted
 * @example
 * import { createNetwork, loadDataset, recordTwin, stationarityScan, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const scan = await stationarityScan(await windowedLyapunov(twin, { window: 100 }));
 * scan.verdict.filter(code => code === 0).length; // 12, of 42 weights are stationary
 */
export async function stationarityScan(
  exponents: WindowedExponents,
  options: StationarityScanOptions = {},
): Promise<StationarityScan> {
  const task = 'scan weights for stationarity';
  const names = { ...stationarityOptionNames, ...longRunOptionNames };
  const { alpha, lagRule, maxLag, kpssLags, significance } = stationaritySettings(options, task, names);
  requireKind(exponents, 'windowed-exponents', task);
  const { layers, windows, weights, values } = exponents;

  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Stationarity tests', done, total: weights, unit: 'weights' });
  const [level, trend] = (['c', 'ct'] as const).map(regression => {
    const lags = maxLag ?? shortMaxLag(windows, regression);
    return createPair(weights, significance, regression, {
      adf: createAdf(windows, regression, lagRule, lags),
      kpss: createKpss(windows, regression, kpssLags),
    });
  });
  const verdict = new Uint8Array(weights);
  const counts = { stationary: 0, 'trend-stationary': 0, 'unit-root': 0, inconclusive: 0, 'no-answer': 0 };
  const seriesOf = createColumnReader(values, windows, weights);
  for (let w = 0; w < weights; w++) {
    const series = seriesOf(w);
    const found = verdictOf(level.test(series, w), trend.test(series, w));
    verdict[w] = stationarityVerdicts.indexOf(found);
    counts[found]++;
    if (run.isDue) await run.pause(progress(w));
  }
  run.finish(progress(weights));
  return result({
    kind: 'stationarity-scan',
    layers,
    weights,
    windows,
    alpha,
    lowPower: hasLowPower(windows),
    level: level.tests,
    critical: {
      adf: mackinnonCriticalValues(windows - 1, 'c')[significance],
      kpss: kpssCriticalValues.c[significance],
    },
    trend: trend.tests,
    verdict,
    counts,
  });
}

/** Both tests around one kind of trend, and the arrays that keep what they find. */
function createPair(
  weights: number,
  significance: Significance,
  regression: KpssRegression,
  { adf, kpss }: { adf: ReturnType<typeof createAdf>; kpss: ReturnType<typeof createKpss> },
): { tests: StationarityScan['level']; test: (series: Float64Array, weight: number) => TestPair } {
  const tests = { adf: emptyTests(weights), kpss: emptyTests(weights) };
  const kpssCritical = kpssCriticalValues[regression][significance];
  const test = (series: Float64Array, weight: number) => {
    const unitRoot = adf(series);
    const stationary = kpss(series);
    keep(tests.adf, weight, unitRoot);
    keep(tests.kpss, weight, stationary);
    const adfCritical = mackinnonCriticalValues(unitRoot.observations, regression)[significance];
    return { adf: unitRoot, adfCritical, kpss: stationary, kpssCritical };
  };
  return { tests, test };
}

function emptyTests(weights: number): ScannedTests {
  return {
    statistic: new Float64Array(weights),
    pValue: new Float64Array(weights),
    lags: new Int32Array(weights),
    status: new Uint8Array(weights),
  };
}

function keep(tests: ScannedTests, weight: number, found: TestPair['adf'] | TestPair['kpss']): void {
  tests.statistic[weight] = found.statistic;
  tests.pValue[weight] = found.pValue;
  tests.lags[weight] = found.status === 'ok' ? found.lags : -1;
  tests.status[weight] = testStatuses.indexOf(found.status);
}
