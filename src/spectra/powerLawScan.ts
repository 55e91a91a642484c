/** A power law for every place where the tail may start; arrays have one entry a place, ascending. */
export interface PowerLawScan {
  /** Starts of the tail that were tried, ascending. */
  readonly xmins: Float64Array;
  /** Exponent at each; NaN where the tail is one value repeated. */
  readonly alphas: Float64Array;
  /** Kolmogorov-Smirnov distances; NaN where there is no exponent, because the tail is one value repeated. */
  readonly distances: Float64Array;
  /** Place of the smallest distance, the first of several; -1 without any. */
  readonly best: number;
}

/**
 * With l_i, ..., l_N the tail from place i and n its length:
 *
 *     alpha_i = 1 + n / sum ln(l_j / l_i)
 *     D_i = max_j | 1 - (l_j / l_i)^(1 - alpha_i) - (j - i) / n |
 *
 * The distance looks at one side of each step of the empirical distribution only, as in Clauset's and WeightWatcher's code.
 *
 * @param sorted positive finite numbers, ascending; every one but the last is tried
 */
export function scanPowerLaw(sorted: Float64Array): PowerLawScan {
  const count = Math.max(0, sorted.length - 1);
  const logs = sorted.map(Math.log);
  const xmins = sorted.slice(0, count);
  const alphas = new Float64Array(count);
  const distances = new Float64Array(count);
  let best = -1;
  for (let i = 0; i < count; i++) {
    const n = sorted.length - i;
    let sum = 0;
    for (let j = i; j < sorted.length; j++) sum += logs[j] - logs[i];
    const slope = n / sum;
    let distance = Number.NaN;
    if (Number.isFinite(slope)) {
      distance = 0;
      for (let j = i; j < sorted.length; j++) {
        const gap = Math.abs(-Math.expm1(slope * (logs[i] - logs[j])) - (j - i) / n);
        if (gap > distance) distance = gap;
      }
      if (best < 0 || distance < distances[best]) best = i;
    }
    alphas[i] = sum === 0 ? Number.NaN : 1 + slope;
    distances[i] = distance;
  }
  return { xmins, alphas, distances, best };
}
