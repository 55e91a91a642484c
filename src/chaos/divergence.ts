import { createDivergenceKernel, type DivergenceKernelName } from '../kernels/divergenceKernel';
import { rescaleToUnit } from '../kernels/unitRange';
import type { ExponentStatus } from './windowedExponents';

/**
 * Which vectors look for a neighbour, and what they accept:
 * - `tisean`: as TISEAN 3.0.1 `lyap_r`: the last `theiler` vectors do not search, a neighbour must be nearer than 1
 *   (the range of the series is 1), and a vector with an exact duplicate takes a neighbour only within 1e-3
 * - `all-references`: every vector searches, at any distance, exact duplicates passed over
 */
export type References = 'tisean' | 'all-references';

/** Delay embedding and horizon of a divergence curve, all in iterates. */
export interface Embedding {
  readonly dimension: number;
  readonly delay: number;
  readonly theiler: number;
  readonly steps: number;
  readonly references: References;
}

/** A divergence curve that is computed again and again for windows of one length; the arrays are overwritten each time. */
export interface Divergence {
  /** S(k), k = 0..steps. */
  readonly curve: Float64Array;
  /** Number of distances behind each S(k). */
  readonly counts: Int32Array;
  /** Number of vectors that look for a neighbour. */
  readonly searching: number;
  /** Computes both for series[offset .. offset + length - 1]; NaN and 0 unless the status is `ok` or `degenerate`. */
  run(series: Float64Array, offset: number): ExponentStatus;
}

/** Share of the searching vectors that must have a neighbour. */
const PAIRED = 0.5;
/** Share of the pairs at k = 0 that must still be apart at k. */
const SURVIVORS = 0.9;
/** TISEAN's first search radius, squared, on data rescaled to [0, 1]. */
const FIRST_RADIUS = 0.001 * 0.001;

/** Number of delay vectors whose images up to `steps` lie inside a window: length - (dimension - 1) delay - steps. */
export function vectorCount(length: number, { dimension, delay, steps }: Embedding): number {
  return length - (dimension - 1) * delay - steps;
}

/** @param kernelName undefined for the faster one; S(k) differs by rounding only */
export function createDivergence(
  length: number,
  embedding: Embedding,
  kernelName?: DivergenceKernelName,
): Divergence {
  const { dimension, delay, theiler, steps, references } = embedding;
  const vectors = vectorCount(length, embedding);
  const searching = Math.max(0, references === 'tisean' ? vectors - theiler : vectors);
  // Every searching vector keeps a candidate only if 2 theiler + 2 vectors exist.
  const tooShort = vectors < 2 * theiler + 2;
  const shape = { length, vectors, references: searching, dimension, delay, theiler, steps };
  const kernel = tooShort ? null : createDivergenceKernel(shape, kernelName);
  const y = kernel?.series ?? new Float64Array(length);
  const curve = kernel?.curve ?? new Float64Array(steps + 1);
  const counts = kernel?.counts ?? new Int32Array(steps + 1);
  const reach = references === 'tisean' ? 1 : Number.POSITIVE_INFINITY;
  const duplicateReach = references === 'tisean' ? FIRST_RADIUS : Number.POSITIVE_INFINITY;

  return { curve, counts, searching, run };

  function run(series: Float64Array, offset: number): ExponentStatus {
    curve.fill(Number.NaN);
    counts.fill(0);
    const range = rescaleToUnit(series, offset, y);
    if (Number.isNaN(range)) return 'non-finite';
    if (kernel === null) return 'too-short';
    if (range === 0) return 'constant';
    const outOfReach = kernel.run(reach, duplicateReach);
    return outOfReach > 0 || counts[0] === 0 ? 'degenerate' : 'ok';
  }
}

/**
 * Whether S(k) may be fitted over k = from..to: at least half of the searching vectors have a neighbour, and
 * counts[k] >= 0.9 counts[0]. Pairs that become exactly equal drop out of the mean and leave the slow ones behind:
 * without the second rule the stable logistic map at r = 3.5 (exponent -0.87) gives +2.47. Without the first, a weight that
 * freezes after 20 of 200 iterates gets the exponent of those 20.
 */
export function pairsSurvive({ counts, searching }: Divergence, from: number, to: number): boolean {
  for (let k = from; k <= to; k++) if (counts[k] < SURVIVORS * counts[0]) return false;
  return counts[0] > 0 && counts[0] >= PAIRED * searching;
}
