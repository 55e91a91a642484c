import type { GrangerScan } from '../causality/grangerScan';
import type { WindowedExponents } from '../chaos/windowedExponents';
import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import { flops } from '../network/metrics';
import type { Network } from '../network/network';
import type { TrainingRun } from '../network/train';
import { pruningRules } from './pruningScores';
import type { PruningRule } from './scores';

/**
 * Operations of a training: 3 x (2 MACs + biases) x rows x epochs, one forward pass and a backward pass that costs two (Kaplan
 * et al. 2020, Scaling laws for neural language models, section 2.1). Counted are the weights that the mask leaves, as if removed
 * ones were skipped; activations, accuracies after the epochs and recording are not.
 *
 * @param run a training or a recording of one (`recordTwin` and `recordTangent` train two at once: count them twice)
 * @param dataset the one it was trained on
 * @example
 * import { createNetwork, loadDataset, train, trainingFlops } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const run = await train(createNetwork({ layers: [4, 6, 3], seed: 1 }), iris, { epochs: 10, learningRate: 0.05 });
 * trainingFlops(run, iris); // 334800, that is 3 x 93 x 120 x 10
 */
export function trainingFlops(
  run: Pick<TrainingRun, 'initial' | 'epochs'>,
  dataset: Pick<Dataset, 'kind' | 'train'>,
): number {
  requireKind(dataset, 'dataset', 'count the operations of a training');
  requireKind(run.initial, 'network', 'count the operations of a training');
  return 3 * flops(run.initial) * dataset.train.rows * run.epochs.length;
}

/**
 * Operations of scoring all weights by a rule, in passes over the training part: `snip` one gradient (3 forward passes), `grasp` a
 * gradient and a Hessian product (9), `obd` a gradient and the pre-activation Hessians of every row; `magnitude`, `lamp` and `synflow`
 * read no rows and cost 1, 3 and 6 operations a weight.
 *
 * @example
 * import { createNetwork, loadDataset, scoringFlops } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * scoringFlops(network, iris, 'snip'); // 33480, that is 3 x 93 x 120
 */
export function scoringFlops(
  network: Network,
  dataset: Pick<Dataset, 'kind' | 'train'>,
  rule: PruningRule,
): number {
  const task = 'count the operations of scoring';
  requireKind(network, 'network', task);
  requireKind(dataset, 'dataset', task);
  requireOneOf(rule, pruningRules, 'rule', task);
  const { layers } = network;
  const pass = flops(network) * dataset.train.rows;
  if (rule === 'snip') return 3 * pass;
  if (rule === 'grasp') return 9 * pass;
  if (rule === 'obd') return 3 * pass + dataset.train.rows * hessianFlops(layers);
  return { magnitude: 1, lamp: 3, synflow: 6 }[rule] * weightCount(layers);
}

/** Multiplications and additions that `mlpHessianDiagonal` does in a row beyond a gradient. */
function hessianFlops(layers: readonly number[]): number {
  let sum = 2 * layers[0] * layers[1];
  for (let l = 2; l < layers.length; l++) {
    const [width, below] = [layers[l], layers[l - 1]];
    sum += 2 * width * width * below + 2 * width * below * (l === 2 ? 1 : below) + 2 * width * below;
  }
  return sum;
}

/** The estimator and the windows whose operations are counted. */
export interface ExponentFlopsOptions {
  /** The estimator that made them. */
  readonly estimator: 'direct' | 'rosenstein';
  /** Of `rosenstein`: dimension of the embedding. Default 2. */
  readonly dimension?: number;
  /** Of `rosenstein`: steps that pairs are followed. Default 3. */
  readonly steps?: number;
}

const exponentFlopsNames: OptionNames<ExponentFlopsOptions> = {
  estimator: true,
  dimension: true,
  steps: true,
};

/**
 * Operations of all windowed exponents, windows x weights x those of a window of n iterates, a logarithm counted as one:
 * `direct` 5 n (logarithm, least squares), `rosenstein` 3 m n^2 + 3 s n (distance of every pair in m dimensions, s steps). Faster
 * neighbour searches do less: an upper count.
 *
 * @example
 * import { createNetwork, exponentFlops, loadDataset, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * exponentFlops(exponents, { estimator: 'direct' }); // 504000, that is 24 windows x 42 weights x 5 x 100
 */
export function exponentFlops(exponents: WindowedExponents, options: ExponentFlopsOptions): number {
  const task = 'count the operations of exponents';
  requireKind(exponents, 'windowed-exponents', task);
  checkOptions(options, exponentFlopsNames, task);
  const { estimator, dimension = 2, steps = 3 } = options;
  requireOneOf(estimator, ['direct', 'rosenstein'], 'estimator', task);
  requireWhole(dimension, 1, 'dimension', task);
  requireWhole(steps, 1, 'steps', task);
  const { windows, weights, window: n } = exponents;
  return windows * weights * (estimator === 'direct' ? 5 * n : 3 * dimension * n * n + 3 * steps * n);
}

/**
 * Operations of a Granger scan by least squares with Householder's method, 2 k^2 (T - k / 3) for T rows and k columns (Golub and
 * Van Loan 2013, Matrix computations, section 5.3.3): for every lag p and T = windows - p once the restricted regression (k = 1 +
 * p) and for every weight the full one (k = 1 + 2 p). The scan shares a decomposition between weights: an upper count.
 *
 * @example
 * import {
 *   createNetwork, grangerFlops, grangerScan, loadDataset, misclassification, recordTwin, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * grangerFlops(await grangerScan(exponents, errors, { lag: 1 })); // 16810.67, that is 2 x 4 (23 - 2 / 3) + 42 x 2 x 9 (23 - 1)
 */
export function grangerFlops(scan: GrangerScan): number {
  requireKind(scan, 'granger-scan', 'count the operations of a scan');
  const squares = (rows: number, columns: number): number =>
    rows < columns ? 0 : 2 * columns ** 2 * (rows - columns / 3);
  return scan.lags.reduce((sum, p) => {
    const rows = scan.windows - p;
    return sum + squares(rows, 1 + p) + scan.weights * squares(rows, 1 + 2 * p);
  }, 0);
}
