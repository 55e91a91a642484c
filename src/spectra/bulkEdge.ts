import { result } from '../core/result';
import { tracyWidomUpperTail } from '../statistics/tracyWidom';
import type { WeightMatrix } from './weightMatrix';

/** Where the eigenvalues of a matrix of independent entries of this variance end. */
export interface BulkEdge {
  readonly kind: 'bulk-edge';
  /** `constant` where the entries do not vary, `non-finite` where one is NaN or infinite; then the numbers are NaN. */
  readonly status: 'ok' | 'constant' | 'non-finite';
  /** Variance of the entries in live rows and columns, those that are not all zero. */
  readonly variance: number;
  /** Sides of the live part, larger first. */
  readonly live: readonly [number, number];
  /** Marchenko and Pastur's lower edge, variance (sqrt N - sqrt M)^2. */
  readonly lower: number;
  /** Marchenko and Pastur's upper edge, variance (sqrt N + sqrt M)^2. */
  readonly upper: number;
  /** What the largest eigenvalue of chance stays below in 95 % of cases. */
  readonly upper95: number;
  /** What the largest eigenvalue of chance stays below in 99 % of cases. */
  readonly upper99: number;
  /** The largest eigenvalue. */
  readonly largest: number;
  /** The largest eigenvalue, centred and scaled after Johnstone; Tracy-Widom distributed under chance. */
  readonly statistic: number;
  /** Upper Tracy-Widom tail at the statistic. */
  readonly pValue: number;
  /** Number of eigenvalues above `upper95`. */
  readonly above: number;
}

/** Points that the Tracy-Widom law exceeds in 5 and 1 % of cases. */
const TRACY_WIDOM_95 = 0.9793;
const TRACY_WIDOM_99 = 2.0234;

/**
 * The closed edge of the bulk, without a fit, and the test of the largest eigenvalue against it:
 *
 *     centre = (sqrt(N - 1) + sqrt M)^2,  width = (sqrt(N - 1) + sqrt M) (1 / sqrt(N - 1) + 1 / sqrt M)^(1/3)
 *     statistic = (largest / variance - centre) / width
 *
 * The variance is that of the same entries, and the law is one for large matrices, so the test keeps its level with something
 * to spare: at 5 % it rejects 1.7 % of normal matrices of 10 x 30, 3.3 % of 30 x 50 and of 50 x 784, 0.7 to 1 % of uniform
 * ones (4000, 2000 and 300 matrices). `spectrumNull` is exact.
 *
 * Chance means independent entries of mean 0 and one variance with tails that are not heavy. A few outsized entries exceed
 * the edge too: see whether they still do after shuffling (`randomizedSpectrum`).
 *
 * Johnstone 2001, Annals of Statistics 29, 295, theorem 1.1.
 *
 * @param eigenvalues ascending
 */
export function bulkEdge(matrix: WeightMatrix, eigenvalues: Float64Array): BulkEdge {
  const { status, variance, live, centre, width, upper95 } = closedEdge(matrix);
  const [larger, smaller] = live;
  const largest = eigenvalues[eigenvalues.length - 1];
  const statistic = (largest / variance - centre) / width;
  return result({
    kind: 'bulk-edge',
    status: Number.isFinite(largest) ? status : 'non-finite',
    variance,
    live,
    lower: variance * (Math.sqrt(larger) - Math.sqrt(smaller)) ** 2,
    upper: variance * (Math.sqrt(larger) + Math.sqrt(smaller)) ** 2,
    upper95,
    upper99: variance * (centre + TRACY_WIDOM_99 * width),
    largest,
    statistic,
    pValue: tracyWidomUpperTail(statistic),
    above: eigenvalues.filter(value => value > upper95).length,
  });
}

/** The edge alone, which draws of a null need many times. */
export interface ClosedEdge extends Pick<BulkEdge, 'status' | 'variance' | 'live' | 'upper95'> {
  readonly centre: number;
  readonly width: number;
}

export function closedEdge({ rows, cols, values }: WeightMatrix): ClosedEdge {
  const [liveRows, liveCols] = liveSides(values, rows, cols);
  const [larger, smaller] = [Math.max(liveRows, liveCols), Math.min(liveRows, liveCols)];
  const found = varianceOf(values, larger * smaller);
  const isLost = larger * smaller > 0 && !Number.isFinite(found);
  const status = isLost ? 'non-finite' : found > 0 ? 'ok' : 'constant';
  const variance = status === 'ok' ? found : Number.NaN;
  const [centre, width] = johnstone(larger, smaller);
  const upper95 = variance * (centre + TRACY_WIDOM_95 * width);
  return { status, variance, live: [larger, smaller], upper95, centre, width };
}

/** Centre and width of the largest eigenvalue for entries of variance 1. A single row would divide by zero: N counts as 2. */
function johnstone(larger: number, smaller: number): readonly [number, number] {
  const root = Math.sqrt(Math.max(2, larger) - 1);
  const sum = root + Math.sqrt(smaller);
  return [sum * sum, sum * (1 / root + 1 / Math.sqrt(smaller)) ** (1 / 3)];
}

/** Number of rows and of columns that are not all zero. */
function liveSides(values: Float64Array, rows: number, cols: number): readonly [number, number] {
  const liveRows = new Uint8Array(rows);
  const liveCols = new Uint8Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (values[i * cols + j] === 0) continue;
      liveRows[i] = 1;
      liveCols[j] = 1;
    }
  }
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
  return [count(liveRows), count(liveCols)];
}

/** @param count entries of the live part; all others are zero and do not count */
function varianceOf(values: Float64Array, count: number): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  for (const value of values) squares += (value - mean) ** 2;
  return (squares - (values.length - count) * mean * mean) / count;
}
