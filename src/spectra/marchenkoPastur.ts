import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { readSeries } from '../core/series';
import { nelderMead } from '../kernels/nelderMead';

/** Sides of the matrix that eigenvalues came from, in either order. */
export interface MatrixShape {
  /** One side of the matrix. */
  readonly rows: number;
  /** The other side. */
  readonly cols: number;
}

/** A curve to draw. */
export interface Curve {
  /** Places, ascending. */
  readonly x: Float64Array;
  /** Density at each. */
  readonly y: Float64Array;
}

/** A Marchenko-Pastur bulk fitted to eigenvalues. */
export interface MarchenkoPasturFit {
  readonly kind: 'marchenko-pastur';
  /** `failed` where a value is negative, NaN or infinite, an edge overflows, or all are zero; then the numbers are NaN and no spike is counted. */
  readonly status: 'ok' | 'failed';
  /** Larger over smaller side, Q. */
  readonly aspect: number;
  /** Standard deviation of the bulk, for eigenvalues scaled to mean 1. */
  readonly sigma: number;
  /** Square root of the factor that brings the eigenvalues to mean 1; WeightWatcher's W_scale. */
  readonly scale: number;
  /** Lower edge of the bulk, on the scale of the values. */
  readonly lower: number;
  /** Upper edge of the bulk, on the scale of the values. */
  readonly upper: number;
  /** Above it WeightWatcher counts a spike: the upper edge and a term for its fluctuation, on the scale of the values. */
  readonly threshold: number;
  /** Values above the threshold. */
  readonly spikes: number;
  /** Upper edge over largest value. */
  readonly softRank: number;
  /** Density of the bulk, on the scale of the values, to draw beside them; empty when failed. */
  readonly curve: Curve;
}

const BANDWIDTH = 0.1;
const GRID = 1000;
const LEAST_DENSITY = 0.01;
const INFEASIBLE = 1000;

/**
 * Fits the law of Marchenko and Pastur, which eigenvalues of a large random matrix follow, as WeightWatcher does: eigenvalues
 * scaled to mean 1, their density by a triangular kernel of half-width 0.1 on 1000 points, sigma by least squares, first on a
 * grid, then by the simplex search.
 *
 *     density(x) = Q / (2 pi sigma^2 x) sqrt((upper - x) (x - lower)),  edges sigma^2 (1 +- 1 / sqrt Q)^2
 *
 * A square matrix is fitted by the quarter circle on singular values, whose normalisation there does not depend on sigma.
 * Dead rows give zeros that break the fit (3 of 10: sigma 0.05); `bulkEdge` of a spectrum stays defined.
 *
 * Marchenko & Pastur 1967, Math. USSR-Sbornik 1, 457; WeightWatcher 0.7.5.5 `mp_fit`, equal to 1e-9.
 *
 * @param values eigenvalues, that is squared singular values, in any order; several matrices may be pooled
 * @throws TypeError unless an array of numbers came, RangeError unless the sides are whole numbers from 1
 * @example
 * import { createNetwork, layerSpectrum, marchenkoPastur } from 'legcnet';
 * const random = layerSpectrum(createNetwork({ layers: [784, 50], seed: 1 }), 1);
 * marchenkoPastur(random.eigenvalues, { rows: 50, cols: 784 }).spikes; // 0, nothing was learned
 */
export function marchenkoPastur(values: ArrayLike<number>, { rows, cols }: MatrixShape): MarchenkoPasturFit {
  const task = 'fit a Marchenko-Pastur bulk';
  requireWhole(rows, 1, 'rows', task);
  requireWhole(cols, 1, 'cols', task);
  const given = readSeries(values, task);
  const smaller = Math.min(rows, cols);
  const aspect = Math.max(rows, cols) / smaller;
  const total = given.reduce((sum, value) => sum + value, 0);
  const isUsable = given.every(value => value >= 0 && value < Number.POSITIVE_INFINITY);
  const scale = Math.sqrt(given.length) / Math.sqrt(total);
  if (!isUsable || !(scale > 0 && scale * scale < Number.POSITIVE_INFINITY)) return failed(aspect);
  const square = scale * scale;
  const scaled = given.map(value => square * value).sort();
  const sigma = fitSigma(scaled, aspect);
  const [lower, upper] = bulkEdges(aspect, sigma);
  // Fluctuation of the edge, as WeightWatcher writes it.
  const fluctuation = (upper ** (2 / 3) * smaller ** (-2 / 3)) / Math.sqrt(aspect);
  const threshold = upper + Math.sqrt(fluctuation);
  if (!Number.isFinite(threshold / square)) return failed(aspect);
  return result({
    kind: 'marchenko-pastur',
    status: 'ok',
    aspect,
    sigma,
    scale,
    lower: lower / square,
    upper: upper / square,
    threshold: threshold / square,
    spikes: scaled.filter(value => value > threshold).length,
    softRank: upper / scaled[scaled.length - 1],
    curve: densityCurve(aspect, sigma, square),
  });
}

function failed(aspect: number): MarchenkoPasturFit {
  const none = Number.NaN;
  return result({
    kind: 'marchenko-pastur',
    status: 'failed',
    aspect,
    sigma: none,
    scale: none,
    lower: none,
    upper: none,
    threshold: none,
    spikes: 0,
    softRank: none,
    curve: { x: new Float64Array(0), y: new Float64Array(0) },
  });
}

/** Edges of the bulk for entries of standard deviation sigma / sqrt(larger side). */
export function bulkEdges(aspect: number, sigma: number): readonly [number, number] {
  const root = 1 / Math.sqrt(aspect);
  return [(sigma * (1 - root)) ** 2, (sigma * (1 + root)) ** 2];
}

/** Marchenko and Pastur's density at x; 0 outside the edges. */
export function marchenkoPasturDensity(x: number, aspect: number, sigma: number): number {
  const [lower, upper] = bulkEdges(aspect, sigma);
  const inside = (upper - x) * (x - lower);
  return inside > 0 && x > 0 ? (aspect / (2 * Math.PI * sigma * sigma * x)) * Math.sqrt(inside) : 0;
}

/** @param sorted values of mean 1, ascending */
function fitSigma(sorted: Float64Array, aspect: number): number {
  const isSquare = aspect === 1;
  const cost = isSquare
    ? quarterCircleCost(kernelDensity(sorted.map(Math.sqrt)))
    : bulkCost(kernelDensity(sorted), aspect);
  // The sigma whose upper edge is the largest value.
  const widest = Math.sqrt(sorted[sorted.length - 1] / (1 + 1 / Math.sqrt(aspect)) ** 2);
  const [from, to, step] = [0.05 * widest, 2 * widest, 0.01 * widest];
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < Math.ceil((to - from) / step); k++) {
    const value = cost(from + k * step);
    if (value < least) {
      least = value;
      best = from + k * step;
    }
  }
  return nelderMead(([sigma]) => cost(sigma), [best]).point[0];
}

interface Density extends Curve {
  /** Where the density is largest, the first of several. */
  readonly peak: number;
}

/** Points where the density is not next to nothing. */
function kernelDensity(sorted: Float64Array): Density {
  const end = sorted[sorted.length - 1] + 0.5;
  const x: number[] = [];
  const y: number[] = [];
  let first = 0;
  for (let g = 0; g < GRID; g++) {
    const at = g * (end / (GRID - 1));
    while (first < sorted.length && sorted[first] <= at - BANDWIDTH) first++;
    let sum = 0;
    for (let i = first; i < sorted.length && sorted[i] < at + BANDWIDTH; i++) {
      sum += 1 - Math.abs(at - sorted[i]) / BANDWIDTH;
    }
    const density = sum / (sorted.length * BANDWIDTH);
    if (density > LEAST_DENSITY) {
      x.push(at);
      y.push(density);
    }
  }
  const highest = y.reduce((best, value) => Math.max(best, value), 0);
  return { x: Float64Array.from(x), y: Float64Array.from(y), peak: x[y.indexOf(highest)] };
}

function bulkCost({ x, y, peak }: Density, aspect: number): (sigma: number) => number {
  return sigma => {
    const [lower, upper] = bulkEdges(aspect, sigma);
    // A bulk must hold the peak and end before the largest value.
    if (upper < peak || upper > x[x.length - 1] || lower > peak) return x.length * INFEASIBLE ** 2;
    const factor = aspect / (2 * Math.PI * sigma * sigma);
    let sum = 0;
    for (let g = 0; g < x.length; g++) {
      const inside = (upper - x[g]) * (x[g] - lower);
      const law = inside > 0 ? (factor / x[g]) * Math.sqrt(inside) : 0;
      sum += (law - y[g]) ** 2;
    }
    return sum;
  };
}

function quarterCircleCost({ x, y }: Density): (sigma: number) => number {
  return sigma => {
    const factor = 1 / (Math.PI * sigma * sigma);
    let sum = 0;
    for (let g = 0; g < x.length; g++) {
      const law = x[g] < 2 ? factor * Math.sqrt(4 - x[g] * x[g]) : 0;
      sum += (law - y[g]) ** 2;
    }
    return sum;
  };
}

const CURVE_POINTS = 200;

/** Points crowd towards the edges, where the density is steep. */
function densityCurve(aspect: number, sigma: number, square: number): Curve {
  const [lower, upper] = bulkEdges(aspect, sigma);
  const x = Float64Array.from({ length: CURVE_POINTS }, (_, k) => {
    const share = (1 - Math.cos((Math.PI * (k + 0.5)) / CURVE_POINTS)) / 2;
    return (lower + (upper - lower) * share) / square;
  });
  return { x, y: x.map(value => square * marchenkoPasturDensity(square * value, aspect, sigma)) };
}
