import type { WindowedExponents } from '../../src/chaos/windowedExponents';

/** Windowed exponents from one series a weight. */
export function exponentsOf(series: readonly ArrayLike<number>[]): WindowedExponents {
  const windows = series[0].length;
  const weights = series.length;
  const values = new Float64Array(windows * weights); // windows x weights
  series.forEach((exponents, w) => {
    for (let t = 0; t < windows; t++) values[t * weights + w] = exponents[t];
  });
  const places = Int32Array.from({ length: windows }, (_, t) => t);
  return {
    kind: 'windowed-exponents',
    estimator: 'made up',
    layers: [weights, 1],
    windows,
    weights,
    window: 1,
    overlap: 0,
    starts: places,
    ends: places,
    values,
    status: new Uint8Array(windows * weights),
  };
}
