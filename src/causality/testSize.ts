import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { normal, type Random, randomStream } from '../statistics/random';
import { createGranger } from './createGranger';
import type { GrangerTestName } from './grangerScan';
import { isCarried, type LagOptions, type LagRule, lagOptionNames, readLags } from './lags';

/**
 * What is drawn for both series of a pair:
 * - `white-noise`: independent normal numbers
 * - `random-walk`: their sums
 */
export type UnrelatedSeries = 'white-noise' | 'random-walk';

/** Series, number of pairs, lags and tests of `testSize`. */
export interface TestSizeOptions extends LagOptions, LongRunOptions {
  /** Seed of the series. */
  readonly seed: number;
  /** Pairs per length. Default 2000. */
  readonly pairs?: number;
  /** Level of the test. Default 0.05. */
  readonly alpha?: number;
  /** Default all three. */
  readonly tests?: readonly GrangerTestName[];
  /** Default `white-noise`. */
  readonly series?: UnrelatedSeries;
}

const testSizeOptionNames: OptionNames<TestSizeOptions> = {
  seed: true,
  pairs: true,
  alpha: true,
  tests: true,
  series: true,
  ...lagOptionNames,
  ...longRunOptionNames,
};

/** How often one test rejects; arrays have one entry a length. */
export interface RejectionRates {
  /** The test. */
  readonly test: GrangerTestName;
  /** Share of the pairs with p < alpha; NaN where the length carries no lag. */
  readonly rate: Float64Array;
  /** 95 % interval of the share (Wilson). */
  readonly low: Float64Array;
  /** Upper end of the 95 % interval. */
  readonly high: Float64Array;
}

/** How often Granger tests reject pairs of series that have nothing to do with one another. */
export interface TestSize {
  readonly kind: 'test-size';
  /** What the pairs are made of. */
  readonly series: UnrelatedSeries;
  /** The level that the tests should keep. */
  readonly alpha: number;
  /** Unrelated pairs of each length. */
  readonly pairs: number;
  /** Seed of the series. */
  readonly seed: number;
  /** Lag orders tried, where the length carries them, and which of them decides. */
  readonly lags: readonly number[];
  /** How one of several lags was chosen. */
  readonly lagRule: LagRule;
  /** Lengths of the series. */
  readonly windows: readonly number[];
  /** One entry a test. */
  readonly rates: readonly RejectionRates[];
}

/**
 * The size of a Granger test: the share of unrelated pairs that it rejects at level alpha, by simulation. A test does what
 * it says where the share is alpha. The same pairs serve every test.
 *
 * At alpha 0.05, in per cent of 20 000 pairs of white noise (seed 1; 20 windows carry lags up to 6):
 *
 *                                     F                    chi2
 *     windows                  20    50   100       20    50   100
 *     lag 1                   5.1   5.2   4.9      9.0   6.6   5.4
 *     lag 4                   4.5   5.0   4.9     44.1  13.2   8.1
 *     1-4, smallest p        12.7  11.7  10.8     50.5  19.6  14.1
 *     1-4, AIC               10.5  10.5   9.6     36.2  15.1  11.5
 *     1-4, BIC               11.0   7.1   5.5     25.2   8.7   6.1
 *     1-14, smallest p       18.7  23.7  19.5     96.4  97.2  47.5
 *     1-14, AIC               6.6  10.3  11.8     86.9  59.9  14.8
 *     1-14, BIC               7.7   9.4   5.5     77.5  11.9   6.1
 *
 * Only a lag that is fixed beforehand keeps the level at every length; a criterion sees the cause, too, and prefers lags at
 * which it happens to fit. Random walks at lag 1 by F: 13.5, 16.1, 16.4.
 *
 * @param windows lengths of the series, each a whole number from 1 up
 * @throws RangeError for an option out of range, TypeError as `granger`, the signal's reason when aborted
 * @example
 * import { testSize } from 'legcnet';
 * const { rates } = await testSize([12, 100], { seed: 1 });
 * [rates[1].test, rates[1].rate[0]]; // [ 'chi2', 0.1365 ], far above 0.05 at 12 windows
 */
export async function testSize(windows: readonly number[], options: TestSizeOptions): Promise<TestSize> {
  const task = 'measure the size of a test';
  checkOptions(options, testSizeOptionNames, task);
  const { seed, pairs = 2000, alpha = 0.05, tests = ['f', 'chi2', 'lr'], series = 'white-noise' } = options;
  for (const length of windows) requireWhole(length, 1, 'a number of windows', task);
  requireWhole(pairs, 1, 'pairs', task);
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new RangeError(`Cannot ${task}: alpha must lie in [0, 1], ${alpha} came`);
  }
  for (const test of tests) requireOneOf(test, ['f', 'chi2', 'lr'], 'test', task);
  requireOneOf(series, ['white-noise', 'random-walk'], 'series', task);
  const { lags, lagRule } = readLags(options, task);

  const run = new LongRun(options);
  const total = windows.length * pairs;
  const progress = (done: number) => ({ task: 'Size of the test', done, total, unit: 'pairs' });
  const rejected = tests.map(() => new Float64Array(windows.length));
  for (let w = 0; w < windows.length; w++) {
    const draw = normal(randomStream(seed, `unrelated pairs of ${windows[w]}`));
    const cause = new Float64Array(windows[w]);
    const effect = new Float64Array(windows[w]);
    for (let pair = 0; pair < pairs; pair++) {
      fill(cause, series, draw);
      fill(effect, series, draw);
      createGranger(effect, { lags, lagRule, tests })(cause).forEach(({ pValue }, i) => {
        if (pValue < alpha) rejected[i][w]++;
      });
      if (run.isDue) await run.pause(progress(w * pairs + pair));
    }
  }
  run.finish(progress(total));
  const isTested = windows.map(length => lags.some(lag => isCarried(length, lag)));
  return result({
    kind: 'test-size',
    series,
    alpha,
    pairs,
    seed,
    lags,
    lagRule,
    windows: [...windows],
    rates: tests.map((test, i) => ({ test, ...ratesOf(rejected[i], pairs, isTested) })),
  });
}

function fill(series: Float64Array, kind: UnrelatedSeries, draw: Random): void {
  let level = 0;
  for (let t = 0; t < series.length; t++) {
    const step = draw();
    level += step;
    series[t] = kind === 'random-walk' ? level : step;
  }
}

/** 97.5 % quantile of the normal distribution. */
const TWO_SIDED = 1.959963984540054;

function ratesOf(
  rejected: Float64Array,
  pairs: number,
  isTested: readonly boolean[],
): Omit<RejectionRates, 'test'> {
  const rate = rejected.map((count, w) => (isTested[w] ? count / pairs : Number.NaN));
  const square = TWO_SIDED ** 2 / pairs;
  const centre = rate.map(share => (share + square / 2) / (1 + square));
  const half = rate.map(share => Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square));
  return { rate, low: centre.map((c, w) => c - half[w]), high: centre.map((c, w) => c + half[w]) };
}
