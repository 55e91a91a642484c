import type { OptionNames } from '../core/options';
import { requireKind } from '../core/require';
import type { Dataset } from '../data/dataset';
import type { Model } from './model';
import {
  type LoopTrainOptions,
  loopSettings,
  loopTrainOptionNames,
  type TrainingSettings,
} from './trainingSettings';

/** How a captured model was trained and on what. Loss and optimiser are those that it was compiled with. */
export interface ModelSettings extends Omit<TrainingSettings, 'loss' | 'optimizer'> {
  /** Name of the loss that the model was compiled with. */
  readonly loss: string;
  /** Name and constants. */
  readonly optimizer: string;
}

/** How a captured model is trained; loss, optimiser and learning rate are those that it was compiled with. */
export type ModelTrainOptions = LoopTrainOptions;

export const modelTrainOptionNames: OptionNames<ModelTrainOptions> = loopTrainOptionNames;

/**
 * Checks that a model can be trained on a data set as asked, and fills in the defaults.
 *
 * @throws TypeError, RangeError as `trainingSettings`
 */
export function modelSettings(model: Model, dataset: Dataset, options: ModelTrainOptions): ModelSettings {
  requireKind(model, 'model', 'train');
  const { learningRate, momentum, loss, optimizer } = model.architecture;
  return {
    ...loopSettings(model, dataset, options),
    learningRate,
    momentum,
    loss,
    engine: 'tfjs',
    optimizer,
  };
}
