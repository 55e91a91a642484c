/** Least squares line y = intercept + slope x; both NaN with fewer than two points. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Number of points that entered. */
  readonly points: number;
}

/** Fits y[x] against the index x = from..to (both included), leaving out NaN. */
export function lineFit(y: Float64Array, from: number, to: number): Line {
  let points = 0;
  let sumX = 0;
  let sumY = 0;
  for (let x = from; x <= to; x++) {
    if (Number.isNaN(y[x])) continue;
    points++;
    sumX += x;
    sumY += y[x];
  }
  const meanX = sumX / points;
  const meanY = sumY / points;
  let xx = 0;
  let xy = 0;
  for (let x = from; x <= to; x++) {
    if (Number.isNaN(y[x])) continue;
    xx += (x - meanX) * (x - meanX);
    xy += (x - meanX) * (y[x] - meanY);
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX, points };
}
