import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { requireKind, requireList, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { removedWeights } from '../network/applyMask';
import type { Initializer } from '../network/initialParameters';
import type { Network } from '../network/network';
import { retrain } from '../network/retrain';
import { type TrainingRun, type TrainOptions, train } from '../network/train';
import { type ControlName, controlNames } from '../pruning/controlNetworks';
import { scoresFromScan } from '../pruning/scoresFromScan';
import { trainingFlops } from '../pruning/searchCost';
import { type TrainingCost, trainingCost } from '../pruning/trainingCost';
import { type CausalSearch, causalSearch, type SearchSettings } from './causalSearch';
import { checkSearchSettings, searchSettingNames } from './checkSearchSettings';
import { type TrainedControl, trainedControls } from './trainedControls';

/** How LEGCNet trains and how it searches. */
export interface LegcnetOptions extends LongRunOptions {
  /** How the dense network is trained, and after it the pruned one; give a stop rule to compare epochs. */
  readonly training: TrainOptions;
  /** How weights are chosen, as it differs from `soundSearch`. `studyProcedure` has those of the study. */
  readonly search?: Partial<SearchSettings>;
  /**
   * What the pruned network is held against, trained as it is: `random`, `shuffled`, `inverted`, `reinitialised` and
   * `smaller-dense` (see `ControlName`), and `shuffled-tested` where some weight's test has no answer. Default: all of them; a
   * list leaves the others out, `none` all. There is no `smaller-dense` without a hidden layer, and no `inverted` where a weight
   * without an answer is removed: it has no rank.
   */
  readonly controls?: readonly ControlName[] | 'none';
  /** Of every draw of the controls. Default 1. */
  readonly controlSeed?: number;
  /**
   * How the initial weights were drawn, for `reinitialised` and `smaller-dense`. A network does not know; by default every
   * weight is one of its own of the same layer, drawn with replacement.
   */
  readonly init?: Initializer;
}

const legcnetOptionNames: OptionNames<LegcnetOptions> = {
  training: true,
  search: true,
  controls: true,
  controlSeed: true,
  init: true,
  ...longRunOptionNames,
};

/** A network pruned by LEGCNet: the dense run, the search for weights, the run without them, and what it stands against. */
export interface LegcnetRun {
  readonly kind: 'legcnet-run';
  /** FT: chosen from the whole run, PT: from its first part. */
  readonly variant: LegcnetVariant;
  /** The network trained whole. */
  readonly dense: TrainingRun;
  /** How the weights were chosen, with every step's result. */
  readonly search: CausalSearch;
  /** From the same initial weights, under the mask. */
  readonly sparse: TrainingRun;
  /**
   * The controls, in the order of `controlNetworks`: what any mask, another start or a smaller network would have done. One draw
   * of each, so a difference between two of them may be chance; `choiceStudy` compares many starts.
   */
  readonly controls: readonly TrainedControl[];
  /** Operations, wall clock and energy of the pruned network, the search included, the controls not; the dense network costs its first stage alone. */
  readonly cost: TrainingCost;
}

/**
 * What a careful analyst would do to choose weights from a whole run: the difference of a pair perturbed by 1e-6 in double
 * precision, least squares exponents of disjoint windows of 200, misclassification of the validation part, differences
 * where ADF and KPSS ask for them, an F test at one lag chosen by BIC, and the weights with p >= 0.05 removed.
 *
 * @example
 * import { soundSearch } from 'legcnet';
 * soundSearch.rule; // { remove: 'non-causal', alpha: 0.05 }
 */
export const soundSearch: SearchSettings = {
  length: { share: 1 },
  perturbation: { weight: 0, delta: 1e-6 },
  exponents: { estimator: 'direct', window: 200, first: 1 },
  target: { part: 'validation', shift: 0 },
  stationary: { rule: 'by-tests' },
  cause: 'exponents',
  scan: { test: 'f', maxLag: 4, lagRule: 'bic' },
  rule: { remove: 'non-causal', alpha: 0.05 },
};

/** The paper's share of the iterates that LEGCNet-PT looks at. */
const PARTIAL_SHARE = 0.1;

/**
 * LEGCNet-FT: trains the network, chooses weights from the whole run, and trains again without them from the same initial
 * weights. `search: { rule: { remove: 'causal' } }` removes the other side. Controls of as many weights are trained in the same
 * way, unless `controls` says otherwise: only against them, the shuffled mask above all, does the pruned network's accuracy
 * speak for the choice of weights.
 *
 * Sahu et al. 2025, section Methods, figures 2 and 3. Differs from it where `soundSearch` does; `studyProcedure(name,
 * 'published').FT` is what the study's code did.
 *
 * @throws as `train`; RangeError when the run is too short for one window, for an unknown control, and for controls to a network
 *   that wears a mask: weights once removed cannot be brought back to shuffle them
 * @example
 * import { createNetwork, legcnetFT, loadDataset, studyProcedure } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' }); // has the validation part
 * const { training } = studyProcedure('iris', 'sound', { seed: 1 }).FT;
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const { sparse, controls } = await legcnetFT(network, iris, { training, controls: ['shuffled'] });
 * sparse.testAccuracy; // 0.8667
 * controls[0].run.testAccuracy; // 0.9, as many weights removed by chance
 */
export function legcnetFT(network: Network, dataset: Dataset, options: LegcnetOptions): Promise<LegcnetRun> {
  return legcnet('FT', network, dataset, soundSearch, options);
}

/**
 * LEGCNet-PT: as `legcnetFT`, but the weights are chosen from the first tenth of the dense run's iterates (or as
 * `search.length` says).
 *
 * Sahu et al. 2025, section Methods, figure 4.
 *
 * @example
 * import { createNetwork, legcnetPT, loadDataset, studyProcedure } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const { training, search } = studyProcedure('iris', 'sound', { seed: 1 }).PT;
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const { search: found } = await legcnetPT(network, iris, { training, search, controls: 'none' });
 * found.mask.removed; // 25, of 42
 */
export function legcnetPT(network: Network, dataset: Dataset, options: LegcnetOptions): Promise<LegcnetRun> {
  return legcnet('PT', network, dataset, { ...soundSearch, length: { share: PARTIAL_SHARE } }, options);
}

async function legcnet(
  variant: LegcnetVariant,
  network: Network,
  dataset: Dataset,
  defaults: SearchSettings,
  options: LegcnetOptions,
): Promise<LegcnetRun> {
  const task = `run LEGCNet-${variant}`;
  checkOptions(options, legcnetOptionNames, task);
  checkOptions(options.search ?? {}, searchSettingNames, task);
  requireKind(network, 'network', task);
  requireKind(dataset, 'dataset', task);
  const { controls = controlNames, controlSeed = 1, init = { name: 'resampled', from: network } } = options;
  const names = controls === 'none' ? [] : controls;
  checkControls(names, controlSeed, network, task);
  const longRun = longRunOptions(options);
  const training = { ...options.training, ...longRun };
  const settings = { ...defaults, ...options.search };
  checkSearchSettings(settings, network.layers, dataset.validation !== null, task);
  const clock = stopwatch();
  const dense = await train(network, dataset, training);
  const denseSeconds = clock();
  const search = await causalSearch(network, dataset, options.training, settings, {
    denseEpochs: dense.epochCount,
    ...longRun,
  });
  clock();
  const sparse = await retrain(network, search.mask, dataset, training);
  const sparseSeconds = clock();
  const cost = trainingCost([
    { name: 'dense run', flops: trainingFlops(dense, dataset), seconds: denseSeconds },
    ...(['recording', 'exponents', 'tests'] as const).map(name => ({
      name,
      flops: search.flops[name],
      seconds: search.seconds[name],
    })),
    { name: 'training under the mask', flops: trainingFlops(sparse, dataset), seconds: sparseSeconds },
  ]);
  const scores = scoresFromScan(search.scan, { remove: settings.rule.remove });
  const isRanked = removedWeights(search.mask).every(weight => !Number.isNaN(scores.scores[weight]));
  const trained = await trainedControls(network, search.mask, dataset, training, {
    names,
    seed: controlSeed,
    init,
    ...(isRanked && { scores }),
  });
  return result({ kind: 'legcnet-run', variant, dense, search, sparse, controls: trained, cost });
}

/** Before hours of training, not after them. */
function checkControls(names: readonly ControlName[], seed: number, { mask }: Network, task: string): void {
  requireList(names, "controls, unless 'none',", task);
  for (const name of names) requireOneOf(name, controlNames, 'controls', task);
  requireWhole(seed, 0, 'controlSeed', task);
  if (mask !== null && names.length > 0) {
    throw new RangeError(
      `Cannot ${task}: controls are made from a dense network, one with a mask came; controls: 'none' goes without them`,
    );
  }
}

/** Seconds since it was asked last. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
}
