import type { Mask } from '../network/mask';
import { requireTrainable, type Trainable } from '../network/trainable';
import { magnitudeScores } from './magnitudeScores';
import { type MaskFromScoresOptions, maskFromScores } from './maskFromScores';

/**
 * A mask that removes the weights of smallest absolute value: `maskFromScores` of the `magnitude` scores, at once. The study's
 * text names a share of 0.25; its SHAP panels are made so, Table 3's printed numbers come out of 0.1, of trained weights both
 * (`magnitudeRules`). Pass the network whose weights you mean. Magnitudes scaled by layer are the rule `lamp` of
 * `pruningScores`.
 *
 * @param network its weights are compared; biases are not
 * @throws TypeError, RangeError as `maskFromScores`
 * @example
 * import { createNetwork, magnitudeMask } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * magnitudeMask(network, { share: 0.5 }).removed; // 21
 */
export function magnitudeMask(network: Trainable, options: MaskFromScoresOptions): Mask {
  requireTrainable(network, 'choose weights by magnitude');
  return maskFromScores(magnitudeScores(network), options);
}
