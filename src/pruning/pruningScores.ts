import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { describeValue, requireKind, requireNumber, requireOneOf } from '../core/require';
import type { Dataset } from '../data/dataset';
import { checkPartFits } from '../network/checkPartFits';
import type { Network } from '../network/network';
import type { Loss } from '../network/trainingSettings';
import { graspScores, obdScores, snipScores } from './gradientScores';
import { lampScores, magnitudeScores } from './magnitudeScores';
import type { PruningRule, PruningScores } from './scores';
import { type SynflowBiases, synflowScores } from './synflowScores';

/** Which rule scores, and the constants of some of them. */
export interface ScoreRule {
  /** The rule; see `PruningRule` for its formula. */
  readonly rule: PruningRule;
  /** Of `snip`, `grasp`, `obd`. Default `squared-error`, the study's; the three papers use cross entropy. */
  readonly loss?: Loss;
  /** Of `grasp`: what the outputs before their activation are divided by. Default 200, as its authors' code. */
  readonly temperature?: number;
  /** Of `synflow`. Default `none`, as in the paper. */
  readonly biases?: SynflowBiases;
}

/** The rule that scores the weights, and what it reads. */
export interface PruningScoresOptions extends ScoreRule, LongRunOptions {}

export const scoreRuleNames: OptionNames<ScoreRule> = {
  rule: true,
  loss: true,
  temperature: true,
  biases: true,
};

export const pruningRules: readonly PruningRule[] = ['magnitude', 'lamp', 'snip', 'grasp', 'synflow', 'obd'];

const TASK = 'score weights';

/**
 * One score a weight, by a rule from the literature; the weights of lowest score go first (`maskFromScores`). The formulas
 * stand at `PruningRule`. Weights that the network's mask removes score 0 and stay removed; gradients are taken with them at 0.
 *
 * @param network initial or trained: the caller decides which weights are meant
 * @param dataset `snip`, `grasp` and `obd` take the mean loss over its whole training part; null will do for the other rules
 * @throws TypeError when a data set is needed and missing or does not fit the network; RangeError for an unknown rule or an
 *   option out of range
 * @throws the signal's reason when aborted
 * @example
 * import { createNetwork, maskFromScores, pruningScores } from 'legcnet';
 * const network = createNetwork({ layers: [9, 6, 1], seed: 1 });
 * const scores = await pruningScores(network, null, { rule: 'synflow' });
 * maskFromScores(scores, { share: 0.4 }).removed; // 24, of 60 weights
 */
export async function pruningScores(
  network: Network,
  dataset: Dataset | null,
  options: PruningScoresOptions,
): Promise<PruningScores> {
  requireKind(network, 'network', TASK);
  checkOptions(options, { ...scoreRuleNames, ...longRunOptionNames }, TASK);
  const { rule, loss = 'squared-error', temperature = 200, biases = 'none' } = options;
  requireOneOf(rule, pruningRules, 'rule', TASK);
  requireOneOf(loss, ['squared-error', 'cross-entropy'], 'loss', TASK);
  requireOneOf(biases, ['none', 'absolute'], 'biases', TASK);
  const isPositive = temperature > 0 && temperature < Number.POSITIVE_INFINITY;
  requireNumber(temperature, isPositive, 'positive and finite', 'temperature', TASK);
  if (rule === 'magnitude') return magnitudeScores(network);
  if (rule === 'lamp') return lampScores(network);
  if (rule === 'synflow') return synflowScores(network, biases);

  if ((dataset as Dataset | null | undefined)?.kind !== 'dataset') {
    throw new TypeError(`Cannot ${TASK}: rule '${rule}' needs a data set, ${describeValue(dataset)} came`);
  }
  const given = dataset as Dataset;
  checkPartFits(network, given.train, TASK, `the training part of ${given.name}`);
  if (loss === 'cross-entropy' && network.output !== 'sigmoid' && network.output !== 'softmax') {
    throw new RangeError(
      `Cannot ${TASK}: cross-entropy needs sigmoid or softmax outputs, got ${network.output}`,
    );
  }
  if (rule === 'snip') return snipScores(network, given, loss, options);
  if (rule === 'grasp') return graspScores(network, given, loss, temperature, options);
  return obdScores(network, given, loss, options);
}
