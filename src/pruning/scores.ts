import { result } from '../core/result';
import type { Layers } from '../core/weightLayers';
import type { Mask } from '../network/mask';
import type { Trainable } from '../network/trainable';

/**
 * What scores weights. Those of lowest score go first; g is the gradient and H the Hessian of the mean loss over the training
 * part, with respect to the weights.
 *
 * - `magnitude`: |w| (Han et al. 2015, arXiv 1506.02626)
 * - `lamp`: w^2 over the sum of the squares of the weights of its layer that are not smaller, itself included; of equal ones
 *   the lower index counts as smaller (Lee et al. 2021, arXiv 2010.07611)
 * - `snip`: |g w| / sum |g w| (Lee, Ajanthan and Torr 2019, arXiv 1810.02340)
 * - `grasp`: w (H g), what a weight adds to |g|^2 / 2, to first order; the paper removes the largest -w (H g), which is the same
 *   (Wang, Zhang and Grosse 2020, arXiv 2002.07376)
 * - `synflow`: w dR/dw, with R the sum of the outputs for an input of ones when all weights are made positive and all
 *   activations taken for linear (Tanaka et al. 2020, arXiv 2006.05467)
 * - `obd`: d2L/dw2 w^2 / 2, meant for a trained network, exact second derivatives (LeCun, Denker and Solla 1990, Optimal
 *   brain damage, NIPS 2); away from a minimum it can be negative, and those weights go first
 */
export type PruningRule = 'magnitude' | 'lamp' | 'snip' | 'grasp' | 'synflow' | 'obd';

/**
 * What scores are worth.
 * - `ok`
 * - `constant`: all weights that are left score alike, so only their index would decide
 * - `non-finite`: a score is NaN or infinite, as those of a network that diverged
 */
export type ScoreStatus = 'ok' | 'constant' | 'non-finite';

/** One number a weight that says in which order weights go: the lowest score first, of equal ones the lower index. */
export interface PruningScores {
  readonly kind: 'pruning-scores';
  /** `non-causal` and `causal`: p-values of a scan, see `scoresFromScan`. */
  readonly rule: PruningRule | 'non-causal' | 'causal';
  /** What goes first, in words: 'smallest magnitude'. */
  readonly goesFirst: string;
  /** Where the rule comes from. */
  readonly reference: string;
  /** Layer widths of the network, to place a weight. */
  readonly layers: Layers;
  /** One entry a weight: layers in order, each row-major out x in, biases excluded. 0 where removed before, NaN without a score. */
  readonly scores: Float64Array;
  /** Weights removed before; they stay removed. */
  readonly mask: Mask | null;
  /** Weights that are left but have no score (NaN); no mask removes them. */
  readonly unanswered: number;
  /** Whether the scores are numbers, and why not. */
  readonly status: ScoreStatus;
}

const goesFirst: Readonly<Record<PruningRule, string>> = {
  magnitude: 'smallest magnitude',
  lamp: 'lowest layer-adaptive magnitude (LAMP)',
  snip: 'lowest connection sensitivity (SNIP)',
  grasp: 'lowest share in the gradient flow (GraSP)',
  synflow: 'lowest synaptic flow (SynFlow)',
  obd: 'lowest saliency (optimal brain damage)',
};

const references: Readonly<Record<PruningRule, string>> = {
  magnitude: 'Han et al. 2015',
  lamp: 'Lee et al. 2021',
  snip: 'Lee, Ajanthan and Torr 2019',
  grasp: 'Wang, Zhang and Grosse 2020',
  synflow: 'Tanaka et al. 2020',
  obd: 'LeCun, Denker and Solla 1990',
};

/** The result for scores that are already there; those of removed weights are set to 0. */
export function networkScores(rule: PruningRule, network: Trainable, scores: Float64Array): PruningScores {
  const { layers, mask } = network;
  return rankedScores(
    { rule, goesFirst: goesFirst[rule], reference: references[rule], layers, mask },
    scores,
  );
}

/** As `networkScores`, for a rule of any name. */
export function rankedScores(
  head: Pick<PruningScores, 'rule' | 'goesFirst' | 'reference' | 'layers' | 'mask'>,
  scores: Float64Array,
): PruningScores {
  const isLeft = (weight: number): boolean => head.mask?.kept[weight] !== 0;
  const ranked = scores.map((score, weight) => (isLeft(weight) ? score : 0));
  const left = ranked.filter((_, weight) => isLeft(weight));
  const isConstant = left.length > 1 && left.every(score => score === left[0]);
  return result({
    kind: 'pruning-scores',
    ...head,
    scores: ranked,
    unanswered: left.filter(Number.isNaN).length,
    status: !left.every(Number.isFinite) ? 'non-finite' : isConstant ? 'constant' : 'ok',
  });
}
