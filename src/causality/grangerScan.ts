import type { WindowedExponents } from '../chaos/windowedExponents';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import type { Layers } from '../core/weightLayers';
import { createColumnReader } from '../kernels/columnReader';
import { createWeightTest, type GrangerColumns, setTest } from './grangerTile';
import { scanInWorkers } from './grangerWorkers';
import {
  type LagOptions,
  type LagRule,
  type LagSettings,
  lagOptionNames,
  largestLag,
  readLags,
} from './lags';

/**
 * What a test is worth; numbers are NaN unless `ok`, with one exception: preset `published` writes p = 0 for a failed
 * test. Index = code in `GrangerScan.status`.
 * - `constant`: a lagged series does not change
 * - `collinear`: a lagged series follows from the others
 * - `too-short`: no more than 3 lag + 1 windows
 * - `exact-fit`: the regression leaves nothing to explain
 * - `missing`: a value is NaN or infinite, such as an exponent whose own status is not `ok`
 *
 * @example
 * import { granger, testStatuses } from 'legcnet';
 * testStatuses.indexOf(granger([1, 2, 3], [3, 1, 2], { lag: 1 }).status); // 3, 'too-short'
 */
export const testStatuses: readonly TestStatus[] = [
  'ok',
  'constant',
  'collinear',
  'too-short',
  'exact-fit',
  'missing',
];
/** Why a test has a p-value (`ok`) or none. */
export type TestStatus = 'ok' | 'constant' | 'collinear' | 'too-short' | 'exact-fit' | 'missing';

/**
 * Which comparison of the two regressions decides:
 * - `f`: F test, of correct size at every length
 * - `chi2`: n (R - U) / U, the study's choice; rejects unrelated short series far too often
 * - `lr`: n ln(R / U)
 */
export type GrangerTestName = 'f' | 'chi2' | 'lr';

/** Lags, test and threads of `grangerScan`. */
export interface GrangerScanOptions extends LagOptions, LongRunOptions {
  /** Default `f`; preset `published`: `chi2`. */
  readonly test?: GrangerTestName;
  /**
   * `published`: as the study's code, `chi2` at lags 1..20 or as many as the windows carry (both can be overridden),
   * p-values rounded to 4 decimals, and a test that fails at any lag counts as p = 0.
   */
  readonly preset?: 'published';
  /** Threads that test beside this one. Results do not depend on it, bit for bit. Default 0. */
  readonly workers?: number;
}

const grangerScanOptionNames: OptionNames<GrangerScanOptions> = {
  test: true,
  preset: true,
  workers: true,
  ...lagOptionNames,
  ...longRunOptionNames,
};

/** One Granger test per weight: do its exponents help to predict the target? All arrays have one entry a weight. */
export interface GrangerScan {
  readonly kind: 'granger-scan';
  /** The test that `pValue` is of. */
  readonly test: GrangerTestName;
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Number of weights. */
  readonly weights: number;
  /** Number of windows, that is the length of each series. */
  readonly windows: number;
  /** Lag orders tried. */
  readonly lags: readonly number[];
  /** Which of them decides. */
  readonly lagRule: LagRule;
  /** The lag that decided. */
  readonly lag: Int32Array;
  /** Of the chosen test. */
  readonly statistic: Float64Array;
  /** Geweke's measure ln(var restricted / var full), paper eq. 4. */
  readonly geweke: Float64Array;
  /** Not corrected for the number of tests or lags. */
  readonly pValue: Float64Array;
  /** Index into `testStatuses`. */
  readonly status: Uint8Array;
}

const task = 'scan weights for Granger causality';

/** Of the FT masks; `publishedChoices` has those of the PT masks. */
const STUDY_MAX_LAG = 20;

/**
 * Tests for every weight whether its windowed exponents Granger-cause the target; the test, its statuses and the rules
 * for several lags are those of `granger`. Z = [1, target lags] is decomposed once per lag; each weight then costs its
 * own lags only.
 *
 * A weight is tested if all its exponents are numbers. One NaN (an exponent whose status is not `ok`) makes it `missing`:
 * leaving single windows out would break the lags. The zeros of the `published` exponents are numbers and count as such.
 *
 * @param exponents windows x weights, from `windowedLyapunov`
 * @param target one number a window, such as the misclassification at each window's last iterate
 * @returns one test a weight
 * @throws RangeError when the target's length is not the number of windows or an option is out of range, TypeError when
 *   both lag and maxLag are given or for an unknown option, the signal's reason when aborted
 * @example
 * import { createNetwork, grangerScan, loadDataset, misclassification, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * const scan = await grangerScan(exponents, errors, { lag: 1 });
 * scan.pValue.filter(p => p < 0.05).length; // 4, of 42 weights
 */
export async function grangerScan(
  exponents: WindowedExponents,
  target: ArrayLike<number>,
  options: GrangerScanOptions = {},
): Promise<GrangerScan> {
  requireKind(exponents, 'windowed-exponents', task);
  const { windows, weights, values } = exponents;
  const { test, workers, isPublished, lags, lagRule } = grangerScanSettings(options, windows);
  const effect = readSeries(target, task);
  if (effect.length !== windows) {
    throw new RangeError(
      `Cannot ${task}: one target value for each of ${windows} windows is required, ${effect.length} came`,
    );
  }

  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Granger tests', done, total: weights, unit: 'weights' });
  const scanned = { effect, lags, lagRule, test, isPublished };
  const columns =
    workers > 0 ? await scanInWorkers(workers, scanned, exponents, run, progress) : await scanHere();
  run.finish(progress(weights));
  return result({
    kind: 'granger-scan',
    test,
    layers: exponents.layers,
    weights,
    windows,
    lags,
    lagRule,
    ...columns,
  });

  async function scanHere(): Promise<GrangerColumns> {
    const found = {
      lag: new Int32Array(weights),
      statistic: new Float64Array(weights),
      geweke: new Float64Array(weights),
      pValue: new Float64Array(weights),
      status: new Uint8Array(weights),
    };
    const testCause = createWeightTest(scanned);
    const causeOf = createColumnReader(values, windows, weights);
    for (let w = 0; w < weights; w++) {
      setTest(found, w, testCause(causeOf(w)));
      if (run.isDue) await run.pause(progress(w));
    }
    return found;
  }
}

/** Checked options of `grangerScan`, defaults filled in. */
export interface GrangerScanSettings extends LagSettings {
  readonly test: GrangerTestName;
  readonly workers: number;
  /** Whether p-values are those of the study's code. */
  readonly isPublished: boolean;
}

/**
 * @param windows length of the series, which says how many lags preset `published` tries
 * @throws as `grangerScan` for its options
 */
export function grangerScanSettings(options: GrangerScanOptions, windows: number): GrangerScanSettings {
  checkOptions(options, grangerScanOptionNames, task);
  const { preset } = options;
  const isPublished = preset === 'published';
  const { test = isPublished ? 'chi2' : 'f', workers = 0 } = options;
  if (preset !== undefined) requireOneOf(preset, ['published'], 'preset', task);
  requireOneOf(test, ['f', 'chi2', 'lr'], 'test', task);
  requireWhole(workers, 0, 'workers', task);
  const isStudyDefault = isPublished && options.lag === undefined && options.maxLag === undefined;
  const maxLag = Math.max(1, Math.min(STUDY_MAX_LAG, largestLag(windows)));
  return { test, workers, isPublished, ...readLags(isStudyDefault ? { ...options, maxLag } : options, task) };
}
