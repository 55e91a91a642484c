import { describeLags } from '../core/describeLags';
import { requireKind } from '../core/require';
import { adjustPValues } from '../statistics/adjustPValues';
import type { LegcnetRun } from './legcnet';

/** How one network of a run was trained to its end. */
export interface TrainingNumbers {
  /** Epochs trained. */
  readonly epochs: number;
  /** Whether the benchmark was reached; else the limit of epochs ended the run. */
  readonly reached: boolean;
  /** Test accuracy. */
  readonly accuracy: number;
  /** Macro F1 on the test part. */
  readonly f1: number;
}

/** What goes along the arrows of the method's flowcharts, of one run. */
export interface MethodNumbers {
  /** FT: from the whole run, PT: from its first part. */
  readonly variant: LegcnetRun['variant'];
  /** Name of the data set. */
  readonly dataset: string;
  /** How it was split and scaled. */
  readonly procedure: string;
  /** Layer widths from inputs to outputs. */
  readonly layers: readonly number[];
  /** Weights of the network. */
  readonly weights: number;
  /** The network trained whole. */
  readonly dense: TrainingNumbers;
  /** Iterates that were recorded and analysed, the initial weights included. */
  readonly iterates: number;
  /** Epochs that the iterates fill. */
  readonly epochs: number;
  /** How that length was set: a share of the dense run, or null for a number of epochs. */
  readonly share: number | null;
  /** What was added to which weight (from 0); null where the weights themselves were analysed. */
  readonly perturbation: {
    /** Index of the weight, or several. */
    readonly weight: number | readonly number[];
    /** Added to each of them. */
    readonly delta: number;
  } | null;
  /** Estimator of the exponents, in words. */
  readonly estimator: string;
  /** Iterates per window. */
  readonly window: number;
  /** Share of a window that the next one repeats. */
  readonly overlap: number;
  /** Windows whose exponents were tested, one less after differencing. */
  readonly windows: number;
  /** Exponents in all, windows x weights. */
  readonly exponents: number;
  /** Exponents that are numbers. */
  readonly exponentsOk: number;
  /** Rows whose misclassification is the target. */
  readonly part: 'train' | 'validation' | 'test';
  /** What made the series stationary, in words. */
  readonly treatment: string;
  /** The Granger test and its lags, in words. */
  readonly test: string;
  /** What is tested as the cause. */
  readonly cause: 'exponents' | 'target';
  /** Level below which a weight counts as a cause. */
  readonly alpha: number;
  /** Correction for many tests, or none. */
  readonly adjust: string;
  /** Weights with an answer. */
  readonly answered: number;
  /** Weights with p below alpha. */
  readonly significant: number;
  /** Which weights go. */
  readonly remove: 'non-causal' | 'causal';
  /** Weights removed. */
  readonly removed: number;
  /** What happens to weights without an answer. */
  readonly unanswered: 'keep' | 'remove';
  /** The network trained again without them. */
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
