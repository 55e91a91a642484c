import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireList, requireNumber, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import type { ScalarActivation } from '../network/lipschitzConstant';
import { createMask } from '../network/mask';
import type { Network } from '../network/network';
import { networkFromWeights } from '../network/networkFromWeights';
import { randomStream } from '../statistics/random';
import { type PruningErrorOptions, pruningError } from './pruningError';
import { type TheoremFit, type TheoremRow, theoremFits } from './theoremFits';
import { type TheoremRule, theoremMasks, theoremRules } from './theoremMasks';

/**
 * How many weights go, of all weights of the network, under every rule but `threshold`:
 * - `{ share }`: the same share at every width
 * - `{ power }`: the share width^-power, which vanishes as the network grows
 */
export type TheoremSparsity =
  | {
      /** Share of the weights, the same at every width. */
      readonly share: number;
    }
  | {
      /** The share is width^-power, above 0. */
      readonly power: number;
    };

/** Widths, draws and rules of the simulation of Theorem 0.1. */
export interface TheoremOptions extends LongRunOptions {
  /** Widths of the hidden layers, ascending, each larger than the numbers of inputs and outputs. Default 8, 16, 32, 64, 128. */
  readonly widths?: readonly number[];
  /** Networks drawn at each width. Default 20; an interval needs 8. */
  readonly draws?: number;
  /** Default `{ share: 0.4 }`, the study's random pruning. */
  readonly remove?: TheoremSparsity;
  /** Default all five. */
  readonly rules?: readonly TheoremRule[];
  /** Of the hidden layers; outputs are linear, as in eq. (6). Default `sigmoid`. */
  readonly activation?: ScalarActivation;
  /** Hidden layers, all of one width. Default 1. */
  readonly hiddenLayers?: number;
  /** K of the weights' range. Default 1. */
  readonly scale?: number;
  /** How the supremum is searched. Default 200 points, 4 climbs. */
  readonly search?: Pick<PruningErrorOptions, 'radius' | 'points' | 'climbs'>;
  /** Default 1. */
  readonly seed?: number;
}

const theoremOptionNames: OptionNames<TheoremOptions> = {
  widths: true,
  draws: true,
  remove: true,
  rules: true,
  activation: true,
  hiddenLayers: true,
  scale: true,
  search: true,
  seed: true,
  ...longRunOptionNames,
};

/** How far pruned networks are from dense ones, by width. */
export interface TheoremSimulation {
  readonly kind: 'theorem-simulation';
  /** Name of the data set. */
  readonly dataset: string;
  /** Activation of the hidden layers. */
  readonly activation: ScalarActivation;
  /** Number of hidden layers. */
  readonly hiddenLayers: number;
  /** K of the weights' range. */
  readonly scale: number;
  /** How many weights go. */
  readonly remove: TheoremSparsity;
  /** Radius of the ball of inputs. */
  readonly radius: number;
  /** Units in a hidden layer, ascending. */
  readonly widths: readonly number[];
  /** Networks of each width. */
  readonly draws: number;
  /** Seed of all draws. */
  readonly seed: number;
  /** One entry a rule, width and draw. */
  readonly rows: readonly TheoremRow[];
  /** One a rule; an interval's status is `too-short` for fewer than 8 draws that have every width. */
  readonly fits: readonly TheoremFit[];
  /** Masks that could not be made, because too few weights had a p-value. */
  readonly missing: number;
}

/**
 * Theorem 0.1 by simulation: networks without biases, hidden layers wider than inputs and outputs, weights uniform on
 * +-K / sqrt(max(h_i, h_(i-1))), linear outputs; under each rule the sup norm over a ball of what pruning changes
 * (`pruningError`, a lower bound), and its slope against width in logarithms. The theorem wants
 * epsilon <= K2 h^-a with some a > 0, that is a slope below zero; it leaves open how many weights go, which is `remove` here.
 *
 * Every draw and width has weights of its own. For `legcnet` each network is trained on the data set for 40
 * epochs with a step of 0.02, one row an update, searched as by `soundSearch` with windows of 100, and the weights of largest p go (for `threshold` those of p >= 0.05);
 * the mask is then worn by the initial weights, which are those that the theorem speaks of.
 *
 * Sahu et al. 2025, Theorem 0.1 and eq. (6), after Qian and Klabjan 2021.
 *
 * @param dataset gives the numbers of inputs and outputs, and what `legcnet` trains on
 * @throws TypeError for another kind of value or an unknown option; RangeError for an option out of range; the signal's reason
 *   when aborted
 * @example
 * import { loadDataset, theoremSimulation } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const { fits } = await theoremSimulation(iris, { rules: ['random'], widths: [16, 32, 64], draws: 2 });
 * fits[0].rule; // 'random'
 */
export async function theoremSimulation(
  dataset: Dataset,
  options: TheoremOptions = {},
): Promise<TheoremSimulation> {
  checkOptions(options, theoremOptionNames, task);
  requireKind(dataset, 'dataset', task);
  const {
    widths = [8, 16, 32, 64, 128],
    draws = 20,
    remove = { share: 0.4 },
    rules = theoremRules,
    activation = 'sigmoid',
    hiddenLayers = 1,
    scale = 1,
    search = {},
    seed = 1,
  } = options;
  const ends = [dataset.features.length, dataset.outputs] as const;
  checkSettings({ widths, draws, rules, hiddenLayers, scale }, ends);
  const run = new LongRun(options);
  const total = widths.length * draws;
  const progress = (done: number) => ({ task: 'Simulating the theorem', done, total, unit: 'networks' });
  // The searches inside stop with the simulation, which tells how far it is for all of them.
  const quiet = { onProgress: () => {}, ...(run.signal && { signal: run.signal }) };
  const rows: TheoremRow[] = [];
  let done = 0;
  for (let draw = 1; draw <= draws; draw++) {
    for (const width of widths) {
      const network = drawNetwork(`${seed} ${draw}`, width, ends, { activation, hiddenLayers, scale });
      const weights = weightCount(network.layers);
      const count = countOf(remove, width, weights);
      const all = Int32Array.from({ length: weights }, (_, index) => index);
      const sought = { points: 200, climbs: 4, ...search, seed: draw };
      const { epsilon: dense } = pruningError(
        network,
        createMask(network.layers, all, 'all removed'),
        sought,
      );
      const masks = await theoremMasks(rules, network, dataset, { count, seed: draw, ...quiet });
      masks.forEach((mask, r) => {
        if (mask === null) return;
        const { epsilon, upper } = pruningError(network, mask, sought);
        const { removed } = mask;
        rows.push({ rule: rules[r], width, draw, weights, removed, epsilon, upper, dense });
      });
      done++;
      if (run.isDue) await run.pause(progress(done));
    }
  }
  run.finish(progress(total));
  return result({
    kind: 'theorem-simulation',
    dataset: dataset.name,
    activation,
    hiddenLayers,
    scale,
    remove,
    radius: search.radius ?? 1,
    widths: [...widths],
    draws,
    seed,
    rows,
    fits: theoremFits(rows, seed),
    missing: total * rules.length - rows.length,
  });
}

const task = 'simulate the theorem';

function checkSettings(
  settings: Required<Pick<TheoremOptions, 'widths' | 'draws' | 'rules' | 'hiddenLayers' | 'scale'>>,
  ends: readonly number[],
): void {
  const { widths, draws, rules, hiddenLayers, scale } = settings;
  requireList(widths, 'widths', task);
  widths.forEach((width, i) => {
    const least = Math.max(Math.max(...ends) + 1, i > 0 ? widths[i - 1] + 1 : 0);
    requireWhole(width, least, 'each width, larger than inputs, outputs and the width before', task);
  });
  requireWhole(widths.length, 2, 'the number of widths', task);
  requireWhole(draws, 1, 'draws', task);
  requireList(rules, 'rules', task);
  for (const rule of rules) requireOneOf(rule, theoremRules, 'a rule', task);
  requireWhole(hiddenLayers, 1, 'hiddenLayers', task);
  requireNumber(scale, scale > 0 && scale < Number.POSITIVE_INFINITY, 'positive and finite', 'scale', task);
}

/** A network of Theorem 0.1: uniform weights, no biases, linear outputs. */
function drawNetwork(
  seed: string,
  width: number,
  [inputs, outputs]: readonly [number, number],
  {
    activation,
    hiddenLayers,
    scale,
  }: Required<Pick<TheoremOptions, 'activation' | 'hiddenLayers' | 'scale'>>,
): Network {
  const layers = [inputs, ...new Array<number>(hiddenLayers).fill(width), outputs];
  const weights = layers.slice(1).map((rows, l) => {
    const random = randomStream(seed, `weights of layer ${l + 1}, width ${width}`);
    const half = scale / Math.sqrt(Math.max(rows, layers[l]));
    return Float64Array.from({ length: rows * layers[l] }, () => half * (2 * random() - 1));
  });
  const biases = layers.slice(1).map(rows => new Float64Array(rows));
  return networkFromWeights({ layers, activation, output: 'identity', weights, biases });
}

function countOf(remove: TheoremSparsity, width: number, weights: number): number {
  const share = 'share' in remove ? remove.share : width ** -remove.power;
  const name = 'share' in remove ? 'share' : 'width to the power -power';
  requireNumber(share, share > 0 && share <= 1, 'above 0 and at most 1', name, task);
  return Math.max(1, Math.round(share * weights));
}
