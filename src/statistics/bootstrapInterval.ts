import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, requireList, requireNumber, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { mean, sampleVariance } from './moments';
import { normalQuantile, tQuantile } from './quantiles';
import { randomStream } from './random';
import { normalUpperTail } from './tails';

/**
 * How an interval is read off the resampled statistics:
 * - `expanded`: quantiles farther out, by as much as Student's interval is wider than a normal one without degrees of freedom
 * - `bca`: quantiles shifted for bias and skewness, from the share of draws below the estimate and the jackknife
 * - `percentile`: plain quantiles
 */
export type BootstrapMethod = 'expanded' | 'bca' | 'percentile';

const methods: readonly BootstrapMethod[] = ['expanded', 'bca', 'percentile'];

/** Level, method, draws and seed of `bootstrapInterval`. */
export interface BootstrapOptions {
  /** Seed of the draws. */
  readonly seed: number | string;
  /** Probability that the interval is meant to hold the true value with. Default 0.95. */
  readonly level?: number;
  /** Samples drawn. Default 9999. */
  readonly draws?: number;
  /** Default `expanded`. */
  readonly method?: BootstrapMethod;
}

/** Names of the options of `bootstrapInterval`. */
export const bootstrapOptionNames: OptionNames<BootstrapOptions> = {
  seed: true,
  level: true,
  draws: true,
  method: true,
};

/**
 * Why an interval is missing:
 * - `too-short`: fewer than 8 units
 * - `non-finite`: the statistic of the sample, or of a drawn one, is NaN or infinite
 * - `constant`: the statistic is the same for every draw
 * - `degenerate`: `bca` asks for quantiles beyond the smallest or largest draw or in the wrong order, or it makes no difference
 *   which unit is left out
 */
export type IntervalStatus = 'ok' | 'too-short' | 'non-finite' | 'constant' | 'degenerate';

/** A statistic with its bootstrap interval. */
export interface BootstrapInterval {
  readonly kind: 'bootstrap-interval';
  /** The statistic of the sample itself. */
  readonly estimate: number;
  /** Lower end of the interval; NaN unless `status` is `ok`. */
  readonly low: number;
  /** Upper end of the interval; NaN unless `status` is `ok`. */
  readonly high: number;
  /** Standard deviation of the statistic over the draws; NaN where there are none. */
  readonly standardError: number;
  /** Share of intervals that should hold the true value. */
  readonly level: number;
  /** How the ends were placed. */
  readonly method: BootstrapMethod;
  /** Samples drawn. */
  readonly draws: number;
  /** Units in the sample. */
  readonly n: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /** Whether there is an interval, and why not. */
  readonly status: IntervalStatus;
}

const LEAST_UNITS = 8;

/**
 * A statistic with a bootstrap interval: samples of the same size are drawn with replacement, and the quantiles of their
 * statistics are its ends. What is drawn are whole units, so an array of pairs keeps its pairs together.
 *
 * With G the distribution of the draws, Phi the normal one and z = Phi^-1((1 -+ level) / 2):
 *
 *     expanded    G^-1(Phi(sqrt(n / (n - 1)) t)),  t as z, of Student's distribution with n - 1 degrees of freedom
 *     percentile  G^-1(Phi(z))
 *     bca         G^-1(Phi(z0 + (z0 + z) / (1 - a (z0 + z)))),  z0 = Phi^-1(share of draws below the estimate, half of the
 *                 equal ones counted), a = sum of d^3 / (6 (sum of d^2)^1.5), d = jackknife mean - jackknife value
 *
 * The k-th of B draws stands for the quantile k / (B + 1), with straight lines between.
 *
 * Share of 95 % intervals that held the true mean, 2000 samples each of normal, accuracy-like (137 rows, 0.88) and exponential
 * numbers: `expanded` 94, 95, 91 % at n = 10 and 95, 95, 92 % at 20; `bca` 89, 90, 88 % at 10 and 94, 93, 91 % at 20; `percentile`
 * as `bca` or lower. Hence the default; at 50 all three lie between 93 and 95 %.
 *
 * Efron 1987, J. American Statistical Association 82, 171 (`bca`); Hesterberg 2015, The American Statistician 69, 371, section
 * 4.3 (`expanded`).
 *
 * @param sample units: numbers, pairs or anything else that the statistic reads; not changed
 * @param statistic of a sample; called with arrays that it must neither keep nor change
 * @throws TypeError when `sample` is no array, `statistic` no function or returns no number, or an option does not exist
 * @throws RangeError for an option out of range, too few draws for the level included
 * @example
 * import { bootstrapInterval, mean } from 'legcnet';
 * const { low, high } = bootstrapInterval([0.86, 0.88, 0.87, 0.9, 0.85, 0.88, 0.91, 0.87], mean, { seed: 1 });
 * [low, high]; // [ 0.8617, 0.895 ]
 */
export function bootstrapInterval<T>(
  sample: ArrayLike<T>,
  statistic: (sample: readonly T[]) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  checkOptions(options, bootstrapOptionNames, task);
  const { seed, level = 0.95, draws = 9999, method = 'expanded' } = options;
  requireList(sample, 'sample', task);
  if (typeof statistic !== 'function') {
    throw new TypeError(`Cannot ${task}: statistic must be a function, ${describeValue(statistic)} came`);
  }
  requireOneOf(method, methods, 'method', task);
  requireNumber(level, level > 0 && level < 1, 'between 0 and 1', 'level', task);
  requireWhole(draws, Math.ceil(2 / (1 - level) - 1 - 1e-9), `draws (for level ${level})`, task);
  const random = randomStream(seed, 'bootstrap');

  const units = Array.from(sample);
  const n = units.length;
  const drawn = new Float64Array(draws);
  const estimate = n === 0 ? Number.NaN : asked(statistic(units));
  const found = interval();
  return result({ kind: 'bootstrap-interval', estimate, ...found, level, method, draws, n, seed });

  function interval(): Pick<BootstrapInterval, 'low' | 'high' | 'standardError' | 'status'> {
    if (n < LEAST_UNITS) return missing('too-short');
    if (!Number.isFinite(estimate)) return missing('non-finite');
    const resample = units.slice();
    for (let b = 0; b < draws; b++) {
      for (let i = 0; i < n; i++) resample[i] = units[Math.floor(random() * n)];
      drawn[b] = asked(statistic(resample));
    }
    if (!drawn.every(Number.isFinite)) return missing('non-finite');
    drawn.sort();
    const standardError = Math.sqrt(sampleVariance(drawn));
    if (drawn[0] === drawn[draws - 1]) return missing('constant', standardError);
    const tail = (1 - level) / 2;
    const [from, to] = method === 'bca' ? shifted(tail) : [spread(tail), spread(1 - tail)];
    const isInside = from < to && from >= 1 / (draws + 1) && to <= draws / (draws + 1);
    // Few draws leave the wider quantiles no room: their ends are then the outermost draws.
    if (method === 'bca' && !isInside) return missing('degenerate', standardError);
    return { low: quantileOf(drawn, from), high: quantileOf(drawn, to), standardError, status: 'ok' };
  }

  /** The quantile to read for a plain one. */
  function spread(p: number): number {
    if (method === 'percentile') return p;
    return 1 - normalUpperTail(Math.sqrt(n / (n - 1)) * tQuantile(p, n - 1));
  }

  /** Both quantiles of `bca`; NaN where it makes no difference which unit is left out. */
  function shifted(tail: number): [number, number] {
    let below = 0;
    for (const value of drawn) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
    const z0 = normalQuantile(below / draws);
    const a = acceleration();
    const at = (z: number): number => normalUpperTail(-(z0 + (z0 + z) / (1 - a * (z0 + z))));
    return [at(normalQuantile(tail)), at(normalQuantile(1 - tail))];
  }

  function acceleration(): number {
    const without = Float64Array.from(units, (_, left) =>
      asked(statistic(units.filter((_, i) => i !== left))),
    );
    const centre = mean(without);
    let squares = 0;
    let cubes = 0;
    // Scaled, because the cubes of small differences vanish.
    const largest = without.reduce((most, value) => Math.max(most, Math.abs(centre - value)), 0);
    for (const value of without) {
      const d = (centre - value) / largest;
      squares += d * d;
      cubes += d ** 3;
    }
    return cubes / (6 * squares ** 1.5);
  }
}

const task = 'make a bootstrap interval';

function asked(value: number): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`Cannot ${task}: the statistic must return a number, ${describeValue(value)} came`);
}

function missing(
  status: IntervalStatus,
  standardError: number = Number.NaN,
): Pick<BootstrapInterval, 'low' | 'high' | 'standardError' | 'status'> {
  return { low: Number.NaN, high: Number.NaN, standardError, status };
}

/** Quantile of sorted values, the k-th of B standing for k / (B + 1). */
function quantileOf(sorted: Float64Array, p: number): number {
  const at = Math.min(sorted.length, Math.max(1, p * (sorted.length + 1))) - 1;
  const below = Math.min(sorted.length - 2, Math.floor(at));
  const share = at - below;
  return sorted[below] * (1 - share) + sorted[below + 1] * share;
}
