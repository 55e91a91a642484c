import type { LayersModel } from '@tensorflow/tfjs-node';
import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import type { ModelTrainOptions } from '../network/modelSettings';
import type { Perturbation } from '../network/perturb';
import { checkFloat32 } from '../network/recordTwin';
import { checkResumable } from '../network/resumePoint';
import { iterationsPerEpoch, type TrainingPlan, trainingPlan } from '../network/train';
import type { Trainable } from '../network/trainable';
import { trainingIdentity } from '../network/trainingIdentity';
import type { TrainingSettings, TrainOptions } from '../network/trainingSettings';
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
  readonly training: TrainingPlan;
  readonly estimator: LyapunovOptions;
  /** Null where one run is read. */
  readonly perturbation: Perturbation | null;
  readonly window: number;
  readonly overlap: number;
  /** First iterate of every window that there will be if the stop rule is not met. */
  readonly starts: Int32Array;
  readonly part: AnalysedTraining['part'];
  readonly weights: number;
  /** Everything that the numbers depend on; null without a checkpoint. */
  readonly identity: Readonly<Record<string, unknown>> | null;
}

/** @throws as `exponentsWhileTraining` */
export function analysisPlan(
  source: Trainable | LayersModel,
  dataset: Dataset,
  trainOptions: TrainOptions | ModelTrainOptions,
  options: AnalysisWhileTraining,
): AnalysisPlan {
  requireKind(dataset, 'dataset', task);
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
  const training = trainingPlan(source, dataset, trainOptions, 'train');
  const { network, settings } = training;
  if (network.kind === 'network') checkResumable(settings as TrainingSettings, options);
  else if (checkpoint !== undefined) {
    throw new RangeError(
      `Cannot ${task}: a TensorFlow.js model keeps no checkpoint, because its optimiser cannot be saved`,
    );
  }
  if (network.kind === 'model' && perturbation !== null) checkFloat32({ perturbation }, 'model', 'tfjs');
  const isFused = settings.engine === 'fused' || network.kind === 'model';
  if (perturbation !== null && (checkpoint !== undefined || !isFused)) {
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
  const identity =
    checkpoint === undefined || network.kind === 'model'
      ? null
      : {
          ...trainingIdentity(network, dataset, settings as TrainingSettings),
          ...{ estimator, window, overlap, first, windows: starts.length, part },
        };
  const weights = weightCount(network.layers);
  return { training, estimator, perturbation, window, overlap, starts, part, weights, identity };
}
