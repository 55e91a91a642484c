import { exponentStatuses, type WindowedExponents } from '../chaos/windowedExponents';
import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { trendBasis } from '../kernels/trend';
import { detrend, detrended } from './detrend';
import { difference } from './difference';
import { type Stationarity, stationarity } from './stationarity';
import { isFiniteSeries } from './stationaritySeries';
import {
  type StationarityOptions,
  type StationarityVerdict,
  stationarityOptionNames,
  stationaritySettings,
} from './stationarityVerdict';

/**
 * What was done to a series. Index = code in `StationaryExponents.treatments`.
 *
 * @example
 * import { stationaryTreatments } from 'legcnet';
 * stationaryTreatments; // ['none', 'difference', 'detrend']
 */
export const stationaryTreatments: readonly StationaryTreatment[] = ['none', 'difference', 'detrend'];
/** What was done to a series. */
export type StationaryTreatment = 'none' | 'difference' | 'detrend';

/** How `makeStationary` treats the series. */
export interface MakeStationaryOptions extends StationarityOptions {
  /**
   * What to do, to the target and every weight alike. Default `by-tests`.
   * - `none`: leave all as they are
   * - `difference`: the change from window to window
   * - `detrend`: the residual of a polynomial in time, one for each series
   * - `by-tests`: by the verdict of `stationarity` on the target, at the further options
   */
  readonly rule?: StationaryTreatment | 'by-tests';
  /** How often differences are taken. Default 1. */
  readonly order?: number;
  /** Degree of the polynomial. Default 1, a line. */
  readonly degree?: number;
}

const task = 'make series stationary';

const makeStationaryOptionNames: OptionNames<MakeStationaryOptions> = {
  rule: true,
  order: true,
  degree: true,
  ...stationarityOptionNames,
};

/** Exponents and target made fit for Granger tests, and how. */
export interface StationaryExponents {
  readonly kind: 'stationary-exponents';
  /** What was asked for. */
  readonly rule: StationaryTreatment | 'by-tests';
  /** What was done to the target, and to every weight that allows it. */
  readonly treatment: StationaryTreatment;
  /** Order of the differences or degree of the polynomial; 0 for `none`. */
  readonly order: number;
  /** Fewer windows by the order when differenced: the window of a difference is the later one. */
  readonly exponents: WindowedExponents;
  /** One number a window of `exponents`. */
  readonly target: Float64Array;
  /** By weight, index into `stationaryTreatments`; `none` where an exponent is missing and the rule was to detrend. */
  readonly treatments: Uint8Array;
  /** The target as it came. */
  readonly before: Stationarity;
  /** The target as it is now. */
  readonly after: Stationarity;
}

/**
 * Exponents and target to hand to `grangerScan` when the target drifts. Two unrelated series that both drift seem to
 * cause one another; differencing only one of them does not help. Rejections by the F test at lag 1 and level 5 %,
 * in per cent of unrelated pairs at 12, 20, 50 and 100 windows (3000 pairs each):
 *
 *                                           none           difference    detrend        by-tests
 *     two random walks                      11 13 14 16     5  5  5  5   11 13 15 16     5  6  5  5
 *     two linear trends under noise         26 47 91 100    6  7  7  7    6  6  5  5     9  7  6  5
 *     decaying exponent, falling errors     14 26 67 94    10 11  6  7    3 12 45 79    11  9  7  6
 *     random-walk exponent, white target     6  6  6  6     6  5  5  5    8  6  6  5     5  4  4  4
 *     white exponent, random-walk target     5  5  4  5     5  5  5  5    5  5  5  6     4  5  4  5
 *
 * One series without drift is enough to keep the test right (last two rows), so under `by-tests` the target decides:
 *
 *     stationary, no-answer -> none     trend-stationary -> detrend     unit-root, inconclusive -> difference
 *
 * Differencing is the answer to doubt: it costs power, but keeps the test nearest to its size. Every series gets the same
 * treatment, so that row t is the same stretch of training in each. The difference of two exponents has the status of the
 * earlier one that is not `ok`.
 *
 * @param exponents windows x weights, from `windowedLyapunov`
 * @param target one number a window
 * @throws RangeError when the target's length is not the number of windows or an option is out of range, TypeError for an
 *   unknown option
 * @example
 * import {
 *   createNetwork, grangerScan, loadDataset, makeStationary, misclassification, recordTwin, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const measured = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, measured.ends);
 * const { exponents, target } = makeStationary(measured, errors, { rule: 'difference' });
 * exponents.windows; // 23, a difference costs one of 24
 * (await grangerScan(exponents, target)).weights; // 42
 */
export function makeStationary(
  exponents: WindowedExponents,
  target: ArrayLike<number>,
  options: MakeStationaryOptions = {},
): StationaryExponents {
  const { rule, order, degree, tests } = makeStationarySettings(options);
  requireKind(exponents, 'windowed-exponents', task);
  const came = readSeries(target, task);
  if (came.length !== exponents.windows) {
    throw new RangeError(
      `Cannot ${task}: one target value for each of ${exponents.windows} windows is required, ${came.length} came`,
    );
  }
  const before = stationarity(came, tests);
  const treatment = rule === 'by-tests' ? treatmentOf[before.verdict] : rule;
  const treated = treat(exponents, came, treatment, order, degree);
  return result({
    kind: 'stationary-exponents',
    rule,
    treatment,
    order: { none: 0, difference: order, detrend: degree }[treatment],
    ...treated,
    before,
    after: treatment === 'none' ? before : stationarity(treated.target, tests),
  });
}

/** Checked options of `makeStationary`, defaults filled in. */
export interface MakeStationarySettings
  extends Required<Pick<MakeStationaryOptions, 'rule' | 'order' | 'degree'>> {
  /** Options of `stationarity`. */
  readonly tests: StationarityOptions;
}

/** @throws as `makeStationary` for its options */
export function makeStationarySettings(options: MakeStationaryOptions): MakeStationarySettings {
  checkOptions(options, makeStationaryOptionNames, task);
  const { rule = 'by-tests', order = 1, degree = 1, ...tests } = options;
  requireOneOf(rule, ['none', 'difference', 'detrend', 'by-tests'], 'rule', task);
  requireWhole(order, 1, 'order', task);
  requireWhole(degree, 0, 'degree', task);
  stationaritySettings(tests, task);
  return { rule, order, degree, tests };
}

const treatmentOf: Readonly<Record<StationarityVerdict, StationaryTreatment>> = {
  stationary: 'none',
  'trend-stationary': 'detrend',
  'unit-root': 'difference',
  inconclusive: 'difference',
  'no-answer': 'none',
};

type Treated = Pick<StationaryExponents, 'exponents' | 'target' | 'treatments'>;

function treat(
  exponents: WindowedExponents,
  target: Float64Array,
  treatment: StationaryTreatment,
  order: number,
  degree: number,
): Treated {
  if (treatment === 'difference') return differenced(exponents, target, order);
  if (treatment === 'detrend') return withoutTrend(exponents, target, degree);
  return { exponents, target: target.slice(), treatments: new Uint8Array(exponents.weights) };
}

const NON_FINITE = exponentStatuses.indexOf('non-finite');

function differenced(exponents: WindowedExponents, target: Float64Array, order: number): Treated {
  const { weights } = exponents;
  let values = exponents.values;
  let status = exponents.status;
  for (let windows = exponents.windows - 1; windows >= Math.max(0, exponents.windows - order); windows--) {
    const change = new Float64Array(windows * weights);
    const changeStatus = new Uint8Array(windows * weights);
    for (let i = 0; i < change.length; i++) {
      change[i] = values[i + weights] - values[i];
      changeStatus[i] = status[i] || status[i + weights];
      if (!Number.isFinite(change[i])) {
        change[i] = Number.NaN;
        changeStatus[i] ||= NON_FINITE;
      }
    }
    values = change;
    status = changeStatus;
  }
  return {
    exponents: result({
      ...exponents,
      estimator: `${exponents.estimator}, differences${order > 1 ? ` of order ${order}` : ''}`,
      windows: Math.max(0, exponents.windows - order),
      starts: exponents.starts.slice(order),
      ends: exponents.ends.slice(order),
      values,
      status,
    }),
    target: difference(target, order),
    treatments: new Uint8Array(weights).fill(stationaryTreatments.indexOf('difference')),
  };
}

function withoutTrend(exponents: WindowedExponents, target: Float64Array, degree: number): Treated {
  const { windows, weights } = exponents;
  const values = exponents.values.slice();
  const treatments = new Uint8Array(weights);
  const basis = trendBasis(windows, degree);
  const series = new Float64Array(windows);
  const residual = new Float64Array(windows);
  for (let w = 0; w < weights; w++) {
    for (let t = 0; t < windows; t++) series[t] = values[t * weights + w];
    if (!isFiniteSeries(series)) continue;
    if (!isFiniteSeries(detrended(series, basis, residual))) continue;
    for (let t = 0; t < windows; t++) values[t * weights + w] = residual[t];
    treatments[w] = stationaryTreatments.indexOf('detrend');
  }
  return {
    exponents: result({
      ...exponents,
      estimator: `${exponents.estimator}, without trend of degree ${degree}`,
      values,
    }),
    target: detrend(target, degree),
    treatments,
  };
}
