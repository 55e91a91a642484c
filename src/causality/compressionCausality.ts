import { checkOptions, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { createPairTable, substitutionSteps } from '../kernels/pairSubstitution';
import { binSymbols, requireBins } from './effortToCompress';
import {
  type CheckStatus,
  hasMissing,
  isConstant,
  isCopy,
  readPair,
  requireSurrogates,
  type SurrogateOptions,
  surrogateOptionNames,
  surrogateOrders,
  twoSidedSurrogatePValue,
} from './nonlinearCheck';

/** Blocks, symbols and surrogates of `compressionCausality`. */
export interface CompressionCausalityOptions extends SurrogateOptions {
  /** Samples of the past in each block (L in the literature). Default 150. */
  readonly past?: number;
  /** Samples that follow it (w). Default 15. */
  readonly now?: number;
  /** Samples between one block's start and the next (delta). Default 20. */
  readonly step?: number;
  /** Bins of equal width, 2 to 1000. Default 2. */
  readonly bins?: number;
}

const compressionCausalityOptionNames: OptionNames<CompressionCausalityOptions> = {
  past: true,
  now: true,
  step: true,
  bins: true,
  ...surrogateOptionNames,
};

/** Compression-complexity causality of one pair; numbers are NaN unless the status is `ok`. */
export interface CompressionCausality {
  readonly kind: 'compression-causality';
  /** `missing`, `too-short`, `constant` (one of the series) or `collinear` (one is a x + b of the other), else `ok`. */
  readonly status: CheckStatus;
  /** Mean over the blocks; positive when the cause's past makes the effect easier to compress, negative when harder. */
  readonly ccc: number;
  /** (1 + surrogates as far from the mean of all, on either side) / (1 + surrogates); NaN without surrogates. */
  readonly pValue: number;
  /** Value from each surrogate cause; empty unless the status is `ok`. */
  readonly surrogateValues: Float64Array;
  /** Number of blocks averaged. */
  readonly blocks: number;
  /** Samples of the past in a block. */
  readonly past: number;
  /** Samples that the past is to help compress. */
  readonly now: number;
  /** Samples from one block to the next. */
  readonly step: number;
  /** Symbols that each series is cut into. */
  readonly bins: number;
  /** What a reader of the number must know. */
  readonly caution: string;
}

/**
 * How much less effort the effect's next samples cost a compressor that has seen the cause's past, with N the normalised
 * effort to compress (`effortToCompress`), y the effect and x the cause, both cut into bins:
 *
 *     mean over blocks of [N(y past + now) - N(y past)] - [N(y past + now, x past + y now) - N(y past, x past)]
 *
 * where a comma joins simultaneous symbols. Meant for raw series of a thousand samples and more: one block of 150 + 15
 * does not even fit into 100 windows.
 *
 * Its size does not tell coupled from uncoupled (at 600 samples an uncoupled pair gives 0.0077, a coupled one 0.0042): ask
 * for surrogates. Nor does it tell the direction well: a switch copied one sample later, and one logistic map that drives
 * another, come out negative and far from their surrogates both ways (1200 samples). Hence the two-sided p-value.
 *
 * One block costs about 0.05 ms, times 1 + surrogates.
 *
 * Kathpalia & Nagaraj 2019, PeerJ Computer Science 5, e196. Equal to ETCPy's CCC, but for the bins: see `binSymbols`.
 *
 * @param cause length T
 * @param effect length T
 * @throws TypeError unless both are arrays of numbers and surrogates come with a seed, RangeError when the lengths differ
 *   or an option is out of range
 * @example
 * import { compressionCausality, randomStream } from 'legcnet';
 * const random = randomStream(1, 'switch');
 * const cause = Array.from({ length: 600 }, () => Math.round(random()));
 * const effect = cause.map((_, t) => (t === 0 ? 0 : cause[t - 1])); // the same switch, one sample later
 * compressionCausality(cause, effect, { surrogates: 19, seed: 1 }).pValue; // 0.05, the smallest of 19 surrogates
 */
export function compressionCausality(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  options: CompressionCausalityOptions = {},
): CompressionCausality {
  const task = 'measure compression-complexity causality';
  checkOptions(options, compressionCausalityOptionNames, task);
  const { past = 150, now = 15, step = 20, bins = 2, surrogates = 0, surrogate = 'shift', seed } = options;
  const [x, y] = readPair(cause, effect, task);
  requireWhole(past, 2, 'past', task);
  requireWhole(now, 1, 'now', task);
  requireWhole(step, 1, 'step', task);
  requireBins(bins, task);
  requireSurrogates(options, task);
  const length = y.length;
  const blocks = Math.max(0, Math.ceil((length - now - past) / step));
  const caution = cautionOf(length, past, now);
  const none = { ccc: Number.NaN, pValue: Number.NaN, surrogateValues: new Float64Array(0) };
  const status = statusOfPair(x, y, blocks);
  if (status !== 'ok') return describe({ status, ...none });

  const effort = createEffort(past + now, bins);
  const effectSymbols = binSymbols(y, bins);
  const causeSymbols = binSymbols(x, bins);
  let alone = 0;
  for (let b = 0; b < blocks; b++) {
    const start = b * step;
    alone += effort.alone(effectSymbols, start, past + now) - effort.alone(effectSymbols, start, past);
  }
  const ccc = causalityOf(causeSymbols);
  const orders = surrogateOrders(
    length,
    surrogates,
    surrogate,
    seed ?? 0,
    'compression causality surrogates',
  );
  const surrogateValues = Float64Array.from(orders, order => causalityOf(order.map(t => causeSymbols[t])));
  return describe({ status, ccc, pValue: twoSidedSurrogatePValue(ccc, surrogateValues), surrogateValues });

  function causalityOf(symbols: Int32Array): number {
    let joint = 0;
    for (let b = 0; b < blocks; b++) {
      const start = b * step;
      joint += effort.joint(effectSymbols, symbols, start, past, now);
      joint -= effort.joint(effectSymbols, symbols, start, past, 0);
    }
    return (alone - joint) / blocks;
  }

  function describe(found: typeof none & { readonly status: CheckStatus }): CompressionCausality {
    return result({ kind: 'compression-causality', ...found, blocks, past, now, step, bins, caution });
  }
}

function statusOfPair(cause: Float64Array, effect: Float64Array, blocks: number): CheckStatus {
  if (hasMissing(effect) || hasMissing(cause)) return 'missing';
  if (blocks === 0) return 'too-short';
  if (isConstant(effect) || isConstant(cause)) return 'constant';
  return isCopy(cause, effect) ? 'collinear' : 'ok';
}

function cautionOf(length: number, past: number, now: number): string {
  const needed = past + now + 1;
  if (length < needed) {
    return (
      `a past of ${past} and ${now} samples after it need at least ${needed} samples, ${length} came: use the raw series, ` +
      'not windowed exponents'
    );
  }
  return 'neither size nor sign tells coupled from uncoupled series: read the p-value from surrogates, in both directions';
}

/** Normalised effort of stretches of up to `longest` samples; buffers are reused. */
function createEffort(longest: number, bins: number) {
  const symbols = new Int32Array(longest);
  const table = createPairTable(longest);

  /** Samples start .. start + length - 1 of one sequence. */
  function alone(sequence: Int32Array, start: number, length: number): number {
    for (let t = 0; t < length; t++) symbols[t] = sequence[start + t];
    return substitutionSteps(symbols, length, bins, table) / (length - 1);
  }

  /** The effect's samples joined with the cause's in the past and with themselves after it. */
  function joint(
    effect: Int32Array,
    cause: Int32Array,
    start: number,
    past: number,
    following: number,
  ): number {
    const length = past + following;
    for (let t = 0; t < length; t++) {
      const own = effect[start + t];
      symbols[t] = own * bins + (t < past ? cause[start + t] : own);
    }
    return substitutionSteps(symbols, length, bins * bins, table) / (length - 1);
  }

  return { alone, joint };
}
