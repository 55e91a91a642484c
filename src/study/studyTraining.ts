import type { Procedure } from '../data/dataset';
import { extraEpochs, type StudyName, studySettings } from '../data/studySettings';
import type { TrainOptions } from '../network/train';

/** The order of rows and the epochs of `studyTraining`. */
export interface StudyTrainingOptions {
  /** Of the row order, where rows are reordered: under `sound`, and for MNIST. Default 1. */
  readonly seed?: number;
  /** Epochs after which a run that misses the benchmark is given up. Default: the study's, recorded epochs + 50. */
  readonly maxEpochs?: number;
}

/**
 * How a network of the study is trained under a procedure, dense or pruned. Learning rate, batch, benchmark and the limit of
 * epochs are those of the study's code throughout, because its text gives none. `sound` reorders the rows every epoch and
 * stops by validation accuracy; `described` and `sound` count the largest output as the answer, the code compared all of them
 * (of MNIST it took the largest, too).
 *
 * @example
 * import { studyTraining } from 'legcnet';
 * const { epochs, learningRate, stop } = studyTraining('iris', 'published');
 * [epochs, learningRate, stop?.accuracy]; // [250, 0.05, 0.95]
 */
export function studyTraining(
  name: StudyName,
  procedure: Procedure,
  options: StudyTrainingOptions = {},
): TrainOptions {
  const { recordedEpochs, learningRate, batch, reshuffled, benchmark } = studySettings[name];
  const { seed = 1, maxEpochs = recordedEpochs + extraEpochs } = options;
  const isSound = procedure === 'sound';
  return {
    epochs: maxEpochs,
    learningRate,
    batch,
    loss: 'squared-error',
    accuracyRule: procedure === 'published' && name !== 'mnist' ? 'all-outputs' : 'argmax',
    stop: { part: isSound ? 'validation' : 'train', accuracy: benchmark },
    ...(isSound || reshuffled ? { shuffle: 'each-epoch', seed } : { shuffle: 'never' }),
  };
}
