import { extraEpochs, studySettings } from '../data/studySettings';
import type { TrainOptions } from '../network/train';
import type { SmallDataset } from './publishedRun';

/** How the study's code trains a small network, from the settings of its data set. */
export function publishedTraining(
  name: SmallDataset,
  maxEpochs: number = studySettings[name].recordedEpochs + extraEpochs,
): TrainOptions {
  const settings = studySettings[name];
  return {
    epochs: maxEpochs,
    learningRate: settings.learningRate,
    batch: settings.batch,
    loss: 'squared-error',
    shuffle: 'never',
    accuracyRule: 'all-outputs',
    stop: { part: 'train', accuracy: settings.benchmark },
  };
}
