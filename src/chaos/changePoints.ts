import { checkOptions } from '../core/options';
import { readSeries } from '../core/series';

/** What one more segment must be worth to `changePoints`. */
export interface ChangePointOptions {
  /** Cost of one more segment, in squared units of the series. Default 1, MATLAB's. */
  readonly threshold?: number;
}

/**
 * Where the mean of a series changes: the index of the first value of each new segment, ascending; empty without a change.
 * The segments minimise
 *
 *     sum over segments of sum (x - segment mean)^2  +  threshold * (segments - 1)
 *
 * over all partitions, found exactly by optimal partitioning with PELT's pruning, segments of length 1 included. This is
 * what MATLAB documents for `ischange(x, 'mean')`: cost N var(x), not divided by a noise variance, so that the
 * threshold is a squared distance. A split must lower the sum by more than the threshold; ties keep fewer segments.
 * (Dividing by the variance would find a change in nearly every window, and the study's exponents would all be 0.)
 *
 * A series with NaN or infinite values has no change points.
 *
 * Killick, Fearnhead & Eckley 2012, JASA 107, 1590; MATLAB reference, `ischange`, section Algorithms.
 *
 * @throws TypeError when the series is no array of numbers, RangeError for a negative threshold
 * @example
 * import { changePoints } from 'legcnet';
 * changePoints([1, 1, 1, 25, 25, 25]); // [3]
 */
export function changePoints(series: ArrayLike<number>, options: ChangePointOptions = {}): Int32Array {
  const task = 'find change points';
  checkOptions(options, { threshold: true }, task);
  const { threshold = 1 } = options;
  const values = readSeries(series, task);
  if (!(threshold >= 0)) {
    throw new RangeError(`Cannot ${task}: threshold must be 0 or positive, ${threshold} came`);
  }
  return createChangePoints(values.length)(values, threshold);
}

/** Low level: `changePoints` of one series after another, all of this length, with one threshold each; buffers are reused. */
export function createChangePoints(n: number): (values: Float64Array, threshold: number) => Int32Array {
  const centred = new Float64Array(n);
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  const best = new Float64Array(n + 1); // least cost of x[0..t-1]
  const previous = new Int32Array(n + 1); // start of its last segment

  return (values, threshold) => {
    const scale = centre(values, centred);
    const penalty = threshold / scale / scale;
    let sum = 0;
    let square = 0;
    for (let t = 0; t < n; t++) {
      sum += centred[t];
      square += centred[t] * centred[t];
      sums[t + 1] = sum;
      squares[t + 1] = square;
    }
    // k changes cost at least k penalties: below one penalty in all, nothing can be gained.
    if (!(cost(0, n) > penalty)) return NONE;

    best[0] = -penalty;
    let candidates = [0];
    for (let t = 1; t <= n; t++) {
      best[t] = Number.POSITIVE_INFINITY;
      for (const s of candidates) {
        const total = best[s] + cost(s, t) + penalty;
        if (total < best[t]) {
          best[t] = total;
          previous[t] = s;
        }
      }
      candidates = candidates.filter(s => best[s] + cost(s, t) <= best[t]);
      candidates.push(t);
    }
    const starts: number[] = [];
    for (let t = previous[n]; t > 0; t = previous[t]) starts.push(t);
    return Int32Array.from(starts.reverse());
  };

  /** Squared residuals of x[s..t-1] about their mean. */
  function cost(s: number, t: number): number {
    const sum = sums[t] - sums[s];
    return squares[t] - squares[s] - (sum * sum) / (t - s);
  }
}

const NONE = new Int32Array(0);

/** Writes values minus their mean, divided by the largest of them, so that no square overflows; returns that. */
function centre(values: Float64Array, centred: Float64Array): number {
  const n = values.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += values[t] / n;
  let scale = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t] - mean;
    centred[t] = value;
    scale = Math.max(scale, Math.abs(value));
  }
  for (let t = 0; t < n; t++) centred[t] /= scale;
  return scale;
}
