import type { GrangerScan } from '../../src/causality/grangerScan';
import type { WindowedExponents } from '../../src/chaos/windowedExponents';
import { weightCount } from '../../src/core/weightLayers';
import type { Comparison } from '../../src/network/compare';
import { createMask } from '../../src/network/mask';
import type { Network } from '../../src/network/network';
import type { EpochMetrics, Recording } from '../../src/network/recording';
import { randomStream } from '../../src/statistics/random';

// Results made by hand from seeded streams, so that figures are tested without the code that makes real ones.

export const layers: readonly number[] = [4, 6, 3];
const weights = weightCount(layers);

export function madeUpEpochs(count: number, validation = false): EpochMetrics[] {
  return Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    loss: 0.2 * Math.exp(-i / 20),
    trainAccuracy: 1 - 0.6 * Math.exp(-i / 10),
    testAccuracy: 0.95 - 0.6 * Math.exp(-i / 9),
    testArgmaxAccuracy: 0.96 - 0.6 * Math.exp(-i / 9),
    testF1: 0.9,
    validationAccuracy: validation ? 0.9 - 0.5 * Math.exp(-i / 9) : null,
  }));
}

/** A recording whose weight k at iterate t is `value(k, t)`. */
export function madeUpRecording(
  content: 'weights' | 'difference',
  iterates: number,
  value: (weight: number, iterate: number) => number,
): Recording {
  const network: Network = {
    kind: 'network',
    layers,
    activation: 'sigmoid',
    output: 'sigmoid',
    weights: [new Float64Array(24), new Float64Array(18)],
    biases: [new Float64Array(6), new Float64Array(3)],
    mask: null,
  };
  return {
    kind: 'recording',
    content,
    initial: network,
    final: network,
    weights,
    iterates,
    iterationsPerEpoch: 10,
    epochs: madeUpEpochs(3),
    stopped: false,
    diverged: false,
    async readWindow(start, length) {
      const series = new Float64Array(weights * length);
      for (let k = 0; k < weights; k++) {
        for (let t = 0; t < length; t++) series[k * length + t] = value(k, start + t);
      }
      return { start, length, series };
    },
    networkAt: async () => network,
  };
}

/** Exponents uniform on [-0.01, 0.01); weight 2 has none in window 1. */
export function madeUpExponents(widths: readonly number[] = layers, windows = 12): WindowedExponents {
  const random = randomStream(1, 'exponents');
  const count = weightCount(widths);
  const values = Float64Array.from({ length: windows * count }, () => 0.02 * (random() - 0.5));
  const status = new Uint8Array(windows * count);
  values[count + 2] = Number.NaN;
  status[count + 2] = 3;
  return {
    kind: 'windowed-exponents',
    estimator: 'made up',
    layers: widths,
    windows,
    weights: count,
    window: 100,
    overlap: 0,
    starts: Int32Array.from({ length: windows }, (_, w) => 100 * w),
    ends: Int32Array.from({ length: windows }, (_, w) => 100 * w + 99),
    values,
    status,
  };
}

/** p-values u^3 of uniform u; weight 5 has none, weight 6 has exactly 0. */
export function madeUpScan(): GrangerScan {
  const random = randomStream(2, 'p-values');
  const pValue = Float64Array.from({ length: weights }, () => random() ** 3);
  pValue[5] = Number.NaN;
  pValue[6] = 0;
  const status = new Uint8Array(weights);
  status[5] = 1;
  return {
    kind: 'granger-scan',
    test: 'f',
    layers,
    weights,
    windows: 99,
    lags: [1],
    lagRule: 'fixed',
    lag: new Int32Array(weights).fill(1),
    statistic: pValue.map(p => -Math.log(p)),
    geweke: new Float64Array(weights),
    pValue,
    status,
  };
}

export function madeUpComparison(): Comparison {
  const row = (
    quantity: string,
    unit: Comparison['rows'][number]['unit'],
    dense: number,
    sparse: number,
  ): Comparison['rows'][number] => ({ quantity, unit, dense, sparse, difference: sparse - dense });
  return {
    kind: 'comparison',
    dataset: 'toy',
    rule: 'p < 0.05 & more',
    stopped: { dense: true, sparse: false },
    diverged: { dense: false, sparse: false },
    differences: [],
    rows: [
      row('epochs', 'epochs', 133, 250),
      row('test accuracy', 'fraction', 0.9, 0.6333),
      row('pruned', 'percent', 0, 83.3),
    ],
  };
}

export const mask: ReturnType<typeof createMask> = createMask(layers, [0, 1, 5], 'made up');
