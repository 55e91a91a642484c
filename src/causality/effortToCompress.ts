import { checkOptions, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { createPairTable, substitutionSteps } from '../kernels/pairSubstitution';
import { type CheckStatus, hasMissing, isConstant } from './nonlinearCheck';

/** What is compressed together, and into how many symbols a series is cut. */
export interface EffortToCompressOptions {
  /** A second sequence of the same length: the pairs of simultaneous symbols are compressed together. */
  readonly jointWith?: ArrayLike<number>;
  /** Cuts each series into this many bins of equal width, 2 to 1000. Left out: the numbers themselves are the symbols. */
  readonly bins?: number;
}

const effortOptionNames: OptionNames<EffortToCompressOptions> = { jointWith: true, bins: true };

/** Effort to compress one sequence. */
export interface EffortToCompress {
  readonly kind: 'effort-to-compress';
  /** `missing` (a value is not finite), `too-short` (fewer than 2 symbols), `constant` (an answer: 0 steps) or `ok`. */
  readonly status: CheckStatus;
  /** Substitutions until all symbols are equal; NaN when `missing`. */
  readonly steps: number;
  /** Steps / (length - 1), from 0 (constant) to 1; NaN when `missing` or `too-short`. */
  readonly normalised: number;
  /** Symbols in the sequence. */
  readonly length: number;
}

/**
 * How hard a sequence is to compress by non-sequential recursive pair substitution: the number of steps until all symbols
 * are equal, where each step replaces the most frequent pair of neighbours by a new symbol. Of equally frequent pairs the
 * one seen first is taken; aaa holds one pair aa.
 *
 * With `jointWith` a symbol is a pair of simultaneous symbols, so the two sequences are compressed together.
 *
 * Nagaraj, Balasubramanian & Dey 2013, Eur. Phys. J. Special Topics 222, 847. Equal to ETCPy, but for `bins`: see
 * `binSymbols`.
 *
 * @param symbols numbers; equal numbers are equal symbols
 * @throws TypeError unless the sequences are arrays of numbers, RangeError when their lengths differ or bins is out of range
 * @example
 * import { effortToCompress } from 'legcnet';
 * effortToCompress([2, 1, 1, 1, 1, 2]).steps; // 4
 */
export function effortToCompress(
  symbols: ArrayLike<number>,
  options: EffortToCompressOptions = {},
): EffortToCompress {
  const task = 'measure effort to compress';
  checkOptions(options, effortOptionNames, task);
  const { jointWith, bins } = options;
  const series = [symbols, ...(jointWith === undefined ? [] : [jointWith])].map(s => readSeries(s, task));
  const length = series[0].length;
  if (series[series.length - 1].length !== length) {
    throw new RangeError(
      `Cannot ${task}: two sequences of one length are required, ${series.map(s => s.length).join(' and ')} symbols came`,
    );
  }
  if (bins !== undefined) requireBins(bins, task);
  if (series.some(hasMissing)) return describe('missing', Number.NaN);
  const coded = series.map(s => (bins === undefined ? numberSymbols(s) : binSymbols(s, bins)));
  const joint = coded.length === 1 ? coded[0] : numberSymbols(jointSymbols(coded[0], coded[1]));
  const steps = substitutionSteps(joint, length, largest(joint) + 1, createPairTable(length));
  if (length < 2) return describe('too-short', steps);
  return describe(series.every(isConstant) ? 'constant' : 'ok', steps);

  function describe(status: CheckStatus, found: number): EffortToCompress {
    const normalised = length < 2 ? Number.NaN : found / (length - 1);
    return result({ kind: 'effort-to-compress', status, steps: found, normalised, length });
  }
}

/**
 * Bins of equal width between the smallest and the largest value, numbered from 0; the largest value belongs to the last.
 * ETCPy instead widens the range by 1e-6, whatever its size: a series of range 1e-6 then loses half of its bins.
 *
 * @param series finite values
 */
export function binSymbols(series: Float64Array, bins: number): Int32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of series) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // Halves where the range of the largest doubles is not finite; not elsewhere, since halves of the smallest are 0.
  const unit = Number.isFinite(high - low) ? 1 : 2;
  const range = high / unit - low / unit;
  return Int32Array.from(series, value => {
    if (range === 0) return 0;
    return Math.min(bins - 1, Math.floor(((value / unit - low / unit) / range) * bins));
  });
}

/** @throws RangeError unless bins is a whole number from 2 to 1000 */
export function requireBins(bins: number, task: string): void {
  requireWhole(bins, 2, 'bins', task);
  if (bins > 1000) throw new RangeError(`Cannot ${task}: bins must be at most 1000, ${bins} came`);
}

/** Equal numbers become equal whole numbers, 0, 1, … in the order in which they are first seen. */
function numberSymbols(series: Float64Array): Int32Array {
  const codes = new Map<number, number>();
  return Int32Array.from(series, value => {
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
}

function jointSymbols(first: Int32Array, second: Int32Array): Float64Array {
  const width = largest(second) + 1;
  return Float64Array.from(first, (symbol, i) => symbol * width + second[i]);
}

function largest(symbols: Int32Array): number {
  return symbols.reduce((a, b) => Math.max(a, b), 0);
}
