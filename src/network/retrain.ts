import { checkOptions } from '../core/options';
import type { Dataset } from '../data/dataset';
import { applyMask } from './applyMask';
import type { Mask } from './mask';
import type { Model } from './model';
import type { ModelTrainOptions } from './modelSettings';
import type { Network } from './network';
import { type TrainingRun, train } from './train';
import type { Trainable } from './trainable';
import { type TrainOptions, trainOptionNames } from './trainingSettings';

/**
 * Trains again from the same initial weights with the removed ones held at zero (Frankle and Carbin 2019 call it rewinding).
 *
 * @param initial the network or captured model as it was before training, that is `recording.initial`
 * @throws TypeError when mask, network and data do not fit; RangeError when an option lies outside its range
 * @example
 * import { createNetwork, loadDataset, magnitudeMask, retrain } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const sparse = await retrain(network, magnitudeMask(network, { share: 0.25 }), iris, { epochs: 100, learningRate: 0.05 });
 * sparse.final.mask?.removed; // 10
 * sparse.testAccuracy; // 0.9667
 */
export async function retrain(
  initial: Network,
  mask: Mask,
  dataset: Dataset,
  options: TrainOptions,
): Promise<TrainingRun>;
export async function retrain(
  initial: Model,
  mask: Mask,
  dataset: Dataset,
  options: ModelTrainOptions,
): Promise<TrainingRun<Model>>;
export async function retrain(
  initial: Network | Model,
  mask: Mask,
  dataset: Dataset,
  options: TrainOptions | ModelTrainOptions,
): Promise<TrainingRun<Trainable>> {
  checkOptions(options, trainOptionNames, 'retrain');
  const start = applyMask(initial, mask);
  return start.kind === 'model'
    ? train(start, dataset, options)
    : train(start, dataset, options as TrainOptions);
}
