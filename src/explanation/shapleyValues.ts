import type { Link } from './coalitionGame';

/**
 * What a row's Shapley values are worth.
 * - `non-finite`: the model or the link has no finite value for the row or for a coalition; values are NaN
 * - `not-additive`: they miss the model's output by more than 1e-6 of its size: the model does not answer alike twice
 * - `singular`: the sampled coalitions do not tell the players apart; values are NaN
 */
export type ShapleyStatus = 'ok' | 'non-finite' | 'not-additive' | 'singular';

/**
 * Index = code in `ShapleyValues.status`.
 *
 * @example
 * import { shapley, shapleyStatuses } from 'legcnet';
 * const sum = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => x[2 * i] + x[2 * i + 1]);
 * const { status } = await shapley(sum, [[0, 0]], [[2, Number.NaN]]);
 * shapleyStatuses[status[0]]; // 'non-finite'
 */
export const shapleyStatuses: readonly ShapleyStatus[] = ['ok', 'non-finite', 'not-additive', 'singular'];

/**
 * How the values come about:
 * - `exact`: from all 2^M coalitions
 * - `leverage`: Leverage SHAP, regression on paired coalitions drawn without replacement
 * - `permutation`: random orders of the players, forwards and backwards
 * - `kernel`: the regression of shap's KernelExplainer with l1_reg 0
 */
export type ShapleyMethod = 'exact' | 'leverage' | 'permutation' | 'kernel';

/** Shapley values of every explained row, player and output. */
export interface ShapleyValues {
  readonly kind: 'shapley-values';
  /** How the values were computed. */
  readonly method: ShapleyMethod;
  /** What the values add up to: outputs or their log odds. */
  readonly link: Link;
  /** Seed of the sampled coalitions; null where none were drawn. */
  readonly seed: number | null;
  /** Coalitions asked of each row, empty and full one included. */
  readonly coalitions: number;
  /** Rows that the model answered. */
  readonly evaluations: number;
  /** Names of the players: features and groups of features. */
  readonly names: readonly string[];
  /** One name an output. */
  readonly outputNames: readonly string[];
  /** Rows explained. */
  readonly rows: number;
  /** rows x players x outputs, row-major, on the scale of the link. */
  readonly values: Float64Array;
  /** Standard errors of the values from sampling; 0 where nothing was sampled, NaN where one order tells none. */
  readonly standardErrors: Float64Array;
  /** Mean output over the background, one an output, on the scale of the link: where the values start from. */
  readonly expected: Float64Array;
  /** Output of each row, rows x outputs, on the scale of the link: where the values end. */
  readonly explained: Float64Array;
  /** rows x players: what the row holds for a player that is one feature; NaN for a group. */
  readonly inputs: Float64Array;
  /** Background rows given. */
  readonly backgroundRows: number;
  /** Different rows of the background. */
  readonly distinctBackgroundRows: number;
  /** Largest |expected + sum of values - explained| over rows and outputs; rows without values aside. */
  readonly additivityGap: number;
  /** One a row: index into `shapleyStatuses`. */
  readonly status: Uint8Array;
}
