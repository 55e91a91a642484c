import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import { effectBasis, fullSumOfSquares } from '../kernels/grangerProjection';
import { createKsgBuffers, ksgInformation } from '../kernels/ksgInformation';
import { digamma } from '../statistics/digamma';
import { fUpperTail } from '../statistics/tails';
import { exactFitLimit, standardise } from './grangerStatistics';
import {
  type CheckStatus,
  hasMissing,
  isConstant,
  requireSeed,
  type SurrogateKind,
  surrogateOrders,
  surrogatePValue,
} from './nonlinearCheck';

/** Which estimator takes the transfer entropy, and its settings. */
export type TransferEntropyOptions = GaussianTransferOptions | KsgTransferOptions;

/** Estimator `gaussian`: transfer entropy of series that are jointly normal. */
export interface GaussianTransferOptions extends TransferHistories {
  /** Default. */
  readonly estimator?: 'gaussian';
}

/** Estimator `ksg`: transfer entropy from distances to neighbours, without a model. */
export interface KsgTransferOptions extends TransferHistories {
  /** Distances to nearest neighbours. */
  readonly estimator: 'ksg';
  /** Neighbours behind each distance. Default 4. */
  readonly k?: number;
  /** Each column divided by its standard deviation (sample form). Default true. */
  readonly standardise?: boolean;
  /** Number of permuted sources behind the p-value. Default 0, which leaves it NaN. */
  readonly permutations?: number;
  /** How a source is permuted. Default `shift`; JIDT's way is `shuffle`. */
  readonly surrogate?: SurrogateKind;
  /** Seed of the permutations; required when there are any. */
  readonly seed?: number;
}

export interface TransferHistories {
  /** Number of the effect's own past samples. Default 1. */
  readonly history?: number;
  /** Number of the cause's past samples. Default 1. */
  readonly causeHistory?: number;
}

const gaussianOptionNames: OptionNames<GaussianTransferOptions> = {
  estimator: true,
  history: true,
  causeHistory: true,
};
const ksgOptionNames: OptionNames<KsgTransferOptions> = {
  ...gaussianOptionNames,
  k: true,
  standardise: true,
  permutations: true,
  surrogate: true,
  seed: true,
};

/** Options with their defaults filled in. */
export interface TransferSettings {
  readonly estimator: 'gaussian' | 'ksg';
  readonly history: number;
  readonly causeHistory: number;
  readonly k: number;
  readonly isStandardised: boolean;
  readonly permutations: number;
  readonly surrogate: SurrogateKind;
  readonly seed: number;
}

/** Transfer entropy of one pair. */
export interface Transfer {
  /** Whether the numbers are to be used, and why not. */
  readonly status: CheckStatus;
  /** The transfer entropy. */
  readonly nats: number;
  /** Of no transfer; NaN for KSG without permutations. */
  readonly pValue: number;
  /** KSG: nats from each permuted source; empty unless the status is `ok`. */
  readonly permuted: Float64Array;
}

/** Below this many rows the size of a KSG estimate says little. */
const ENOUGH_ROWS = 500;

/** Checked options, those of every long function among them. */
export function readTransferOptions(options: TransferEntropyOptions, task: string): TransferSettings {
  checkOptions(options, { ...ksgOptionNames, ...longRunOptionNames }, task);
  const { estimator = 'gaussian', history = 1, causeHistory = 1 } = options;
  requireOneOf(estimator, ['gaussian', 'ksg'], 'estimator', task);
  if (estimator === 'gaussian') refuseKsgOptions(options, task);
  requireWhole(history, 1, 'history', task);
  requireWhole(causeHistory, 1, 'causeHistory', task);
  const ksg = options.estimator === 'ksg' ? options : undefined;
  const {
    k = 4,
    standardise: isStandardised = true,
    permutations = 0,
    surrogate = 'shift',
    seed,
  } = ksg ?? {};
  requireWhole(k, 1, 'k', task);
  requireWhole(permutations, 0, 'permutations', task);
  requireOneOf(surrogate, ['shift', 'shuffle'], 'surrogate', task);
  requireSeed(permutations, seed, 'permutations', task);
  return { estimator, history, causeHistory, k, isStandardised, permutations, surrogate, seed: seed ?? 0 };
}

/** The Gaussian draws nothing and has no neighbours: who asks it for permutations wanted `ksg`. */
function refuseKsgOptions(options: TransferEntropyOptions, task: string): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && name in ksgOptionNames && !(name in gaussianOptionNames)) {
      throw new TypeError(`Cannot ${task}: option '${name}' has no meaning for estimator 'gaussian'`);
    }
  }
}

/** Samples that have a whole past. */
export function transferRows(length: number, { history, causeHistory }: TransferSettings): number {
  return Math.max(0, length - Math.max(history, causeHistory));
}

/** What a reader of the number must know, or null. */
export function transferCaution({ estimator }: TransferSettings, rows: number): string | null {
  if (estimator === 'gaussian' || rows >= ENOUGH_ROWS) return null;
  return (
    `KSG from ${rows} rows scatters widely and is biased towards 0 (at 100 samples a true 0.154 nats reads 0.14 +- 0.06, 0.09 ` +
    '+- 0.05 where the effect varies slowly), and may be negative: read its p-value by permutation, not its size'
  );
}

/** The transfer entropy from one cause after another to one effect; what they share is computed once. */
export function createTransfer(
  effect: Float64Array,
  settings: TransferSettings,
): (cause: Float64Array) => Transfer {
  const { estimator, history, causeHistory, k } = settings;
  const rows = transferRows(effect.length, settings);
  const needed = Math.max(history + causeHistory + 2, estimator === 'ksg' ? k + 1 : 0);
  const effectStatus = statusOfColumns(effect, history);
  if (effectStatus !== 'ok') return () => unanswered(effectStatus);
  const y = standardise(effect, new Float64Array(effect.length));
  const gaussian = createGaussian(y, settings, rows);
  const ksg = estimator === 'ksg' ? createKsg(effect, y, settings, rows) : undefined;
  return cause => {
    const status = statusOfColumns(cause, causeHistory);
    if (status !== 'ok') return unanswered(status);
    const x = standardise(cause, new Float64Array(cause.length));
    // KSG has no answer either where one column is an exact linear function of others: the entropy is 0/0 or infinite.
    const linear = gaussian(x);
    return linear.status === 'ok' && ksg !== undefined ? ksg(cause, x) : linear;
  };

  function statusOfColumns(series: Float64Array, lags: number): CheckStatus {
    if (hasMissing(series)) return 'missing';
    if (rows < needed) return 'too-short';
    for (let l = 1; l <= lags; l++) if (isConstant(column(series, l, rows))) return 'constant';
    return 'ok';
  }
}

function unanswered(status: CheckStatus): Transfer {
  return { status, nats: Number.NaN, pValue: Number.NaN, permuted: new Float64Array(0) };
}

/** The last `rows` samples, l steps earlier. */
function column(series: Float64Array, l: number, rows: number): Float64Array {
  return series.subarray(series.length - rows - l, series.length - l);
}

/** Half of ln(R / U), tested by F, for series that are standardised. */
function createGaussian(
  effect: Float64Array,
  { history, causeHistory }: TransferSettings,
  rows: number,
): (cause: Float64Array) => Transfer {
  // Each series starts where its first row needs it.
  const y = effect.subarray(effect.length - rows - history);
  const vectors = new Float64Array((history + 1 + causeHistory) * rows);
  const residual = new Float64Array(rows);
  const count = effectBasis(y, history, vectors, residual);
  let restricted = 0;
  for (const value of residual) restricted += value * value;
  const limit = exactFitLimit(y, history);
  const remaining = new Float64Array(rows);
  const df2 = rows - 1 - history - causeHistory;
  return cause => {
    if (!(restricted > limit)) return unanswered('exact-fit');
    if (count <= history) return unanswered('collinear');
    const x = cause.subarray(cause.length - rows - causeHistory);
    const full = fullSumOfSquares(x, causeHistory, vectors, count, residual, remaining);
    if (Number.isNaN(full)) return unanswered('collinear');
    if (!(full > limit)) return unanswered('exact-fit');
    const gain = Math.max(0, restricted - full) / full; // rounding may leave U a hair above R
    const f = (gain * df2) / causeHistory;
    const pValue = fUpperTail(f, causeHistory, df2);
    return { status: 'ok', nats: Math.log1p(gain) / 2, pValue, permuted: new Float64Array(0) };
  };
}

/** KSG from standardised series, or from the raw ones, both in one unit, where columns keep their scale. */
function createKsg(
  effect: Float64Array,
  standardEffect: Float64Array,
  { history, causeHistory, k, isStandardised, permutations, surrogate, seed }: TransferSettings,
  rows: number,
): (cause: Float64Array, standardCause: Float64Array) => Transfer {
  const prepare = isStandardised ? divideByDeviation : keepDistancesFinite;
  const y = isStandardised ? standardEffect : effect;
  const recent = column(y, 1, rows);
  const times = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => recent[a] - recent[b]);
  const columnsOf = (series: Float64Array, lags: readonly number[]) => {
    const matrix = new Float64Array(rows * lags.length); // rows x lags, in the order of times
    lags.forEach((l, at) => {
      const values = prepare(column(series, l, rows));
      for (let row = 0; row < rows; row++) matrix[row * lags.length + at] = values[times[row]];
    });
    return matrix;
  };
  const next = columnsOf(y, [0]);
  const past = columnsOf(y, lagsUpTo(history));
  const psi = Float64Array.from({ length: rows + 1 }, (_, n) => (n === 0 ? Number.NaN : digamma(n)));
  const buffers = createKsgBuffers(rows, k);
  const identity = Int32Array.from({ length: rows }, (_, row) => row);
  const places = new Int32Array(rows);
  times.forEach((t, row) => {
    places[t] = row;
  });
  const drawn = surrogateOrders(rows, permutations, surrogate, seed, 'transfer entropy permutations');
  const orders = drawn.map(order => times.map(t => places[order[t]]));
  return (cause, standardCause) => {
    const source = columnsOf(isStandardised ? standardCause : cause, lagsUpTo(causeHistory));
    const estimate = (order: Int32Array) =>
      ksgInformation(next, past, source, order, history, causeHistory, k, psi, buffers);
    const nats = estimate(identity);
    if (Number.isNaN(nats)) return unanswered('degenerate');
    const permuted = Float64Array.from(orders, estimate);
    return { status: 'ok', nats, pValue: surrogatePValue(nats, permuted), permuted };
  };
}

function lagsUpTo(last: number): number[] {
  return Array.from({ length: last }, (_, l) => l + 1);
}

function divideByDeviation(values: Float64Array): Float64Array {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return values.map(value => value / deviation);
}

/** Halves: the range of the largest doubles is not finite, and one factor for all columns changes no estimate. */
function keepDistancesFinite(values: Float64Array): Float64Array {
  return values.map(value => value / 2);
}
