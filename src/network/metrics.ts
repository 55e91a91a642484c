import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireOneOf } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Part } from '../data/dataset';
import { checkPartFits } from './checkPartFits';
import type { Network } from './network';
import { predict } from './predict';

/**
 * When a row counts as correct. Both rules agree for one output.
 *
 * - `argmax`: the largest output is the row's class; one output: class 1 above 0.5
 * - `all-outputs`: every output, rounded at 0.5, equals its target (the study's rule for several outputs)
 */
export type AccuracyRule = 'argmax' | 'all-outputs';

/** Names of all accuracy rules. */
export const accuracyRules: readonly AccuracyRule[] = ['argmax', 'all-outputs'];

/** Which rule counts an answer as right. */
export interface AccuracyOptions {
  /** Default: `argmax`. */
  readonly rule?: AccuracyRule;
}

const accuracyOptionNames: OptionNames<AccuracyOptions> = { rule: true };

/** How often each class was taken for each other. */
export interface ConfusionMatrix {
  readonly kind: 'confusion-matrix';
  /** Number of classes; their names are `Dataset.classes`. */
  readonly classes: number;
  /** classes x classes, row-major: rows are true classes, columns predicted ones. */
  readonly counts: Int32Array;
}

/**
 * Share of rows that the network gets right, 0 to 1.
 *
 * @throws TypeError when network and part do not fit; RangeError for a rule that does not exist or a label that is no class
 * @example
 * import { accuracy, createNetwork, loadDataset, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const { final } = await train(createNetwork({ layers: [4, 6, 3], seed: 1 }), iris, { epochs: 100, learningRate: 0.05 });
 * accuracy(final, iris.test); // 0.9333
 */
export function accuracy(network: Network, part: Part, options: AccuracyOptions = {}): number {
  const task = 'measure accuracy';
  checkOptions(options, accuracyOptionNames, task);
  const { rule = 'argmax' } = options;
  requireOneOf(rule, accuracyRules, 'rule', task);
  requireKind(network, 'network', task);
  checkPartFits(network, part, task);
  return accuracyOf(predict(network, part.inputs, part.rows), part, rule);
}

/**
 * True against predicted classes, the latter by the `argmax` rule.
 *
 * @throws TypeError when network and part do not fit; RangeError for a label that is no class
 * @example
 * import { confusionMatrix, createNetwork, loadDataset, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const { final } = await train(createNetwork({ layers: [4, 6, 3], seed: 1 }), iris, { epochs: 100, learningRate: 0.05 });
 * confusionMatrix(final, iris.test).counts; // [7, 0, 0, 0, 10, 1, 0, 1, 11], rows are the true classes
 */
export function confusionMatrix(network: Network, part: Part): ConfusionMatrix {
  const task = 'count confusions';
  requireKind(network, 'network', task);
  checkPartFits(network, part, task);
  const outputs = network.layers[network.layers.length - 1];
  const classes = Math.max(2, outputs);
  const predicted = predictedLabels(predict(network, part.inputs, part.rows), part.rows);
  const counts = new Int32Array(classes * classes);
  for (let row = 0; row < part.rows; row++) counts[part.labels[row] * classes + predicted[row]]++;
  return result({ kind: 'confusion-matrix', classes, counts });
}

/**
 * Mean of the F1 scores of the classes, F1 = 2 TP / (2 TP + FP + FN), classes predicted by the `argmax` rule. As
 * scikit-learn's `f1_score(average='macro')`: over the classes that occur among labels or predictions.
 *
 * @throws TypeError when network and part do not fit; RangeError for a label that is no class
 * @example
 * import { createNetwork, loadDataset, macroF1, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const { final } = await train(createNetwork({ layers: [4, 6, 3], seed: 1 }), iris, { epochs: 100, learningRate: 0.05 });
 * macroF1(final, iris.test); // 0.9419
 */
export function macroF1(network: Network, part: Part): number {
  const task = 'measure macro F1';
  requireKind(network, 'network', task);
  checkPartFits(network, part, task);
  return macroF1Of(part.labels, predictedLabels(predict(network, part.inputs, part.rows), part.rows));
}

/**
 * Multiplications of one forward pass: the weights that are not removed. This is what the paper's tables call FLOPs.
 *
 * @example
 * import { createNetwork, macs } from 'legcnet';
 * macs(createNetwork({ layers: [4, 6, 3], seed: 1 })); // 42
 */
export function macs(network: Network): number {
  return weightCount(network.layers) - (network.mask?.removed ?? 0);
}

/**
 * Multiplications and additions of one forward pass without its activations: 2 x MACs + biases.
 *
 * @example
 * import { createNetwork, flops } from 'legcnet';
 * flops(createNetwork({ layers: [4, 6, 3], seed: 1 })); // 93, that is 2 x 42 + 9
 */
export function flops(network: Network): number {
  return 2 * macs(network) + network.biases.reduce((sum, vector) => sum + vector.length, 0);
}

/** Accuracy of outputs (rows x outputs) that are already there. */
export function accuracyOf(outputs: Float64Array, part: Part, rule: AccuracyRule): number {
  let correct = 0;
  if (rule === 'argmax') {
    const predicted = predictedLabels(outputs, part.rows);
    for (let row = 0; row < part.rows; row++) if (predicted[row] === part.labels[row]) correct++;
  } else {
    const m = outputs.length / part.rows;
    for (let row = 0; row < part.rows; row++) {
      let wrong = 0;
      for (let k = row * m; k < (row + 1) * m; k++) if (outputs[k] > 0.5 !== part.targets[k] > 0.5) wrong++;
      if (wrong === 0) correct++;
    }
  }
  return correct / part.rows;
}

/** Class of each row from outputs (rows x outputs) by the `argmax` rule; the first of equal outputs wins. */
export function predictedLabels(outputs: Float64Array, rows: number): Int32Array {
  const m = outputs.length / rows;
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (m === 1) {
      labels[row] = outputs[row] > 0.5 ? 1 : 0;
    } else {
      let best = 0;
      for (let o = 1; o < m; o++) if (outputs[row * m + o] > outputs[row * m + best]) best = o;
      labels[row] = best;
    }
  }
  return labels;
}

/** `macroF1` of labels that are already there. */
export function macroF1Of(labels: Int32Array, predicted: Int32Array): number {
  const classes = labels.reduce((most, label, row) => Math.max(most, label, predicted[row]), 0) + 1;
  const hits = new Int32Array(classes);
  // Per class: how often it is the label plus how often it is predicted, which is 2 TP + FP + FN.
  const seen = new Int32Array(classes);
  for (let row = 0; row < labels.length; row++) {
    seen[labels[row]]++;
    seen[predicted[row]]++;
    if (labels[row] === predicted[row]) hits[labels[row]]++;
  }
  let sum = 0;
  let present = 0;
  for (let c = 0; c < classes; c++) {
    if (seen[c] === 0) continue;
    sum += (2 * hits[c]) / seen[c];
    present++;
  }
  return sum / present;
}
