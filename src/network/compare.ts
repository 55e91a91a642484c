import { result } from '../core/result';
import { weightCount } from './mask';
import { flops, macs } from './metrics';
import type { Network } from './network';
import type { TrainingRun } from './train';

/** One quantity of two runs. */
export interface ComparisonRow {
  readonly quantity: string;
  /** What a value counts: `epochs`, `fraction`, `weights`, `operations` or `percent`. */
  readonly unit: 'epochs' | 'fraction' | 'weights' | 'operations' | 'percent';
  readonly dense: number;
  readonly sparse: number;
  /** sparse - dense. */
  readonly difference: number;
}

/** A dense network beside its pruned one. */
export interface Comparison {
  readonly kind: 'comparison';
  /** Name of the data set. */
  readonly dataset: string;
  /** How the removed weights were chosen. */
  readonly rule: string;
  /** Whether each run met its stop rule; where not, its epochs are only the limit it was given. */
  readonly stopped: { readonly dense: boolean; readonly sparse: boolean };
  readonly rows: readonly ComparisonRow[];
}

/**
 * Epochs trained, accuracy and macro F1 on the test part, and size of a dense and a pruned run.
 *
 * @throws TypeError when the runs are of networks of different shape or of different data sets
 */
export function compare(dense: TrainingRun, sparse: TrainingRun): Comparison {
  const [shape, other] = [dense, sparse].map(
    run => `${run.initial.layers.join('-')} on ${run.settings.dataset}`,
  );
  if (shape !== other) throw new TypeError(`Cannot compare a run of ${shape} with a run of ${other}`);
  const row = (
    quantity: string,
    unit: ComparisonRow['unit'],
    of: (run: TrainingRun) => number,
  ): ComparisonRow => ({
    quantity,
    unit,
    dense: of(dense),
    sparse: of(sparse),
    difference: of(sparse) - of(dense),
  });
  return result({
    kind: 'comparison',
    dataset: dense.settings.dataset,
    rule: sparse.initial.mask?.rule ?? 'no weight removed',
    stopped: { dense: dense.stopped, sparse: sparse.stopped },
    rows: [
      row('epochs', 'epochs', run => run.epochCount),
      row('test accuracy', 'fraction', run => run.testAccuracy),
      row('test macro F1', 'fraction', run => run.testF1),
      row('weights (MACs)', 'weights', run => macs(run.final)),
      row('2 MACs + biases', 'operations', run => flops(run.final)),
      row('pruned', 'percent', run => prunedPercent(run.final)),
    ],
  });
}

function prunedPercent({ layers, mask }: Network): number {
  return (100 * (mask?.removed ?? 0)) / weightCount(layers);
}
