import { result } from '../core/result';
import { type CheckStatus, readPair } from './nonlinearCheck';
import {
  createTransfer,
  readTransferOptions,
  type Transfer,
  type TransferEntropyOptions,
  transferCaution,
  transferRows,
} from './transferEstimator';

/** Transfer entropy of one pair; numbers are NaN unless the status is `ok`. */
export interface TransferEntropy extends Transfer {
  readonly kind: 'transfer-entropy';
  /** How it was estimated. */
  readonly estimator: 'gaussian' | 'ksg';
  /** Whether the numbers are to be used, and why not. */
  readonly status: CheckStatus;
  /** Past samples of the effect. */
  readonly history: number;
  /** Past samples of the cause. */
  readonly causeHistory: number;
  /** Neighbours behind each distance; null for the Gaussian. */
  readonly k: number | null;
  /** Samples that have a whole past. */
  readonly rows: number;
  /** In natural units; KSG may be negative, which is kept. */
  readonly nats: number;
  /** Gaussian: of the F test. KSG: (1 + permuted sources not below) / (1 + permutations), NaN without permutations. */
  readonly pValue: number;
  /** KSG: nats from each permuted source. */
  readonly permuted: Float64Array;
  /** What a reader of the number must know: KSG below 500 rows scatters and is biased. */
  readonly caution: string | null;
}

/**
 * Transfer entropy from cause to effect in nats: what the cause's past says about the effect's next sample beyond the
 * effect's own past,
 *
 *     I(y_t ; x_{t-1} … x_{t-causeHistory} | y_{t-1} … y_{t-history})
 *
 * - `gaussian`: as if all were jointly normal, half of ln(R / U) of a Granger regression (half of Geweke's measure); it
 *   sees linear coupling only. p-value by the F test. Unrelated series average about causeHistory / (2 rows).
 * - `ksg`: from the distances to k-th neighbours, any coupling, but below 500 rows it scatters widely and reads low. Over
 *   pairs of 100 samples, mean and standard deviation: of a true 0.154 nats 0.14 +- 0.06, or 0.09 +- 0.05 if the effect is
 *   an AR(1) of coefficient 0.9; of 0.80 nats 0.67 +- 0.07; of none 0.00 +- 0.04. Negative estimates are normal and kept. The
 *   p-value comes from sources permuted against the rest; moved round a circle, unrelated random walks of 100 samples
 *   reject 4 % of the time, shuffled 43 %.
 *
 * Not answered, with all numbers NaN: the statuses of `granger`, for both estimators, and for KSG `degenerate` (more than k
 * exact repeats of one row).
 *
 * One KSG estimate costs about 0.2 ms at 100 samples and 15 ms at 2000, times 1 + permutations.
 *
 * Schreiber 2000, Phys. Rev. Lett. 85, 461; Barnett, Barrett & Seth 2009, Phys. Rev. Lett. 103, 238701 (Gaussian); Kraskov,
 * Stögbauer & Grassberger 2004, Phys. Rev. E 69, 066138 (KSG, algorithm 1). Equal to JIDT's calculators without added
 * noise; its p-values differ: chi-square for the Gaussian, no 1 + for the permutations.
 *
 * @param cause length T
 * @param effect length T
 * @throws TypeError unless both are arrays of numbers and permutations come with a seed, and for an unknown option or one of
 *   the other estimator; RangeError when the lengths differ or an option is out of range
 * @example
 * import { normal, randomStream, transferEntropy } from 'legcnet';
 * const noise = normal(randomStream(1, 'noise'));
 * const cause = Array.from({ length: 10_000 }, noise);
 * const effect = cause.map((_, t) => (t === 0 ? 0 : cause[t - 1]) + noise());
 * transferEntropy(cause, effect).nats; // 0.3476, in theory ln(2) / 2 = 0.347
 */
export function transferEntropy(
  cause: ArrayLike<number>,
  effect: ArrayLike<number>,
  options: TransferEntropyOptions = {},
): TransferEntropy {
  const task = 'estimate transfer entropy';
  const [x, y] = readPair(cause, effect, task);
  const settings = readTransferOptions(options, task);
  const { estimator, history, causeHistory, k } = settings;
  const rows = transferRows(y.length, settings);
  return result({
    kind: 'transfer-entropy',
    estimator,
    ...createTransfer(y, settings)(x),
    history,
    causeHistory,
    k: estimator === 'ksg' ? k : null,
    rows,
    caution: transferCaution(settings, rows),
  });
}
