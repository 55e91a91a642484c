import { join } from 'node:path';
import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { loadDataset } from '../data/loadDataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import { extraEpochs, studySettings } from '../data/studySettings';
import { applyMask, removedWeights } from '../network/applyMask';
import type { CheckpointOptions } from '../network/checkpoint';
import { createMask, type Mask } from '../network/mask';
import { publishedNetwork } from '../network/publishedNetwork';
import type { TrainingRun } from '../network/train';
import { trainWithCheckpoint } from '../network/trainWithCheckpoint';
import { layerRanges } from '../pruning/layerRanges';
import { randomMask } from '../pruning/randomMask';
import { liveSearch } from './liveSearch';
import { type MaskChoice, publishedChoices, searchOf } from './maskChoice';
import { type MaskOverlap, maskOverlap } from './maskOverlap';
import {
  asCodedIndices,
  cutMnistOutcome,
  FIRST_TESTED,
  type MnistOutcome,
  mnistOutcome,
} from './mnistOutcome';
import { mnistTraining } from './mnistTraining';
import { stepClock } from './stepClock';
import { RANDOM_SHARE } from './tableRivals';

/**
 * The networks of an MNIST run:
 * - `dense`: nothing removed
 * - `FT`, `PT`: our masks, every weight analysed
 * - `FT last`, `PT last`: the same masks where they concern layers 2 and 3, the last 1800 weights, as in the study
 * - `FT published`, `PT published`: the weights that the study lists
 * - `FT as coded`, `PT as coded`: what the study's code makes of its lists: layer 3 is never masked, and list entry 0 also
 *   costs layer 1 its last weight
 * - `random`: 40 % of the weights by chance
 * - `magnitude`: the dense network after training without the smallest 10 % of its weights, as in Table 3 (`magnitudeRules`)
 */
export type MnistNetwork =
  | 'dense'
  | 'FT'
  | 'PT'
  | 'FT last'
  | 'PT last'
  | 'FT published'
  | 'PT published'
  | 'FT as coded'
  | 'PT as coded'
  | 'random'
  | 'magnitude';

export const mnistNetworks: readonly MnistNetwork[] = [
  'dense',
  'FT',
  'PT',
  'FT last',
  'PT last',
  'FT published',
  'PT published',
  'FT as coded',
  'PT as coded',
  'random',
  'magnitude',
];

/** Seed, choices, networks and checkpoint of `mnistRun`. */
export interface MnistRunOptions extends CheckpointOptions, LongRunOptions {
  /** Draws the 42 000 images, their split and the order of rows, of which the study published none. Default 42. */
  readonly seed?: number;
  /** Choices that differ from `publishedChoices.mnist`. Default: none. */
  readonly choices?: Readonly<Partial<Record<LegcnetVariant, Partial<MaskChoice>>>>;
  /** Networks to train. Default: all. */
  readonly networks?: readonly MnistNetwork[];
  /** Epochs after which a run that misses the benchmark is given up. Default: the study's, recorded epochs + 50. */
  readonly maxEpochs?: number;
  /** Threads beside this one for exponents and tests; results do not depend on it. Default: one a processor. */
  readonly workers?: number;
}

const optionNames: OptionNames<MnistRunOptions> = {
  seed: true,
  choices: true,
  networks: true,
  maxEpochs: true,
  workers: true,
  checkpoint: true,
  checkpointSeconds: true,
  ...longRunOptionNames,
};

/** What one mask of an MNIST run came from. */
export interface MnistSearch {
  /** FT: from the whole run, PT: from its first part. */
  readonly variant: LegcnetVariant;
  /** How the weights were chosen. */
  readonly choice: MaskChoice;
  /** Length of the tested series. */
  readonly windows: number;
  /** Removed weights of layers 1, 2, 3. */
  readonly removedByLayer: readonly number[];
  /** Among the last 1800 weights, beside the study's list; the images and their order differ, so only chance is shared. */
  readonly overlap: MaskOverlap;
}

/** What a run took, by step. A step that was interrupted counts from where its checkpoint went on. */
export interface MnistCost {
  /** By step of the run. */
  readonly steps: Readonly<Record<string, StepCost>>;
  /** Sums of the steps. */
  readonly seconds: number;
  /** Processor time of the steps, all workers together. */
  readonly cpuSeconds: number;
  /** Largest resident memory of the process that ended the run. */
  readonly peakBytes: number;
}

/** What one step of a run took. */
export interface StepCost {
  /** Wall clock. */
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
}

/** One initialisation of MNIST: the search for weights and the networks trained without them. */
export interface MnistRun {
  readonly kind: 'mnist-run';
  /** Published initialisation, 1-based. */
  readonly init: number;
  /** Seed of the split, the order of the batches and the random mask. */
  readonly seed: number;
  /** How rows were split, in sentences. */
  readonly split: string;
  /** One entry a variant. */
  readonly searches: readonly MnistSearch[];
  /** One entry a network trained. */
  readonly networks: readonly MnistOutcome[];
  /** What it took on this machine. */
  readonly cost: MnistCost;
}

/**
 * MNIST as the study ran it, with all 41 000 weights analysed while the network trains: dense, LEGCNet-FT and LEGCNet-PT from
 * a published initialisation, then trained from it under the stop rule. The study tested the last 1800 weights only; those
 * masks, and the ones that it published, are trained too. Every network is measured as intended and as coded.
 *
 * Cells cannot equal the paper's, because the 42 000 images and the order of the batches are not published: compare the five
 * initialisations as distributions. Biases are never removed.
 *
 * With a `checkpoint` folder the process may be killed at any moment: the same call goes on from what was saved last, and the
 * result is the same, bit for bit (`cost` apart).
 *
 * @param init published initialisation, 1 to 5
 * @throws RangeError for another initialisation or an option out of range; Error when files cannot be had, or the folder cannot
 *   be written, is damaged or belongs to another run
 * @example
 * import { mnistRun } from 'legcnet';
 * const { networks } = await mnistRun(1, { networks: ['dense'], maxEpochs: 1 });
 * networks[0].asIntended.accuracy; // 0.23
 */
export async function mnistRun(init: number, options: MnistRunOptions = {}): Promise<MnistRun> {
  const task = 'run MNIST';
  checkOptions(options, optionNames, task);
  const { recordedEpochs } = studySettings.mnist;
  const {
    seed = 42,
    choices = {},
    networks = mnistNetworks,
    workers,
    checkpoint,
    checkpointSeconds,
  } = options;
  const { maxEpochs = recordedEpochs + extraEpochs } = options;
  requireWhole(init, 1, 'init', task, 5);
  const unknown = networks.find(name => !mnistNetworks.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Cannot ${task}: networks are ${mnistNetworks.join(', ')}; '${unknown}' came`);
  }
  const longRun = longRunOptions(options);
  const clock = await stepClock(checkpoint, { init, seed });
  const dataset = await loadDataset('mnist', { procedure: 'published', seed, ...longRun });
  const network = await publishedNetwork('mnist', init, longRun);
  await clock.done('reading');
  const resumable = (name: string): CheckpointOptions => ({
    ...(checkpoint !== undefined && { checkpoint: join(checkpoint, name.replaceAll(' ', '-')) }),
    ...(checkpointSeconds !== undefined && { checkpointSeconds }),
  });

  const training = mnistTraining(dataset, { seed, maxEpochs });
  const masks = new Map<MnistNetwork, Mask>([['random', randomMask(network, { share: RANDOM_SHARE, seed })]]);
  const searches: MnistSearch[] = [];
  for (const variant of ['FT', 'PT'] as const) {
    const listed = await publishedMaskIndices('mnist', variant, init, longRun);
    const ofList = (removed: readonly number[], how: string): Mask =>
      createMask(
        network.layers,
        removed,
        `published LEGCNet-${variant} mask of initialisation ${init}${how}`,
      );
    masks.set(`${variant} published`, ofList(listed, ''));
    masks.set(`${variant} as coded`, ofList(asCodedIndices(listed), ', as its code applies it'));
    if (!networks.includes(variant) && !networks.includes(`${variant} last`)) continue;
    const choice = { ...publishedChoices.mnist[variant], ...choices[variant] };
    const found = await liveSearch(network, dataset, training, searchOf(choice), {
      ...(workers !== undefined && { workers }),
      ...resumable(`${variant}-search`),
      ...longRun,
    });
    await clock.done(`${variant} search`);
    const last = createMask(
      network.layers,
      Array.from(removedWeights(found.mask)).filter(weight => weight >= FIRST_TESTED),
      `${found.mask.rule}; layer 1 kept untested`,
    );
    masks.set(variant, found.mask).set(`${variant} last`, last);
    searches.push({
      variant,
      choice,
      windows: found.scan.windows,
      removedByLayer: removedByLayer(found.mask),
      overlap: maskOverlap(listed, Array.from(removedWeights(last)), last.kept.length - FIRST_TESTED),
    });
  }

  const trained = (name: MnistNetwork): Promise<TrainingRun> => {
    const mask = masks.get(name);
    const initial = mask === undefined ? network : applyMask(network, mask);
    return trainWithCheckpoint(initial, dataset, { ...training, ...resumable(name), ...longRun });
  };
  const outcomes: MnistOutcome[] = [];
  for (const name of mnistNetworks.filter(each => networks.includes(each))) {
    // What is cut by magnitude is the trained dense network.
    const run = await trained(name === 'magnitude' ? 'dense' : name);
    outcomes.push(name === 'magnitude' ? cutMnistOutcome(run, dataset) : mnistOutcome(name, run, dataset));
    await clock.done(`${name} training`);
  }
  return result({
    kind: 'mnist-run',
    init,
    seed,
    split: dataset.split,
    searches,
    networks: outcomes,
    cost: clock.cost(),
  });
}

function removedByLayer({ layers, kept }: Mask): number[] {
  return layerRanges(layers).map(({ from, to }) =>
    kept.subarray(from, to).reduce((count, keep) => count + (1 - keep), 0),
  );
}
