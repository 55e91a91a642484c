import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { type Random, randomStream } from '../statistics/random';
import {
  createEstimator,
  type KantzOptions,
  lyapunovOptionNames,
  type RosensteinOptions,
  readsDifference,
} from './lyapunov';
import { createSurrogates, type SeriesSurrogateKind, surrogateKinds } from './surrogate';
import type { ExponentStatus } from './windowedExponents';

/** How exponents are held against those of surrogates. */
export interface SurrogateBandOptions {
  /** What the surrogates keep of the series: the null hypothesis. Default `iaaft`. */
  readonly surrogate?: SeriesSurrogateKind;
  /** Number of surrogates. Default 39, the smallest for a two-sided test at 5 %. */
  readonly count?: number;
  /** Level of the two-sided test, and of the band. Default 0.05. */
  readonly alpha?: number;
  /** Seed of all surrogates. */
  readonly seed: number | string;
}

/** The estimator must be named: `direct` reads differences, whose surrogates mean nothing. */
export type SurrogateTestOptions = SurrogateBandOptions & (RosensteinOptions | KantzOptions);

export const surrogateTestOptionNames: Readonly<Record<string, true>> = {
  ...lyapunovOptionNames,
  surrogate: true,
  count: true,
  alpha: true,
  seed: true,
} satisfies OptionNames<SurrogateTestOptions>;

/** An exponent with the band that chance gives it. */
export interface SurrogateTest {
  readonly kind: 'surrogate-test';
  /** Estimator and its settings in words, for captions. */
  readonly estimator: string;
  /** What the surrogates keep of the series. */
  readonly surrogate: SeriesSurrogateKind;
  /** Number of surrogates. */
  readonly count: number;
  /** Level of the test. */
  readonly alpha: number;
  /** Exponent of the series, per iteration. */
  readonly exponent: number;
  /**
   * That of the exponent; `degenerate` also when fewer than half of the surrogates have one. Unless `ok`, band and p-value are NaN.
   */
  readonly status: ExponentStatus;
  /**
   * Where the exponents of surrogates lie: chance leaves alpha / 2 below it and as much above; ends included, and infinite
   * where surrogates without an exponent leave them open.
   */
  readonly band: readonly [number, number];
  /** Two-sided: 2 (1 + surrogates at least as extreme) / (count + 1), at most 1. */
  readonly pValue: number;
  /** Whether the p-value is at most alpha, that is, the exponent outside the band: the series is not what the surrogates are. */
  readonly rejected: boolean;
  /** Exponent of each surrogate, NaN where it has none. Those count as extreme on both sides. */
  readonly surrogates: Float64Array;
}

/**
 * Is it chaos? Estimates the Lyapunov exponent of a series and of surrogates that share its distribution or spectrum but
 * nothing else (see `SeriesSurrogateKind`), and ranks the one among the others.
 *
 * A Rosenstein exponent is positive on plain noise; what speaks for determinism is an exponent outside the band of its
 * surrogates. Rejection says that the series is not of the kind that the surrogates are, no more: drift, a change of level
 * or a frozen stretch also lead to it. For weights under training the run with full batches is the second control, because it
 * has no sampling noise: `recordTraining(network, dataset, { ...options, batch: dataset.train.rows })`; what vanishes there was
 * noise.
 *
 * The test is exact for `shuffle` on independent draws. Of white Gaussian noise, 200 iterates, `shuffle` and `phase` reject
 * 5 % at alpha 0.05 (1000 series each) and `iaaft` 2 % (400 series); uniform noise is not of the kind that `phase` makes, 7 %.
 *
 * Theiler et al. 1992, Physica D 58, 77; Schreiber & Schmitz 2000, Physica D 142, 346, section 2 (rank test, 2 / alpha - 1
 * surrogates).
 *
 * @throws TypeError when the series is no array of numbers, the estimator is `direct` or an option unknown, RangeError for an option out of
 *   range, `count` below 2 / alpha - 1 included
 * @example
 * import { surrogateTest } from 'legcnet';
 * let x = 0.3;
 * const logistic = Array.from({ length: 200 }, () => (x = 4 * x * (1 - x)));
 * surrogateTest(logistic, { estimator: 'rosenstein', surrogate: 'shuffle', seed: 1 }).pValue; // 0.05, no noise
 */
export function surrogateTest(series: ArrayLike<number>, options: SurrogateTestOptions): SurrogateTest {
  checkOptions(options, surrogateTestOptionNames, task);
  const values = readSeries(series, task);
  const { surrogate, count, alpha, seed } = surrogateSettings(options);
  const tester = createSurrogateTester(values.length, options);
  const random = randomStream(seed, `${surrogate} surrogates`);
  const { exponent, status, low, high, pValue } = tester.run(values, 0, random);
  return result({
    kind: 'surrogate-test',
    estimator: tester.description,
    surrogate,
    count,
    alpha,
    exponent,
    status,
    band: [low, high],
    pValue,
    rejected: pValue <= alpha,
    surrogates: tester.surrogates.slice(),
  });
}

/** One window's exponent among its surrogates. */
export interface SurrogateRank {
  readonly exponent: number;
  readonly status: ExponentStatus;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}

/** Tests window after window of one length; buffers are reused. */
export interface SurrogateTester {
  readonly description: string;
  /** Exponents of the last window's surrogates. */
  readonly surrogates: Float64Array;
  run(series: Float64Array, offset: number, random: Random): SurrogateRank;
}

/** Throws as `surrogateTest` does. */
export function createSurrogateTester(length: number, options: SurrogateTestOptions): SurrogateTester {
  const { surrogate, count, alpha } = surrogateSettings(options);
  if (readsDifference(options)) {
    throw new TypeError(`Cannot ${task}: estimator 'rosenstein' or 'kantz' is required, 'direct' came`);
  }
  const estimator = createEstimator(length, options);
  const prepare = createSurrogates(length, surrogate);
  const surrogates = new Float64Array(count);
  const copy = new Float64Array(length);
  return { description: estimator.description, surrogates, run };

  function run(series: Float64Array, offset: number, random: Random): SurrogateRank {
    const { exponent, status } = estimator.run(series, offset);
    surrogates.fill(Number.NaN);
    if (status !== 'ok') return noRank(exponent, status);
    const next = prepare(series, offset);
    for (let s = 0; s < count; s++) {
      next(random, copy);
      const fit = estimator.run(copy, 0);
      if (fit.status === 'ok') surrogates[s] = fit.exponent;
    }
    const sorted = surrogates.filter(value => !Number.isNaN(value)).sort();
    if (2 * sorted.length < count) return noRank(exponent, 'degenerate');
    const missing = count - sorted.length;
    const below = sorted.filter(value => value <= exponent).length;
    const above = sorted.filter(value => value >= exponent).length;
    const extreme = 1 + missing + Math.min(below, above);
    // The k-th from either end leaves alpha / 2 outside; missing ones stand beyond both ends.
    const k = Math.floor((alpha / 2) * (count + 1) + 1e-9) - missing;
    return {
      exponent,
      status,
      low: k >= 1 ? sorted[k - 1] : Number.NEGATIVE_INFINITY,
      high: k >= 1 ? sorted[sorted.length - k] : Number.POSITIVE_INFINITY,
      pValue: Math.min(1, (2 * extreme) / (count + 1)),
    };
  }
}

function noRank(exponent: number, status: ExponentStatus): SurrogateRank {
  return { exponent, status, low: Number.NaN, high: Number.NaN, pValue: Number.NaN };
}

const task = 'test against surrogates';

/** Checked options with defaults. */
export function surrogateSettings(options: SurrogateBandOptions): Required<SurrogateBandOptions> {
  const { surrogate = 'iaaft', count = 39, alpha = 0.05, seed } = options;
  requireOneOf(surrogate, surrogateKinds, 'surrogate', task);
  requireWhole(count, 1, 'count', task);
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`Cannot ${task}: alpha must lie between 0 and 1, ${alpha} came`);
  }
  const least = Math.ceil(2 / alpha - 1 - 1e-9);
  if (count < least) {
    throw new RangeError(
      `Cannot ${task}: a two-sided test at alpha ${alpha} needs 2 / alpha - 1 = ${least} surrogates, ${count} came`,
    );
  }
  return { surrogate, count, alpha, seed };
}
