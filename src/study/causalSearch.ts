import { type GrangerScan, type GrangerScanOptions, grangerScan } from '../causality/grangerScan';
import {
  type MakeStationaryOptions,
  makeStationary,
  type StationaryExponents,
} from '../causality/makeStationary';
import { embeddingOf, type LyapunovOptions } from '../chaos/lyapunov';
import type { WindowOptions } from '../chaos/placeWindows';
import type { WindowedExponents } from '../chaos/windowedExponents';
import { windowedLyapunov } from '../chaos/windowedLyapunov';
import type { LongRunOptions } from '../core/longRun';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import { lossAlong } from '../network/lossAlong';
import type { Mask } from '../network/mask';
import { misclassification } from '../network/misclassification';
import type { Network } from '../network/network';
import type { Perturbation } from '../network/perturb';
import type { Recording } from '../network/recording';
import { recordTraining } from '../network/recordTraining';
import { recordTwin } from '../network/recordTwin';
import { iterationsPerEpoch, type TrainOptions } from '../network/train';
import { type ExponentFlopsOptions, exponentFlops, grangerFlops, trainingFlops } from '../pruning/searchCost';
import { type SelectWeightsOptions, selectWeights } from '../pruning/selectWeights';

/** How weights are chosen from a recorded run. */
export interface SearchSettings {
  /**
   * Iterates that are analysed, from the start of training: those of a number of epochs, or a share of the dense run,
   * which ends by the stop rule (1 for the whole run, 0.1 for the paper's tenth).
   */
  readonly length:
    | {
        /** Epochs of iterates. */
        readonly epochs: number;
      }
    | {
        /** Share of the dense run's iterates, above 0, at most 1. */
        readonly share: number;
      };
  /** What the exponents are measured on: the difference to a run perturbed like this, or, if null, the weights themselves. */
  readonly perturbation: Perturbation | null;
  /** Windows and estimator. */
  readonly exponents: LyapunovOptions & Omit<WindowOptions, 'last'>;
  /** What the exponents are to predict. */
  readonly target: TargetSettings;
  /** What makes both series stationary. */
  readonly stationary: MakeStationaryOptions;
  /** `exponents`: do they help to predict the target? `target`: the other way round. */
  readonly cause: 'exponents' | 'target';
  /** The Granger tests and their lags. */
  readonly scan: Omit<GrangerScanOptions, keyof LongRunOptions>;
  /** Which weights then go. */
  readonly rule: SelectWeightsOptions;
}

/** The series that the exponents are to cause. */
export interface TargetSettings {
  /** Rows whose misclassification it is. */
  readonly part: 'train' | 'validation' | 'test';
  /** Measured so many iterates after a window's last. Default 0. */
  readonly shift?: number;
  /** `loss`: mean squared error instead. Default `misclassification`. */
  readonly measure?: 'misclassification' | 'loss';
}

/** Weights chosen from a recorded run, with every step on the way. */
export interface CausalSearch {
  readonly kind: 'causal-search';
  /** What was asked for. */
  readonly settings: SearchSettings;
  /** Iterates analysed, the initial weights included. */
  readonly iterates: number;
  /** Series as they were tested, and what was done to them. */
  readonly stationary: StationaryExponents;
  /** One Granger test a weight. */
  readonly scan: GrangerScan;
  /** The weights that go. */
  readonly mask: Mask;
  /** What a reader must know before the mask is used; often none. */
  readonly cautions: readonly string[];
  /** Wall clock of each step. */
  readonly seconds: SearchSteps;
  /** Floating point operations of each step. */
  readonly flops: SearchSteps;
}

/** One number for each step of a search. */
export interface SearchSteps {
  /** Training once more, with the perturbed run, to record it. */
  readonly recording: number;
  /** Exponents of all windows and the target. */
  readonly exponents: number;
  /** Stationarity and Granger tests. */
  readonly tests: number;
}

/**
 * Trains a network without a stop rule, records it, and chooses weights: windowed exponents, misclassification at each
 * window's last iterate, Granger tests, rule. The order of training rows is that of `training`, so that the recording is
 * the beginning of the dense run, or goes beyond its end.
 *
 * @param training how the dense network is trained; its `stop` and `epochs` are left out here
 * @param denseEpochs epochs of the dense run; needed for a `share` of it
 * @throws RangeError when no window fits, or a share comes without `denseEpochs`
 */
export async function causalSearch(
  network: Network,
  dataset: Dataset,
  training: TrainOptions,
  settings: SearchSettings,
  { denseEpochs, ...longRun }: LongRunOptions & { readonly denseEpochs?: number } = {},
): Promise<CausalSearch> {
  const started = performance.now();
  const perEpoch = iterationsPerEpoch(dataset, { batch: training.batch ?? 1 });
  const last = lastIterate(settings.length, perEpoch, denseEpochs);
  const epochs = Math.ceil(last / perEpoch);
  const recording = await recordFor(settings, network, dataset, { ...training, ...longRun, epochs });
  const recorded = performance.now();
  const exponents = await searchExponents(recording, settings, last, longRun);
  const estimated = performance.now();
  const chosen = await chooseWeights(exponents, recording, dataset, settings, longRun);
  return result({
    kind: 'causal-search',
    settings,
    iterates: last + 1,
    ...chosen,
    cautions: cautionsOf(chosen.scan, chosen.mask),
    seconds: {
      recording: (recorded - started) / 1000,
      exponents: (estimated - recorded) / 1000,
      tests: (performance.now() - estimated) / 1000,
    },
    flops: {
      recording: trainingFlops(recording, dataset) * (settings.perturbation === null ? 1 : 2),
      exponents: exponentFlops(exponents, countedEstimator(settings.exponents)),
      tests: grangerFlops(chosen.scan),
    },
  });
}

/** Below this number of windows an F test has little power against anything but strong dependence. */
const FEW_WINDOWS = 20;

function cautionsOf({ windows, pValue }: GrangerScan, { removed, kept }: Mask): string[] {
  const unanswered = pValue.filter(Number.isNaN).length;
  return [
    ...(removed === kept.length ? ['Every weight is removed: nothing is left to train.'] : []),
    ...(windows < FEW_WINDOWS
      ? [`Only ${windows} windows were tested: a weight without a small p-value may well be a cause.`]
      : []),
    ...(unanswered > 0 ? [`${unanswered} weights have no answer.`] : []),
  ];
}

/** What of an estimator counts for its operations; `kantz` is counted as `rosenstein`, which it exceeds. */
export function countedEstimator(options: LyapunovOptions): ExponentFlopsOptions {
  const embedding = embeddingOf(options);
  if (embedding === null) return { estimator: 'direct' };
  return { estimator: 'rosenstein', dimension: embedding.dimension, steps: embedding.steps };
}

/** The last iterate that is analysed. */
export function lastIterate(
  length: SearchSettings['length'],
  perEpoch: number,
  denseEpochs: number | undefined,
): number {
  if ('epochs' in length) return length.epochs * perEpoch;
  if (denseEpochs === undefined) {
    throw new RangeError(
      'Cannot search for causal weights in a share of the dense run: its number of epochs is required',
    );
  }
  return Math.max(1, Math.ceil(length.share * denseEpochs * perEpoch));
}

/** The run that is analysed, without a stop rule. */
export function recordFor(
  { perturbation }: SearchSettings,
  network: Network,
  dataset: Dataset,
  { stop, ...training }: TrainOptions,
): Promise<Recording> {
  return perturbation === null
    ? recordTraining(network, dataset, training)
    : recordTwin(network, dataset, { ...training, perturbation });
}

/** The exponents of every weight in every window up to an iterate, or to the last recorded. */
export function searchExponents(
  recording: Recording,
  { exponents }: SearchSettings,
  last: number,
  longRun: LongRunOptions,
): Promise<WindowedExponents> {
  return windowedLyapunov(recording, {
    ...exponents,
    ...longRun,
    last: Math.min(last, recording.iterates - 1),
  });
}

/** From the exponents of a recorded run to its mask. */
export async function chooseWeights(
  exponents: WindowedExponents,
  recording: Recording,
  dataset: Dataset,
  settings: SearchSettings,
  longRun: LongRunOptions,
): Promise<Pick<CausalSearch, 'stationary' | 'scan' | 'mask'>> {
  const { target } = settings;
  const { shift = 0, measure = 'misclassification' } = target;
  const part = dataset[target.part];
  if (part === null) {
    throw new RangeError(
      `Cannot search for causal weights: ${dataset.name} (${dataset.procedure}) has no ${target.part} part to measure misclassification on`,
    );
  }
  const at = exponents.ends.map(end => Math.min(recording.iterates - 1, end + shift));
  const along = measure === 'loss' ? lossAlong : misclassification;
  const stationary = makeStationary(
    exponents,
    await along(recording, part, at, longRun),
    settings.stationary,
  );
  const options = { ...settings.scan, ...longRun };
  const scan =
    settings.cause === 'exponents'
      ? await grangerScan(stationary.exponents, stationary.target, options)
      : await scanBackwards(stationary, options);
  return { stationary, scan, mask: selectWeights(scan, settings.rule) };
}

/** One scan a weight, with the target as the only cause and the weight's exponents as the effect. */
async function scanBackwards(
  { exponents, target }: StationaryExponents,
  options: GrangerScanOptions,
): Promise<GrangerScan> {
  const { windows, weights, values } = exponents;
  const cause = { ...exponents, weights: 1, values: target, status: new Uint8Array(windows) };
  const scans: GrangerScan[] = [];
  for (let weight = 0; weight < weights; weight++) {
    const effect = Float64Array.from({ length: windows }, (_, w) => values[w * weights + weight]);
    scans.push(await grangerScan(cause, effect, options));
  }
  return result({
    ...scans[0],
    weights,
    lag: Int32Array.from(scans, scan => scan.lag[0]),
    statistic: Float64Array.from(scans, scan => scan.statistic[0]),
    geweke: Float64Array.from(scans, scan => scan.geweke[0]),
    pValue: Float64Array.from(scans, scan => scan.pValue[0]),
    status: Uint8Array.from(scans, scan => scan.status[0]),
  });
}
