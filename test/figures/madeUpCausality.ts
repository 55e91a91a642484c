import type { GrangerScan } from '../../src/causality/grangerScan';
import type { StationarityScan } from '../../src/causality/stationarityScan';
import type { TestSize } from '../../src/causality/testSize';
import type { RemovalCounts } from '../../src/pruning/removalCounts';
import { randomStream } from '../../src/statistics/random';
import { layers, madeUpScan } from './madeUp';

// Results made by hand, so that figures are tested without the code that makes real ones.

/** `madeUpScan` at one lag, its p-values times a factor. */
export function scanAt(lag: number, factor = 1): GrangerScan {
  const scan = madeUpScan();
  return {
    ...scan,
    lags: [lag],
    lag: new Int32Array(scan.weights).fill(lag),
    pValue: scan.pValue.map(p => Math.min(1, factor * p)),
  };
}

export function madeUpCounts(): RemovalCounts {
  const raw = Float64Array.of(0.001, 0.2, Number.NaN, 0.04);
  const row = (adjust: RemovalCounts['rows'][number]['adjust'], pValues: Float64Array, causal: number) => ({
    adjust,
    pValues,
    causal,
    nonCausal: 3 - causal,
  });
  const corrected = Float64Array.of(0.003, 0.6, Number.NaN, 0.12);
  return {
    kind: 'removal-counts',
    alpha: 0.05,
    weights: 4,
    unanswered: 1,
    rows: [
      row('none', raw, 2),
      row('bh', corrected, 1),
      row('by', corrected, 1),
      row('holm', corrected, 1),
      row('bonferroni', corrected, 1),
    ],
  };
}

export function madeUpStationarity(): StationarityScan {
  const random = randomStream(3, 'stationarity');
  const weights = 42;
  const tests = () => ({
    statistic: Float64Array.from({ length: weights }, () => 3 * random()),
    pValue: Float64Array.from({ length: weights }, random),
    lags: new Int32Array(weights),
    status: new Uint8Array(weights),
  });
  const verdict = new Uint8Array(weights);
  verdict.fill(2, 30, 40);
  verdict.fill(4, 40);
  const level = { adf: tests(), kpss: tests() };
  return {
    kind: 'stationarity-scan',
    layers,
    weights,
    windows: 50,
    alpha: 0.05,
    lowPower: false,
    level,
    critical: { adf: -2.9, kpss: 0.463 },
    trend: level,
    verdict,
    counts: { stationary: 30, 'trend-stationary': 0, 'unit-root': 10, inconclusive: 0, 'no-answer': 2 },
  };
}

export function madeUpSize(): TestSize {
  const rates = (test: 'f' | 'chi2', rate: readonly number[]) => ({
    test,
    rate: Float64Array.from(rate),
    low: Float64Array.from(rate, share => share - 0.01),
    high: Float64Array.from(rate, share => share + 0.02),
  });
  return {
    kind: 'test-size',
    series: 'white-noise',
    alpha: 0.05,
    pairs: 2000,
    seed: 1,
    lags: [1, 2],
    lagRule: 'bic',
    windows: [4, 12, 100],
    rates: [rates('f', [Number.NaN, 0.05, 0.05]), rates('chi2', [Number.NaN, 0.13, 0.06])],
  };
}
