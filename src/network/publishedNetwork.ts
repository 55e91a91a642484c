import type { FetchOptions } from '../data/fetchFile';
import { initialWeights } from '../data/initialWeights';
import { type StudyName, studySettings } from '../data/studySettings';
import type { Network } from './network';
import { networkFromWeights } from './networkFromWeights';

/**
 * A network of the study with its published initial weights: sigmoid throughout, MNIST (784-50-30-10) with softmax outputs.
 *
 * @param name data set of the study
 * @param init published initialisation, 1 to 10, for MNIST 1 to 5; the tables use 1 to 5
 * @throws RangeError for another name or number; Error when the file of weights cannot be had
 *
 * Source: folder `init` of github.com/RAJAN13-blip/chaotic-pruning, commit 25a1d8e.
 * @example
 * import { publishedNetwork } from 'legcnet';
 * (await publishedNetwork('iris', 5)).layers; // [4, 6, 3]
 */
export async function publishedNetwork(
  name: StudyName,
  init: number,
  options: FetchOptions = {},
): Promise<Network> {
  const { layers, weights, biases } = await initialWeights(name, init, options);
  const { activation, output } = studySettings[name];
  return networkFromWeights({ layers, activation, output, weights, biases });
}
