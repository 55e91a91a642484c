import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import { applyMask } from '../network/applyMask';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { withParameters } from '../network/parameters';
import { iterationsPerEpoch, type TrainingRun, train } from '../network/train';
import { type TrainOptions, trainingSettings, trainOptionNames } from '../network/trainingSettings';
import { type Amount, countToRemove } from './amount';
import { type MaskScope, maskFromScores } from './maskFromScores';
import { pruningScores, type ScoreRule, scoreRuleNames } from './pruningScores';
import type { ScoreStatus } from './scores';

/**
 * Where weights go back to after each round of training:
 * - `initial`: to the initial ones (Frankle and Carbin 2019, The lottery ticket hypothesis)
 * - `{ epoch }`: to those after so many epochs of the dense run (Frankle et al. 2020, Linear mode connectivity and the lottery
 *   ticket hypothesis)
 * - `never`: they stay as trained (Han et al. 2015)
 */
export type Rewind =
  | 'initial'
  | 'never'
  | {
      /** The dense run's state after so many epochs. */
      readonly epoch: number;
    };

/** Rounds, amount and training of `iterativePruning`. */
export interface IterativePruningOptions extends ScoreRule, Amount, LongRunOptions {
  /** Rounds of scoring and removing, at least 1; 1 is one shot. SynFlow's paper takes 100. */
  readonly rounds: number;
  /**
   * What remains of the weights that are there at first, with density the share that shall remain, after round r of n:
   * - `exponential` (default): density^(r/n), the same share of what is left in every round
   * - `linear`: 1 - (1 - density) r/n, the same number in every round
   */
  readonly schedule?: 'exponential' | 'linear';
  /** Where weights are compared. Default `global`. */
  readonly scope?: MaskScope;
  /**
   * Training before each round, so that trained weights are scored; each is as long as this says and starts anew, order of
   * rows and momentum included. Default null: the weights are scored as they are, which is pruning at initialisation.
   */
  readonly training?: Omit<TrainOptions, keyof LongRunOptions> | null;
  /** Default `initial`. Without training nothing moves, and it must not be given. */
  readonly rewind?: Rewind;
}

/** One round. */
export interface PruningRound {
  /** Weights removed after it, those of earlier rounds included. */
  readonly mask: Mask;
  /** The training before it; null without training. */
  readonly run: TrainingRun | null;
  /** What its scores were worth. */
  readonly status: ScoreStatus;
}

/** What rounds of pruning leave behind. */
export interface IterativePruning {
  readonly kind: 'iterative-pruning';
  /** The rule that scored the weights. */
  readonly rule: ScoreRule['rule'];
  /** The mask of the last round. */
  readonly mask: Mask;
  /** The network under that mask, rewound as asked: `train` it to see what it is worth. */
  readonly network: Network;
  /** That network without the mask of the rounds, for controls: the one rewound to; under `never` the one given. */
  readonly unpruned: Network;
  /** One entry a round. */
  readonly rounds: readonly PruningRound[];
  /** Epochs trained to find the mask, all rounds together. */
  readonly searchEpochs: number;
}

const iterativePruningNames: OptionNames<IterativePruningOptions> = {
  ...scoreRuleNames,
  share: true,
  count: true,
  rounds: true,
  schedule: true,
  scope: true,
  training: true,
  rewind: true,
  ...longRunOptionNames,
};

const TASK = 'prune in rounds';

/**
 * Removes weights in rounds, each round scoring what the rounds before have left: one shot (`rounds: 1`), iterative pruning at
 * initialisation (SynFlow), or iterative magnitude pruning with retraining between rounds and rewinding. The count after the
 * last round is exact, and masks are nested.
 *
 * @param dataset may be null for a rule that needs none, without training
 * @throws TypeError, RangeError as `pruningScores`, `maskFromScores` and `train`; RangeError also when the dense run ends
 *   before the epoch to rewind to
 * @throws the signal's reason when aborted
 * @example
 * import { createNetwork, iterativePruning, loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const ticket = await iterativePruning(network, iris, {
 *   rule: 'magnitude', share: 0.5, rounds: 3, training: { epochs: 20, learningRate: 0.05 },
 * });
 * ticket.network.mask?.removed; // 21
 */
export async function iterativePruning(
  network: Network,
  dataset: Dataset | null,
  options: IterativePruningOptions,
): Promise<IterativePruning> {
  requireKind(network, 'network', TASK);
  checkOptions(options, iterativePruningNames, TASK);
  const { rule, rounds, scope = 'global', training = null } = options;
  const targets = removedAfter(network, options);
  const rewind = readRewind(network, dataset, options);
  const longRun = new LongRun(options);
  const done: PruningRound[] = [];
  const progress = (inner: Partial<Pick<Progress, 'value'>> = {}): Progress => {
    const { value } = inner;
    return {
      task: `Pruning by ${rule}`,
      done: done.length,
      total: rounds,
      unit: 'rounds',
      ...(value && { value }),
    };
  };
  // One display for all rounds: trainings and scores report through it.
  const inner: LongRunOptions = {
    ...(longRun.signal && { signal: longRun.signal }),
    onProgress: each => longRun.finish(progress(each)),
  };

  let current = network;
  let rewound: Network | null = rewind === 'initial' ? network : null;
  const keep = (iterate: number, parameters: Float64Array): void => {
    if (rewound === null && typeof rewind === 'object' && iterate === rewind.iterate) {
      rewound = withParameters(network, parameters);
    }
  };
  for (const amount of targets) {
    const run =
      training &&
      (await train(current, dataset as Dataset, {
        ...training,
        recorders: [...(training.recorders ?? []), keep],
        ...inner,
      }));
    if (typeof rewind === 'object' && rewound === null) {
      throw new RangeError(
        `Cannot ${TASK}: the dense run met its stop rule after ${run?.epochCount} epochs, before epoch ` +
          `${rewind.epoch} to rewind to`,
      );
    }
    const scores = await pruningScores(run?.final ?? current, dataset, { ...scoreRule(options), ...inner });
    const mask = maskFromScores(scores, { ...amount, scope });
    done.push({ mask, run, status: scores.status });
    current = applyMask(rewound ?? run?.final ?? current, mask);
    if (longRun.isDue) await longRun.pause(progress());
  }
  longRun.finish(progress());
  const { mask } = done[done.length - 1];
  return result({
    kind: 'iterative-pruning',
    rule,
    mask,
    network: current,
    unpruned: rewound ?? network,
    rounds: done,
    searchEpochs: done.reduce((sum, { run }) => sum + (run?.epochCount ?? 0), 0),
  });
}

function scoreRule({ rule, loss, temperature, biases, training }: IterativePruningOptions): ScoreRule {
  const trained = loss ?? training?.loss;
  return {
    rule,
    ...(trained && { loss: trained }),
    ...(temperature !== undefined && { temperature }),
    ...(biases && { biases }),
  };
}

/** How much each round's mask removes; the last exactly what was asked. */
function removedAfter(network: Network, options: IterativePruningOptions): Amount[] {
  const { rounds, schedule = 'exponential', scope = 'global', share, count } = options;
  requireWhole(rounds, 1, 'rounds', TASK);
  requireOneOf(schedule, ['exponential', 'linear'], 'schedule', TASK);
  requireOneOf(scope, ['global', 'layer'], 'scope', TASK);
  if (scope === 'layer' && (count !== undefined || network.mask !== null)) {
    throw new TypeError(
      `Cannot ${TASK}: scope 'layer' requires a share of each layer and a network without a mask, ` +
        `${count === undefined ? 'a masked network' : 'a count'} came`,
    );
  }
  const weights = weightCount(network.layers);
  const before = network.mask?.removed ?? 0;
  const asked = countToRemove(options, weights, TASK);
  if (asked < before) {
    throw new RangeError(`Cannot ${TASK}: ${before} weights are removed already, ${asked} were asked for`);
  }
  const density =
    scope === 'layer'
      ? 1 - (share as number)
      : before === weights
        ? 1
        : (weights - asked) / (weights - before);
  const remaining = (round: number): number =>
    schedule === 'linear' ? 1 - ((1 - density) * round) / rounds : density ** (round / rounds);
  return Array.from({ length: rounds }, (_, r): Amount => {
    if (r === rounds - 1) return scope === 'layer' ? { share: share as number } : { count: asked };
    if (scope === 'layer') return { share: 1 - remaining(r + 1) };
    return { count: weights - Math.round((weights - before) * remaining(r + 1)) };
  });
}

/** The rewinding in iterates; checks that it can be done. */
function readRewind(
  network: Network,
  dataset: Dataset | null,
  { training = null, rewind = 'initial', rewind: given }: IterativePruningOptions,
): 'initial' | 'never' | { readonly epoch: number; readonly iterate: number } {
  if (training === null) {
    if (given !== undefined) {
      throw new TypeError(`Cannot ${TASK}: rewind needs training, without which no weight moves`);
    }
    return 'never';
  }
  checkOptions(training, trainOptionNames, TASK);
  requireKind(dataset as Dataset, 'dataset', TASK);
  const settings = trainingSettings(network, dataset as Dataset, training);
  if (typeof rewind !== 'object' || rewind === null) {
    requireOneOf(rewind, ['initial', 'never'], 'rewind', TASK);
    return rewind;
  }
  checkOptions(rewind, { epoch: true }, TASK);
  requireWhole(rewind.epoch, 1, 'rewind.epoch', TASK, settings.epochs);
  return { epoch: rewind.epoch, iterate: rewind.epoch * iterationsPerEpoch(dataset as Dataset, settings) };
}
