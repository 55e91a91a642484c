import { type Random, randomStream, shuffleInPlace } from '../statistics/random';
import { closedEdge } from './bulkEdge';
import { gramEigenvalues } from './eigenvalues';
import { scanPowerLaw } from './powerLawScan';

/**
 * What a matrix without learning is taken to be:
 * - `permutation`: its own weights in random places, removed ones (zeros) included
 * - `initial`: the weights it started from, in random places
 * - `uniform`: fresh weights from U(-1 / sqrt(in), 1 / sqrt(in)), PyTorch's default
 */
export type SpectrumNullKind = 'permutation' | 'initial' | 'uniform';

/** The statistics of a null, in the order of `statisticsOf`. */
export const nullStatistics = ['alpha', 'largest', 'stableRank', 'above'] as const;

/** Draws of a null and where their statistics go; between threads the arrays share their memory. */
export interface NullTile {
  readonly null: SpectrumNullKind;
  readonly rows: number;
  readonly cols: number;
  /** rows x cols: the weights that are put in random places. */
  readonly values: Float64Array;
  /** rows x cols, 0 where `initial` and `uniform` weights are held at zero; null for a dense layer. */
  readonly kept: Uint8Array | null;
  readonly seed: number | string;
  /** Eigenvalues at or below it do not count in the power law. */
  readonly threshold: number;
  /** Number of the first draw. */
  readonly first: number;
  /** Out: draws x statistics. */
  readonly statistics: Float64Array;
}

/**
 * Computes the statistics of some draws. Every draw has a random stream of its own, so it does not matter who computes it.
 * Workers call it by its name.
 */
export function drawNull(tile: NullTile): void {
  const { rows, cols, statistics, threshold, first } = tile;
  const values = new Float64Array(rows * cols);
  for (let d = 0; d * nullStatistics.length < statistics.length; d++) {
    fill(values, tile, randomStream(tile.seed, `${tile.null} null of a spectrum, draw ${first + d}`));
    statistics.set(statisticsOf(values, rows, cols, threshold), d * nullStatistics.length);
  }
}

function fill(
  values: Float64Array,
  { null: kind, cols, values: source, kept }: NullTile,
  random: Random,
): void {
  if (kind === 'uniform') {
    const bound = 1 / Math.sqrt(cols);
    for (let i = 0; i < values.length; i++) values[i] = (2 * random() - 1) * bound;
  } else {
    values.set(source);
    shuffleInPlace(values, random);
  }
  if (kind === 'permutation' || kept === null) return;
  for (let i = 0; i < values.length; i++) if (kept[i] === 0) values[i] = 0;
}

/** alpha (NaN where no power law can be fitted), largest eigenvalue, stable rank, number above the closed edge. */
export function statisticsOf(values: Float64Array, rows: number, cols: number, threshold: number): number[] {
  const eigenvalues = gramEigenvalues(values, rows, cols);
  const { alphas, best } = scanPowerLaw(eigenvalues.filter(value => value > threshold));
  const largest = eigenvalues[eigenvalues.length - 1];
  const { upper95 } = closedEdge({ rows, cols, values });
  return [
    best < 0 ? Number.NaN : alphas[best],
    largest,
    eigenvalues.reduce((sum, value) => sum + value, 0) / largest,
    eigenvalues.filter(value => value > upper95).length,
  ];
}
