import { checkOptions, type OptionNames } from '../core/options';
import { describeValue, isList, requireNumber, requireOneOf } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { mean, sampleVariance } from './moments';
import { pairDifferences } from './pairDifferences';
import { tQuantile } from './quantiles';
import { tUpperTail } from './tails';

/**
 * What the two lists are:
 * - `paired`: runs that share their seeds, in the same order
 * - `welch`: independent runs, each list with its own variance
 * - `pooled`: independent runs, one variance for both
 */
export type EquivalenceDesign = 'paired' | 'welch' | 'pooled';

const designs: readonly EquivalenceDesign[] = ['paired', 'welch', 'pooled'];

/** Margin, level and design of `equivalenceTest`. */
export interface EquivalenceOptions {
  /**
   * The largest difference of means that is of no account, in the unit of the values: a number for both sides, or [low, high].
   * No default is honest.
   */
  readonly margin: number | readonly [low: number, high: number];
  /** Default `paired`. */
  readonly design?: EquivalenceDesign;
  /** Level of both one-sided tests. Default 0.05. */
  readonly alpha?: number;
}

const optionNames: OptionNames<EquivalenceOptions> = { margin: true, design: true, alpha: true };

/** Two one-sided tests of one difference of means. */
export interface EquivalenceTest {
  readonly kind: 'equivalence-test';
  /** Mean of first - mean of second. */
  readonly difference: number;
  /** Differences inside count as none. */
  readonly margin: readonly [low: number, high: number];
  /** Whether values are pairs, and if not whether their variances are pooled. */
  readonly design: EquivalenceDesign;
  /** Values in each list. */
  readonly n: readonly [first: number, second: number];
  /** Of the difference. */
  readonly standardError: number;
  /** Degrees of freedom of t. */
  readonly df: number;
  /** t against a difference at or below the lower margin. */
  readonly lowerT: number;
  /** P(T > lowerT). */
  readonly lowerPValue: number;
  /** t against a difference at or above the upper margin. */
  readonly upperT: number;
  /** P(T < upperT). */
  readonly upperPValue: number;
  /** The larger of the two. */
  readonly pValue: number;
  /** Level of the test. */
  readonly alpha: number;
  /** Lower end of Student's interval of level 1 - 2 alpha, which lies within the margins exactly when the test rejects. */
  readonly low: number;
  /** Upper end of Student's interval. */
  readonly high: number;
  /** Whether the p-value is below alpha: the difference lies within the margins. If not, nothing is shown either way. */
  readonly equivalent: boolean;
  /**
   * `too-short`: fewer than two values on a side; `constant`: no spread to measure the difference with; `non-finite`: NaN or
   * infinity among the values or made of them. Unless `ok`, t, p-values and interval are NaN and `equivalent` is false.
   */
  readonly status: 'ok' | 'too-short' | 'constant' | 'non-finite';
}

/**
 * Are two kinds of runs equally good, up to a margin? Two one-sided t-tests (TOST): one rejects that the difference of means
 * is at or below the lower margin, the other that it is at or above the upper one; both must. A large p-value of an ordinary
 * t-test says nothing of the kind.
 *
 *     t = (difference - margin) / standard error
 *
 * Schuirmann 1987, J. Pharmacokinetics and Biopharmaceutics 15, 657. Welch's degrees of freedom: Welch 1947, Biometrika 34, 28.
 *
 * @throws TypeError unless both are arrays of numbers, for `paired` of one length, and the margin a number or two
 * @throws RangeError for an option out of range
 * @example
 * import { equivalenceTest } from 'legcnet';
 * equivalenceTest([0.9, 0.88, 0.91, 0.89], [0.89, 0.89, 0.9, 0.9], { margin: 0.02 }).pValue; // 0.0203
 */
export function equivalenceTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: EquivalenceOptions,
): EquivalenceTest {
  checkOptions(options, optionNames, task);
  const { design = 'paired', alpha = 0.05 } = options;
  const margin = marginOf(options.margin);
  requireOneOf(design, designs, 'design', task);
  requireNumber(alpha, alpha > 0 && alpha < 0.5, 'between 0 and 0.5', 'alpha', task);
  const samples =
    design === 'paired'
      ? [pairDifferences(first, second, task)]
      : [readSeries(first, task), readSeries(second, task)];

  const { difference, standardError, df, status } = spreadOf(samples, design);
  const isOk = status === 'ok';
  const lowerT = isOk ? (difference - margin[0]) / standardError : Number.NaN;
  const upperT = isOk ? (difference - margin[1]) / standardError : Number.NaN;
  const lowerPValue = isOk ? tUpperTail(lowerT, df) : Number.NaN;
  const upperPValue = isOk ? tUpperTail(-upperT, df) : Number.NaN;
  const pValue = Math.max(lowerPValue, upperPValue);
  const half = isOk ? tQuantile(1 - alpha, df) * standardError : Number.NaN;
  return result({
    kind: 'equivalence-test',
    difference,
    margin,
    design,
    n: [first.length, second.length],
    standardError,
    df,
    lowerT,
    lowerPValue,
    upperT,
    upperPValue,
    pValue,
    alpha,
    low: difference - half,
    high: difference + half,
    equivalent: pValue < alpha,
    status,
  });
}

const task = 'test equivalence';

function marginOf(margin: EquivalenceOptions['margin']): readonly [number, number] {
  if (typeof margin !== 'number' && !(isList(margin) && margin.length === 2)) {
    throw new TypeError(
      `Cannot ${task}: margin must be a number or [low, high], ${describeValue(margin)} came`,
    );
  }
  const [low, high] = typeof margin === 'number' ? [-margin, margin] : margin;
  requireNumber(low, Number.isFinite(low), 'finite', 'the lower margin', task);
  requireNumber(
    high,
    Number.isFinite(high) && high > low,
    'finite and above the lower',
    'the upper margin',
    task,
  );
  return [low, high];
}

/** Difference of means with its standard error; one sample holds differences already. */
function spreadOf(
  samples: readonly Float64Array[],
  design: EquivalenceDesign,
): Pick<EquivalenceTest, 'difference' | 'standardError' | 'df' | 'status'> {
  const [difference, standardError, df] = design === 'pooled' ? pooled(samples) : separate(samples);
  const allFinite = samples.every(sample => sample.every(Number.isFinite));
  const isConstant = samples.every(sample => sample.every(value => value === sample[0]));
  const found = { difference, standardError, df };
  if (samples.some(({ length }) => length < 2)) return { ...found, status: 'too-short' };
  if (!allFinite || !Number.isFinite(difference) || !Number.isFinite(standardError))
    return { ...found, status: 'non-finite' };
  // A mean of equal numbers may be off by a rounding error, which is no spread.
  if (isConstant || !(standardError > 0) || !Number.isFinite(df))
    return { ...found, standardError: 0, df: Number.NaN, status: 'constant' };
  return { ...found, status: 'ok' };
}

type Spread = [difference: number, standardError: number, df: number];

/** Welch's for two samples; for one the ordinary t. */
function separate(samples: readonly Float64Array[]): Spread {
  const parts = samples.map(sample => sampleVariance(sample) / sample.length);
  const variance = parts.reduce((sum, part) => sum + part, 0);
  // Shares, because squares of small variances vanish.
  const rest = samples.reduce((sum, { length }, i) => sum + (parts[i] / variance) ** 2 / (length - 1), 0);
  return [differenceOf(samples), Math.sqrt(variance), 1 / rest];
}

function pooled([first, second]: readonly Float64Array[]): Spread {
  const [n, m] = [first.length, second.length];
  const df = n + m - 2;
  const variance = ((n - 1) * sampleVariance(first) + (m - 1) * sampleVariance(second)) / df;
  return [differenceOf([first, second]), Math.sqrt(variance * (1 / n + 1 / m)), df];
}

function differenceOf([first, second]: readonly Float64Array[]): number {
  return second === undefined ? mean(first) : mean(first) - mean(second);
}
