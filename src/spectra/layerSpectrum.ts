import { result } from '../core/result';
import type { Network } from '../network/network';
import { type BulkEdge, bulkEdge } from './bulkEdge';
import { type DeterminantTail, determinantTail } from './determinantTail';
import { singularValues } from './eigenvalues';
import { fitPowerLaw, type PowerLawFit } from './fitPowerLaw';
import { type MarchenkoPasturFit, marchenkoPastur } from './marchenkoPastur';
import { checkMatrix, layerMatrix, type WeightMatrix } from './weightMatrix';

/**
 * What can be said of a spectrum:
 * - `ok`
 * - `too-small`: fewer than 10 eigenvalues, a layer that WeightWatcher skips; all numbers are there
 * - `zero`: every weight is 0; logarithms, ranks and fits are NaN or failed
 * - `non-finite`: a weight is NaN or infinite, or eigenvalues overflow; so is every number
 */
export type SpectrumStatus = 'ok' | 'too-small' | 'zero' | 'non-finite';

/** Eigenvalues of a layer and what WeightWatcher reads off them. Logarithms are to base 10. */
export interface LayerSpectrum {
  readonly kind: 'layer-spectrum';
  /** Name of the layer or matrix. */
  readonly name: string;
  /** Whether there is a spectrum, and why not. */
  readonly status: SpectrumStatus;
  /** The weights, not copied. */
  readonly matrix: Required<WeightMatrix>;
  /** Larger over smaller side, Q. */
  readonly aspect: number;
  /** Squared singular values, ascending, as many as the smaller side. */
  readonly eigenvalues: Float64Array;
  /** Power law on the eigenvalues above 1e-5. */
  readonly powerLaw: PowerLawFit;
  /** alpha log10(largest): negative where the largest is below 1. */
  readonly alphaWeighted: number;
  /** log10 of the sum of eigenvalues^alpha. */
  readonly logAlphaNorm: number;
  /** Sum of the eigenvalues: the squared Frobenius norm. */
  readonly norm: number;
  /** log10 of it. */
  readonly logNorm: number;
  /** The largest eigenvalue. */
  readonly spectralNorm: number;
  /** log10 of it. */
  readonly logSpectralNorm: number;
  /** Sum over largest. */
  readonly stableRank: number;
  /** Singular values above largest x larger side x 2^-52. */
  readonly rank: number;
  /** Smaller side less the rank. */
  readonly rankLoss: number;
  /** Eigenvalues below 1e-6. */
  readonly weakRankLoss: number;
  /** -sum p ln p / ln rank with p the share of each eigenvalue in the sum: 1 for equal ones; NaN for rank 1 and 0. */
  readonly entropy: number;
  /** Bulk fitted as WeightWatcher does. */
  readonly bulk: MarchenkoPasturFit;
  /** Bulk edge in closed form. */
  readonly edge: BulkEdge;
  /** WeightWatcher's tail whose eigenvalues have product 1. */
  readonly determinantTail: DeterminantTail;
}

/** Eigenvalues that WeightWatcher drops before the fit, at or below; those it calls lost, below; and layers that it skips. */
export const LEAST_EIGENVALUE = 1e-5;
const LOST_EIGENVALUE = 1e-6;
const LEAST_COUNT = 10;
/** WeightWatcher adds it to shares and rank so that no logarithm is of 0. */
const ENTROPY_SHIFT = 1e-10;

/**
 * The spectrum of one layer with every column of WeightWatcher 0.7.5.5, equal to 1e-9 (WeightWatcher itself reads the weights
 * through float32 and so differs by 1e-6). The weights are taken as they are: not centred, not scaled, without biases.
 *
 * @param layer 1 for the layer next to the inputs
 * @throws TypeError for anything but a network or a matrix whose parts fit, RangeError for a layer that there is not
 * @example
 * import { createNetwork, layerSpectrum } from 'legcnet';
 * const { eigenvalues } = layerSpectrum({ name: 'by hand', rows: 2, cols: 2, values: Float64Array.of(3, 0, 0, 2) });
 * eigenvalues; // [4, 9], the squared singular values
 * layerSpectrum(createNetwork({ layers: [784, 50, 30, 10], seed: 1 }), 1).powerLaw.alpha; // 4.414
 */
export function layerSpectrum(network: Network, layer: number): LayerSpectrum;
/** The spectrum of any matrix. */
export function layerSpectrum(matrix: WeightMatrix): LayerSpectrum;
export function layerSpectrum(source: Network | WeightMatrix, layer?: number): LayerSpectrum {
  const matrix = checkMatrix(
    layer === undefined ? (source as WeightMatrix) : layerMatrix(source as Network, layer),
    'compute a spectrum',
  );
  const { rows, cols, values, name } = matrix;
  const side = Math.min(rows, cols);
  const allFinite = values.every(Number.isFinite);
  const roots = allFinite ? singularValues(matrix) : new Float64Array(side).fill(Number.NaN);
  const eigenvalues = roots.map(root => root * root);
  const norm = eigenvalues.reduce((sum, value) => sum + value, 0);
  const largest = eigenvalues[side - 1];
  const powerLaw = fitPowerLaw(eigenvalues, { threshold: LEAST_EIGENVALUE });
  const rank = allFinite ? rankOf(roots, Math.max(rows, cols)) : Number.NaN;
  return result({
    kind: 'layer-spectrum',
    name,
    status: statusOf(norm, side),
    matrix,
    aspect: Math.max(rows, cols) / side,
    eigenvalues,
    powerLaw,
    alphaWeighted: powerLaw.alpha * Math.log10(largest),
    logAlphaNorm: logPowerSum(eigenvalues, powerLaw.alpha),
    norm,
    logNorm: logOf(norm),
    spectralNorm: largest,
    logSpectralNorm: logOf(largest),
    stableRank: norm / largest,
    rank,
    rankLoss: side - rank,
    weakRankLoss: eigenvalues.filter(value => value < LOST_EIGENVALUE).length,
    entropy: entropyOf(eigenvalues, norm, rank),
    bulk: marchenkoPastur(eigenvalues, { rows, cols }),
    edge: bulkEdge(matrix, eigenvalues),
    determinantTail: determinantTail(eigenvalues),
  });
}

function statusOf(norm: number, side: number): SpectrumStatus {
  if (!Number.isFinite(norm)) return 'non-finite';
  return norm === 0 ? 'zero' : side < LEAST_COUNT ? 'too-small' : 'ok';
}

function logOf(value: number): number {
  return value > 0 ? Math.log10(value) : Number.NaN;
}

/** log10 of the sum of values^power, the largest taken out so that nothing overflows. */
function logPowerSum(values: Float64Array, power: number): number {
  const largest = values[values.length - 1];
  const sum = values.reduce((total, value) => total + (value / largest) ** power, 0);
  return power * Math.log10(largest) + Math.log10(sum);
}

function rankOf(roots: Float64Array, larger: number): number {
  const tolerance = roots[roots.length - 1] * larger * Number.EPSILON;
  return roots.filter(root => root > tolerance).length;
}

function entropyOf(eigenvalues: Float64Array, norm: number, rank: number): number {
  if (!(norm > 0 && rank > 1)) return Number.NaN;
  let sum = 0;
  for (const value of eigenvalues) {
    const share = value / norm + ENTROPY_SHIFT;
    sum -= share * Math.log(share);
  }
  return sum / Math.log(rank + ENTROPY_SHIFT);
}
