import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { Perturbation } from '../network/perturb';
import { checkResumable } from '../network/resumePoint';
import { iterationsPerEpoch } from '../network/train';
import { trainingIdentity } from '../network/trainingIdentity';
import {
  type TrainingSettings,
  type TrainOptions,
  trainingSettings,
  trainOptionNames,
} from '../network/trainingSettings';
import type { AnalysedTraining, AnalysisWhileTraining } from './exponentsWhileTraining';
import { createEstimator, type LyapunovOptions, readsDifference } from './lyapunov';
import { placeWindows } from './placeWindows';
import { windowedLyapunovOptionNames } from './windowedLyapunov';

const task = 'analyse a training';

const analysisOptionNames: OptionNames<AnalysisWhileTraining> = {
  ...windowedLyapunovOptionNames,
  checkpoint: true,
  checkpointSeconds: true,
  part: true,
  perturbation: true,
};

/** Checked options of `exponentsWhileTraining`, defaults filled in. */
export interface AnalysisPlan {
  readonly settings: TrainingSettings;
  readonly estimator: LyapunovOptions;
  /** Null where one run is read. */
  readonly perturbation: Perturbation | null;
  readonly window: number;
  readonly overlap: number;
  /** First iterate of every window that there will be if the stop rule is not met. */
  readonly starts: Int32Array;
  readonly part: AnalysedTraining['part'];
  readonly weights: number;
  /** Everything that the numbers depend on. */
  readonly identity: Readonly<Record<string, unknown>>;
}

/** @throws as `exponentsWhileTraining` */
export function analysisPlan(
  network: Network,
  dataset: Dataset,
  training: TrainOptions,
  options: AnalysisWhileTraining,
): AnalysisPlan {
  requireKind(dataset, 'dataset', task);
  checkOptions(training, trainOptionNames, 'train');
  checkOptions(options, analysisOptionNames, task);
  const {
    window: _window,
    overlap: _overlap,
    first: _first,
    last,
    windows,
    part: partName,
    perturbation = null,
    ...rest
  } = options;
  const { workers, checkpoint, checkpointSeconds, signal, onProgress, ...estimator } = rest;
  if (readsDifference(estimator) && perturbation === null) {
    throw new TypeError(
      `Cannot ${task}: estimator 'direct' requires the difference of a perturbed pair; give a perturbation, or choose ` +
        "'rosenstein' or 'kantz', which read the weights",
    );
  }
  const settings = trainingSettings(network, dataset, training);
  checkResumable(settings, options);
  if (perturbation !== null && (checkpoint !== undefined || settings.engine !== 'fused')) {
    throw new RangeError(
      `Cannot ${task}: a perturbed pair is trained by engine 'fused' and keeps no checkpoint; engine '${settings.engine}'` +
        `${checkpoint === undefined ? '' : ' and a checkpoint'} came`,
    );
  }
  if (workers !== undefined) requireWhole(workers, 0, 'workers', task);
  if (last !== undefined) requireWhole(last, 0, 'last', task);
  const part = partName ?? (dataset.validation === null ? 'test' : 'validation');
  requireOneOf(part, ['test', 'train', 'validation'], 'part', task);
  if (dataset[part] === null) {
    throw new RangeError(`Cannot ${task}: ${dataset.name} has no ${part} part`);
  }
  const iterates = settings.epochs * iterationsPerEpoch(dataset, settings) + 1;
  const usable = Math.min(iterates, (last ?? iterates) + 1);
  const { window, overlap, first, starts } = placeWindows(
    usable,
    { ...options, last: usable - 1 },
    perturbation !== null,
    task,
  );
  createEstimator(window, estimator);
  const identity = {
    ...trainingIdentity(network, dataset, settings),
    ...(perturbation !== null && { perturbation }),
    ...{ estimator, window, overlap, first, windows: starts.length, part },
  };
  const weights = weightCount(network.layers);
  return { settings, estimator, perturbation, window, overlap, starts, part, weights, identity };
}
