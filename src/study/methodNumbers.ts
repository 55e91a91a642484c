import { describeLags } from '../core/describeLags';
import { requireKind } from '../core/require';
import { adjustPValues } from '../statistics/adjustPValues';
import type { LegcnetRun } from './legcnet';

/** How one network of a run was trained to its end. */
export interface TrainingNumbers {
  readonly epochs: number;
  /** Whether the benchmark was reached; else the limit of epochs ended the run. */
  readonly reached: boolean;
  readonly accuracy: number;
  readonly f1: number;
}

/** What goes along the arrows of the method's flowcharts, of one run. */
export interface MethodNumbers {
  readonly variant: LegcnetRun['variant'];
  readonly dataset: string;
  readonly procedure: string;
  readonly layers: readonly number[];
  readonly weights: number;
  readonly dense: TrainingNumbers;
  /** Iterates that were recorded and analysed, the initial weights included, and the epochs that they fill. */
  readonly iterates: number;
  readonly epochs: number;
  /** How that length was set: a share of the dense run, or null for a number of epochs. */
  readonly share: number | null;
  /** What was added to which weight (from 0); null where the weights themselves were analysed. */
  readonly perturbation: { readonly weight: number | readonly number[]; readonly delta: number } | null;
  readonly estimator: string;
  readonly window: number;
  readonly overlap: number;
  /** Windows whose exponents were tested, one less after differencing. */
  readonly windows: number;
  readonly exponents: number;
  /** Exponents that are numbers. */
  readonly exponentsOk: number;
  readonly part: 'train' | 'validation' | 'test';
  readonly treatment: string;
  readonly test: string;
  readonly cause: 'exponents' | 'target';
  readonly alpha: number;
  readonly adjust: string;
  /** Weights with an answer, and those of them below alpha. */
  readonly answered: number;
  readonly significant: number;
  readonly remove: 'non-causal' | 'causal';
  readonly removed: number;
  /** What happens to weights without an answer. */
  readonly unanswered: 'keep' | 'remove';
  readonly sparse: TrainingNumbers;
}

/**
 * The numbers of a run of `legcnetFT` or `legcnetPT`.
 *
 * @example
 * import { createNetwork, legcnetFT, loadDataset, methodNumbers, studyProcedure } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const run = await legcnetFT(network, iris, { ...studyProcedure('iris', 'sound', { seed: 1 }).FT, controls: 'none' });
 * const { weights, significant, removed } = methodNumbers(run);
 * [weights, significant, removed]; // [ 42, 25, 17 ]
 */
export function methodNumbers(run: LegcnetRun): MethodNumbers {
  requireKind(run, 'legcnet-run', 'draw the method');
  const { variant, dense, search, sparse } = run;
  const { settings, stationary, scan, mask, iterates } = search;
  const { exponents } = stationary;
  const { alpha = 0.05, adjust = 'none', unanswered = 'keep', remove } = settings.rule;
  const pValues = adjust === 'none' ? scan.pValue : adjustPValues(scan.pValue, adjust);
  const tests = { f: 'F test', chi2: 'χ² test', lr: 'likelihood-ratio test' };
  return {
    variant,
    dataset: dense.settings.dataset,
    procedure: dense.settings.procedure,
    layers: dense.initial.layers,
    weights: mask.kept.length,
    dense: trainingNumbers(dense),
    iterates,
    epochs: (iterates - 1) / dense.iterationsPerEpoch,
    share: 'share' in settings.length ? settings.length.share : null,
    perturbation:
      settings.perturbation === null ? null : { weight: 0, delta: 1e-6, ...settings.perturbation },
    estimator: exponents.estimator,
    window: exponents.window,
    overlap: exponents.overlap,
    windows: exponents.windows,
    exponents: exponents.values.length,
    exponentsOk: exponents.status.filter(status => status === 0).length,
    part: settings.target.part,
    treatment: stationary.treatment,
    test: `${tests[scan.test]}, ${describeLags(scan)}`,
    cause: settings.cause,
    alpha,
    adjust,
    answered: pValues.filter(p => !Number.isNaN(p)).length,
    significant: pValues.filter(p => p < alpha).length,
    remove,
    removed: mask.removed,
    unanswered,
    sparse: trainingNumbers(sparse),
  };
}

function trainingNumbers(run: LegcnetRun['dense']): TrainingNumbers {
  return {
    epochs: run.epochCount,
    reached: run.stopped,
    accuracy: run.testAccuracy,
    f1: run.testF1,
  };
}
