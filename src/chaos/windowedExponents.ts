import type { Layers } from '../core/weightLayers';

/**
 * What an exponent is worth. It is a number only when `ok`, else NaN, with one exception: preset `published` writes
 * the study's 0 where the study did, and the status still says why. Index = code in `WindowedExponents.status`.
 * - `constant`: the series does not change (direct: the difference is 0 throughout)
 * - `too-short`: the window cannot hold one pair of neighbours (direct: fewer than 3 iterates)
 * - `degenerate`: too few distances to fit; exact repeats, a neighbour out of reach, or pairs that become equal
 * - `non-finite`: NaN or an infinity among the iterates
 *
 * @example
 * import { createNetwork, exponentStatuses, loadDataset, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * exponentStatuses[exponents.status[0]]; // 'ok', the first weight in the first window
 */
export const exponentStatuses: readonly ExponentStatus[] = [
  'ok',
  'constant',
  'too-short',
  'degenerate',
  'non-finite',
];
/** Why an exponent has a value (`ok`) or none. */
export type ExponentStatus = 'ok' | 'constant' | 'too-short' | 'degenerate' | 'non-finite';

/** Lyapunov exponents of every weight in every window. */
export interface WindowedExponents {
  readonly kind: 'windowed-exponents';
  /** Estimator and its settings in words, for captions. */
  readonly estimator: string;
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Number of windows. */
  readonly windows: number;
  /** Number of weights, or of groups of weights. */
  readonly weights: number;
  /** Iterates per window. */
  readonly window: number;
  /** Share of a window that the next one repeats. */
  readonly overlap: number;
  /** First iterate of each window. */
  readonly starts: Int32Array;
  /** Last iterate of each window. */
  readonly ends: Int32Array;
  /** windows x weights, row-major, per iteration, natural logarithm; NaN where there is no exponent. */
  readonly values: Float64Array;
  /** windows x weights: index into `exponentStatuses`. */
  readonly status: Uint8Array;
}
