import { checkOptions, type OptionNames } from '../core/options';
import { requireAdfLags } from './adf';
import { type AdfLagRule, carriedLag, trendTerms } from './adfRules';
import type { AdfNumbers } from './createAdf';
import { type KpssCriticalValues, type KpssLags, type KpssNumbers, requireKpssLags } from './kpss';
import type { AdfRegression, MackinnonCriticalValues } from './mackinnon';

/**
 * What both tests together say. Index = code in `StationarityScan.verdict`.
 * - `stationary`: around a level, the unit root is rejected and stationarity is not
 * - `trend-stationary`: not so around a level, but around a linear trend
 * - `unit-root`: no unit root is rejected, and stationarity is, even around a trend
 * - `inconclusive`: the tests contradict one another, or neither rejects
 * - `no-answer`: a test that is needed has none; its status says why
 *
 * @example
 * import { stationarityVerdicts } from 'legcnet';
 * stationarityVerdicts[1]; // 'trend-stationary', what a code of 1 in `StationarityScan.verdict` means
 */
export const stationarityVerdicts: readonly StationarityVerdict[] = [
  'stationary',
  'trend-stationary',
  'unit-root',
  'inconclusive',
  'no-answer',
];
/** What the two tests together say of a series. */
export type StationarityVerdict =
  | 'stationary'
  | 'trend-stationary'
  | 'unit-root'
  | 'inconclusive'
  | 'no-answer';

/** Level and lags of the two tests by which a series is judged. */
export interface StationarityOptions {
  /** Level of each test: 0.01, 0.05 or 0.1, for which both have tables. Default 0.05. */
  readonly alpha?: number;
  /** Default `aic`. */
  readonly lagRule?: AdfLagRule;
  /** Most lagged differences of the Dickey-Fuller test. Default floor((n - 1)^(1/3)), not that of `adf`. */
  readonly maxLag?: number;
  /** Lagged products of the KPSS test. Default `auto`. */
  readonly kpssLags?: KpssLags;
}

export const stationarityOptionNames: OptionNames<StationarityOptions> = {
  alpha: true,
  lagRule: true,
  maxLag: true,
  kpssLags: true,
};

export type Significance = keyof MackinnonCriticalValues & keyof KpssCriticalValues;

/** Below this many samples fewer than 2 in 3 stationary AR(1) series of coefficient 0.5 are recognised. */
const POWERFUL_FROM = 30;

export function hasLowPower(samples: number): boolean {
  return samples < POWERFUL_FROM;
}

const significances: ReadonlyMap<number, Significance> = new Map([
  [0.01, '1%'],
  [0.05, '5%'],
  [0.1, '10%'],
]);

/** Checked options, defaults filled in. */
export interface StationaritySettings
  extends Required<Omit<StationarityOptions, 'maxLag'>>,
    Pick<StationarityOptions, 'maxLag'> {
  /** `alpha` as the tables of critical values name it. */
  readonly significance: Significance;
}

/**
 * @param names of all options that may come
 * @throws TypeError for an unknown option, RangeError for one out of range
 */
export function stationaritySettings(
  options: StationarityOptions,
  task: string,
  names: Readonly<Record<string, true>> = stationarityOptionNames,
): StationaritySettings {
  checkOptions(options, names, task);
  const { alpha = 0.05, lagRule = 'aic', maxLag, kpssLags = 'auto' } = options;
  const significance = readSignificance(alpha, task);
  requireAdfLags(lagRule, maxLag, task);
  requireKpssLags(kpssLags, task);
  return { alpha, lagRule, ...(maxLag !== undefined && { maxLag }), kpssLags, significance };
}

/** @throws RangeError unless both tests have a table for it */
function readSignificance(alpha: number, task: string): Significance {
  const significance = significances.get(alpha);
  if (significance === undefined) {
    throw new RangeError(`Cannot ${task}: alpha must be 0.01, 0.05 or 0.1; ${alpha} came`);
  }
  return significance;
}

/** The default of `maxLag`: floor((n - 1)^(1/3)), or less if n does not carry it. */
export function shortMaxLag(samples: number, regression: AdfRegression): number {
  // 125^(1/3) comes out as 4.999…: the small excess lets it count as 5.
  const lag = Math.floor(Math.max(0, samples - 1) ** (1 / 3) + 1e-9);
  return Math.max(0, Math.min(lag, carriedLag(samples, trendTerms[regression])));
}

/** One test each, with the critical value of the level chosen. */
export interface TestPair {
  readonly adf: AdfNumbers;
  readonly adfCritical: number;
  readonly kpss: KpssNumbers;
  readonly kpssCritical: number;
}

export function verdictOf(level: TestPair, trend: TestPair): StationarityVerdict {
  if (isStationary(level)) return 'stationary';
  if (isStationary(trend)) return 'trend-stationary';
  for (const { adf, kpss } of [level, trend]) {
    if (adf.status !== 'ok' || kpss.status !== 'ok') return 'no-answer';
  }
  const isUnitRoot = !rejectsUnitRoot(level) && !rejectsUnitRoot(trend) && rejectsStationarity(trend);
  return isUnitRoot ? 'unit-root' : 'inconclusive';
}

function isStationary(pair: TestPair): boolean {
  return pair.kpss.status === 'ok' && rejectsUnitRoot(pair) && !rejectsStationarity(pair);
}

/** By the critical value for this number of observations; false without an answer. */
function rejectsUnitRoot({ adf, adfCritical }: TestPair): boolean {
  return adf.statistic < adfCritical;
}

function rejectsStationarity({ kpss, kpssCritical }: TestPair): boolean {
  return kpss.statistic > kpssCritical;
}
