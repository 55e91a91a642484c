import type { WindowedExponents } from '../chaos/windowedExponents';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { result } from '../core/result';
import type { Layers } from '../core/weightLayers';
import { createColumnReader } from '../kernels/columnReader';
import { checkStatuses, readTarget } from './nonlinearCheck';
import {
  createTransfer,
  readTransferOptions,
  type TransferEntropyOptions,
  transferCaution,
  transferRows,
} from './transferEstimator';

/** Estimator and histories of `transferEntropyScan`. */
export type TransferEntropyScanOptions = TransferEntropyOptions & LongRunOptions;

/** Transfer entropy from every weight to the target. All arrays have one entry a weight. */
export interface TransferEntropyScan {
  readonly kind: 'transfer-entropy-scan';
  /** How it was estimated. */
  readonly estimator: 'gaussian' | 'ksg';
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Number of weights. */
  readonly weights: number;
  /** Number of windows, that is the length of each series. */
  readonly windows: number;
  /** Past windows of the target. */
  readonly history: number;
  /** Past windows of a weight's exponents. */
  readonly causeHistory: number;
  /** Neighbours behind each distance; null for the Gaussian. */
  readonly k: number | null;
  /** KSG: number of permuted sources behind each p-value. */
  readonly permutations: number;
  /** Transfer entropy from each weight's exponents to the target. */
  readonly nats: Float64Array;
  /** Not corrected for the number of tests; NaN for KSG without permutations. */
  readonly pValue: Float64Array;
  /** Index into `checkStatuses`. */
  readonly status: Uint8Array;
  /** What a reader of the numbers must know; null when nothing. */
  readonly caution: string | null;
}

/**
 * `transferEntropy` from the exponents of every weight to the target. The Gaussian costs as much as a Granger scan; KSG
 * about 0.2 ms a weight at 100 windows, times 1 + permutations: 41 000 weights with 99 permutations take minutes. A pause
 * comes between weights only.
 *
 * @param exponents windows x weights, from `windowedLyapunov`
 * @param target one number a window
 * @throws RangeError when the target's length is not the number of windows or an option is out of range, TypeError when
 *   permutations come without a seed, the signal's reason when aborted
 * @example
 * import {
 *   createNetwork, loadDataset, misclassification, recordTwin, transferEntropyScan, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * (await transferEntropyScan(exponents, errors)).nats[0]; // 0.01593
 */
export async function transferEntropyScan(
  exponents: WindowedExponents,
  target: ArrayLike<number>,
  options: TransferEntropyScanOptions = {},
): Promise<TransferEntropyScan> {
  const task = 'scan weights for transfer entropy';
  const { windows, weights, values } = exponents;
  const effect = readTarget(target, exponents, task);
  const settings = readTransferOptions(options, task);
  const { estimator, history, causeHistory, k, permutations } = settings;

  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Transfer entropy', done, total: weights, unit: 'weights' });
  const transfer = createTransfer(effect, settings);
  const nats = new Float64Array(weights);
  const pValue = new Float64Array(weights);
  const status = new Uint8Array(weights);
  const causeOf = createColumnReader(values, windows, weights);
  for (let w = 0; w < weights; w++) {
    const found = transfer(causeOf(w));
    nats[w] = found.nats;
    pValue[w] = found.pValue;
    status[w] = checkStatuses.indexOf(found.status);
    if (run.isDue) await run.pause(progress(w));
  }
  run.finish(progress(weights));
  return result({
    kind: 'transfer-entropy-scan',
    estimator,
    layers: exponents.layers,
    weights,
    windows,
    history,
    causeHistory,
    k: estimator === 'ksg' ? k : null,
    permutations,
    nats,
    pValue,
    status,
    caution: transferCaution(settings, transferRows(windows, settings)),
  });
}
