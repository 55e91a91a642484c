import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireList, requireOneOf } from '../core/require';
import type { Part } from '../data/dataset';
import { checkPartFits } from './checkPartFits';
import { type AccuracyRule, accuracyOf, accuracyRules } from './metrics';
import type { Model } from './model';
import { buildModel, evaluateModel } from './modelEngine';
import { writeParameters } from './modelLayout';
import type { Network } from './network';
import { predict } from './predict';
import type { Recording } from './recording';
import { loadTensorFlow } from './tensorflow';
import type { Trainable } from './trainable';

/** Which rule counts an answer as wrong. */
export interface MisclassificationOptions extends LongRunOptions {
  /** Default: the rule the recording was trained with, else `argmax`. */
  readonly accuracyRule?: AccuracyRule;
}

const misclassificationOptionNames: OptionNames<MisclassificationOptions> = {
  accuracyRule: true,
  ...longRunOptionNames,
};

/**
 * Share of rows that the recorded network gets wrong at each of the given iterates: the target of the Granger tests. For
 * windowed exponents pass their last iterates, `exponents.ends`.
 *
 * @param part the rows to classify: the study takes the test part, sound practice the validation part
 * @returns 1 - accuracy, one entry an iterate
 * @throws TypeError when recording and part do not fit; RangeError for an iterate that was not recorded or an unknown rule
 * @example
 * import { createNetwork, loadDataset, misclassification, recordTraining } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTraining(network, iris, { epochs: 100, learningRate: 0.05 });
 * await misclassification(recording, iris.test, [0, 1200, 12_000]); // [ 0.7667, 0.4, 0.06667 ]
 */
export async function misclassification(
  recording: Recording<Trainable>,
  part: Part,
  iterates: ArrayLike<number>,
  options: MisclassificationOptions = {},
): Promise<Float64Array> {
  const task = 'measure misclassification';
  checkOptions(options, misclassificationOptionNames, task);
  requireKind(recording, 'recording', task);
  requireList(iterates, 'iterates', task);
  checkPartFits(recording.initial, part, task);
  const { accuracyRule = recording.settings?.accuracyRule ?? 'argmax' } = options;
  requireOneOf(accuracyRule, accuracyRules, 'accuracyRule', task);
  const shares = new Float64Array(iterates.length);
  const run = new LongRun(options);
  const progress = (done: number) => ({
    task: 'Measuring misclassification',
    done,
    total: iterates.length,
    unit: 'iterates',
  });
  const asked = await predictor(recording.initial, part);
  try {
    for (let i = 0; i < iterates.length; i++) {
      const outputs = asked.outputs(await recording.networkAt(iterates[i]));
      shares[i] = 1 - accuracyOf(outputs, part, accuracyRule);
      if (run.isDue) await run.pause(progress(i + 1));
    }
  } finally {
    asked.dispose();
  }
  run.finish(progress(iterates.length));
  return shares;
}

/** Outputs of networks of one shape for the rows of one part. */
interface Predictor {
  readonly outputs: (network: Trainable) => Float64Array;
  readonly dispose: () => void;
}

async function predictor(shape: Trainable, part: Part): Promise<Predictor> {
  if (shape.kind === 'network') {
    return {
      outputs: network => predict(network as Network, part.inputs, part.rows),
      dispose: () => {},
    };
  }
  const tf = await loadTensorFlow();
  const built = await buildModel(tf, shape);
  return {
    outputs: model => {
      writeParameters(tf, built, model as Model);
      return evaluateModel(tf, built, shape, part).outputs;
    },
    dispose: () => built.dispose(),
  };
}
