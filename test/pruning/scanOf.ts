import type { GrangerScan } from '../../src/causality/grangerScan';

/** A scan of one layer with these p-values. */
export function scanOf(pValues: readonly number[]): GrangerScan {
  const weights = pValues.length;
  return {
    kind: 'granger-scan',
    test: 'f',
    layers: [weights, 1],
    weights,
    windows: 30,
    lags: [1],
    lagRule: 'fixed',
    lag: new Int32Array(weights).fill(1),
    statistic: new Float64Array(weights),
    geweke: new Float64Array(weights),
    pValue: Float64Array.from(pValues),
    status: Uint8Array.from(pValues, p => (Number.isNaN(p) ? 1 : 0)),
  };
}
