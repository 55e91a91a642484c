import type { WindowedExponents } from '../chaos/windowedExponents';
import type { OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { readSeries } from '../core/series';
import { type Random, randomStream, shuffleInPlace } from '../statistics/random';
import { type TestStatus, testStatuses } from './grangerScan';
import { standardise } from './grangerStatistics';

/**
 * What a nonlinear check is worth; numbers are NaN unless `ok`. The statuses and codes of a Granger test, and
 * - `degenerate`: so many exact repeats that distances or predictions do not vary
 */
export type CheckStatus = TestStatus | 'degenerate';

/**
 * Index = code in the `status` of a scan; the first codes are those of `testStatuses`.
 *
 * @example
 * import { checkStatuses } from 'legcnet';
 * checkStatuses[6]; // 'degenerate'
 */
export const checkStatuses: readonly CheckStatus[] = [...testStatuses, 'degenerate'];

/**
 * How a cause is made that cannot be one:
 * - `shift`: its samples moved round a circle by a random number of places; keeps its rhythm
 * - `shuffle`: its samples in random order; keeps only their values, so that unrelated but slowly varying series reject
 *   far too often (100 samples of AR(1) 0.9, level 0.05: KSG 15 %, cross map 38 %; `shift` 3 % and 5 %)
 */
export type SurrogateKind = 'shift' | 'shuffle';

/** With how many surrogate causes a value is compared, and of which kind. */
export interface SurrogateOptions {
  /** Number N of surrogate causes behind the p-value. Default 0, which leaves it NaN. */
  readonly surrogates?: number;
  /** Default `shift`. */
  readonly surrogate?: SurrogateKind;
  /** Seed of the surrogates; required when there are any. */
  readonly seed?: number;
}

export const surrogateOptionNames: OptionNames<SurrogateOptions> = {
  surrogates: true,
  surrogate: true,
  seed: true,
};

/** Both series as typed arrays of one length. */
export function readPair(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  task: string,
): [cause: Float64Array, effect: Float64Array] {
  const x = readSeries(cause, task);
  const y = readSeries(effect, task);
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot ${task}: two series of one length are required, ${x.length} and ${y.length} samples came`,
    );
  }
  return [x, y];
}

/** The target of a scan, one value a window. */
export function readTarget(
  target: ArrayLike<number>,
  exponents: WindowedExponents,
  task: string,
): Float64Array {
  requireKind(exponents, 'windowed-exponents', task);
  const { windows } = exponents;
  const effect = readSeries(target, task);
  if (effect.length !== windows) {
    throw new RangeError(
      `Cannot ${task}: one target value for each of ${windows} windows is required, ${effect.length} came`,
    );
  }
  return effect;
}

export function requireSurrogates({ surrogates, surrogate, seed }: SurrogateOptions, task: string): void {
  requireWhole(surrogates ?? 0, 0, 'surrogates', task);
  requireOneOf(surrogate ?? 'shift', ['shift', 'shuffle'], 'surrogate', task);
  requireSeed(surrogates ?? 0, seed, 'surrogates', task);
}

/** @throws TypeError unless a seed came where something is drawn */
export function requireSeed(draws: number, seed: number | undefined, what: string, task: string): void {
  if (draws > 0 && typeof seed !== 'number') {
    throw new TypeError(`Cannot ${task}: ${what} need a seed, a number; got ${typeof seed}`);
  }
}

/**
 * One order of samples per surrogate, drawn once: every cause of a scan meets the same ones. The cause as it came may be
 * among them, which keeps the p-value exact where all orders are equally likely.
 */
export function surrogateOrders(
  length: number,
  surrogates: number,
  kind: SurrogateKind,
  seed: number,
  name: string,
): readonly Int32Array[] {
  const random = randomStream(seed, name);
  return Array.from({ length: surrogates }, () => surrogateOrder(length, kind, random));
}

function surrogateOrder(length: number, kind: SurrogateKind, random: Random): Int32Array {
  const shift = kind === 'shift' ? Math.floor(random() * length) : 0;
  const order = Int32Array.from({ length }, (_, t) => (t + shift) % length);
  return kind === 'shuffle' ? shuffleInPlace(order, random) : order;
}

/** (1 + surrogates not below the value) / (1 + surrogates); NaN without surrogates. */
export function surrogatePValue(value: number, surrogates: Float64Array): number {
  if (surrogates.length === 0) return Number.NaN;
  let reached = 0;
  for (const surrogate of surrogates) if (!(surrogate < value)) reached++;
  return (1 + reached) / (1 + surrogates.length);
}

/**
 * The same for a value that may be unusual on either side: how many lie at least as far from the mean of all, the value
 * included.
 */
export function twoSidedSurrogatePValue(value: number, surrogates: Float64Array): number {
  let mean = value / (1 + surrogates.length);
  for (const surrogate of surrogates) mean += surrogate / (1 + surrogates.length);
  return surrogatePValue(
    Math.abs(value - mean),
    surrogates.map(surrogate => Math.abs(surrogate - mean)),
  );
}

export function hasMissing(series: Float64Array): boolean {
  return series.some(value => !Number.isFinite(value));
}

export function isConstant(series: Float64Array): boolean {
  return series.every(value => value === series[0]);
}

/** One series follows from the other by a x + b, to all but 1e-10 of its size. */
export function isCopy(a: Float64Array, b: Float64Array): boolean {
  const x = standardise(a, new Float64Array(a.length));
  const y = standardise(b, new Float64Array(b.length));
  let xx = 0;
  let xy = 0;
  for (let t = 0; t < x.length; t++) {
    xx += x[t] * x[t];
    xy += x[t] * y[t];
  }
  let left = 0;
  let total = 0;
  for (let t = 0; t < y.length; t++) {
    left += (y[t] - (xy / xx) * x[t]) ** 2;
    total += y[t] * y[t];
  }
  return !(left > 1e-20 * total);
}
