import { checkOptions } from '../core/options';
import type { Dataset } from '../data/dataset';
import { applyMask } from './applyMask';
import type { Mask } from './mask';
import type { Network } from './network';
import { type TrainingRun, train } from './train';
import { type TrainOptions, trainOptionNames } from './trainingSettings';

/**
 * Trains again from the same initial weights with the removed ones held at zero (Frankle and Carbin 2019 call it rewinding).
 *
 * @param initial the network as it was before training, that is `recording.initial`
 * @throws TypeError when mask, network and data do not fit; RangeError when an option lies outside its range
 */
export async function retrain(
  initial: Network,
  mask: Mask,
  dataset: Dataset,
  options: TrainOptions,
): Promise<TrainingRun> {
  checkOptions(options, trainOptionNames, 'retrain');
  return train(applyMask(initial, mask), dataset, options);
}
