import { join } from 'node:path';
import { longRunOptions } from '../core/options';
import { requireWhole } from '../core/require';
import type { Dataset } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { extraEpochs, studySettings } from '../data/studySettings';
import { applyMask } from '../network/applyMask';
import { publishedNetwork } from '../network/publishedNetwork';
import type { TrainingRun } from '../network/train';
import { type ResumableTrainOptions, trainWithCheckpoint } from '../network/trainWithCheckpoint';
import { randomMask } from '../pruning/randomMask';
import { mnistTraining } from './mnistTraining';
import { publishedMask } from './publishedMask';
import type { SpectralNetwork, SpectralNetworkName } from './table4';
import { cutByMagnitude, MAGNITUDE_SHARE, RANDOM_SHARE } from './tableRivals';

/** Seed and checkpoint of `spectralNetworks`. */
export interface SpectralNetworksOptions
  extends Pick<ResumableTrainOptions, 'checkpoint' | 'checkpointSeconds' | 'signal' | 'onProgress'> {
  /** Draws the 42 000 images, their split, the order of rows and the random mask. Default 42. */
  readonly seed?: number;
}

/** A network of Table 4 and how its training ended. */
export interface TrainedSpectralNetwork extends SpectralNetwork {
  /** Which network of Table 4 it is. */
  readonly name: SpectralNetworkName;
  /** Epochs trained; of magnitude those of the dense run that it was cut from. */
  readonly run: TrainingRun;
}

/**
 * The networks of Table 4 from one published initialisation, trained as `mnistRun` trains them: dense, under the masks that the
 * study lists for LEGCNet-FT and -PT, and without 40 % of the weights by chance. Magnitude is the dense network after training
 * without the smallest 25 % of its weights, not trained again: the share that the text names and that its SHAP panels show
 * (`magnitudeRules`).
 *
 * @param init published initialisation, 1 to 5
 * @throws RangeError for another initialisation, Error when files cannot be had, otherwise as `trainWithCheckpoint`
 * @example
 * import { savedSpectralRecords, spectralNetworks } from 'legcnet';
 * const train = false; // true: a minute of training, for the networks themselves
 * const names: string[] = [];
 * if (train) for await (const { name } of spectralNetworks(1)) names.push(name);
 * else names.push(...savedSpectralRecords()[0].networks.map(({ name }) => name));
 * names; // [ 'dense', 'LEGCNet-FT', 'LEGCNet-PT', 'random', 'magnitude' ]
 */
export async function* spectralNetworks(
  init: number,
  options: SpectralNetworksOptions = {},
): AsyncGenerator<TrainedSpectralNetwork> {
  requireWhole(init, 1, 'init', 'train the networks of Table 4', 5);
  const { seed = 42, checkpoint, checkpointSeconds } = options;
  const longRun = longRunOptions(options);
  const dataset: Dataset = await loadDataset('mnist', { procedure: 'published', seed, ...longRun });
  const initial = await publishedNetwork('mnist', init, longRun);
  const maxEpochs = studySettings.mnist.recordedEpochs + extraEpochs;
  const training = { ...mnistTraining(dataset, { seed, maxEpochs }), ...longRun };
  const masks = {
    dense: null,
    'LEGCNet-FT': await publishedMask(initial, 'mnist', 'FT', init, longRun),
    'LEGCNet-PT': await publishedMask(initial, 'mnist', 'PT', init, longRun),
    random: randomMask(initial, { share: RANDOM_SHARE, seed }),
  };
  let dense: TrainingRun | undefined;
  for (const [name, mask] of Object.entries(masks) as [keyof typeof masks, (typeof masks)['random']][]) {
    const run = await trainWithCheckpoint(mask === null ? initial : applyMask(initial, mask), dataset, {
      ...training,
      ...(checkpoint !== undefined && { checkpoint: join(checkpoint, name) }),
      ...(checkpointSeconds !== undefined && { checkpointSeconds }),
    });
    dense ??= run;
    yield { name, init, network: run.final, initial, run };
  }
  if (dense === undefined) return;
  const { cut } = cutByMagnitude(dense.final, MAGNITUDE_SHARE);
  yield { name: 'magnitude', init, network: cut, initial, run: dense };
}
