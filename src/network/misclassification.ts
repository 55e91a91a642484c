import { LongRun, type LongRunOptions } from '../core/longRun';
import type { Part } from '../data/dataset';
import { type AccuracyRule, accuracy } from './metrics';
import type { Recording } from './recording';

export interface MisclassificationOptions extends LongRunOptions {
  /** Default: the rule the recording was trained with, else `argmax`. */
  readonly accuracyRule?: AccuracyRule;
}

/**
 * Share of rows that the recorded network gets wrong at each of the given iterates: the target of the Granger tests. For
 * windowed exponents pass their last iterates, `exponents.ends`.
 *
 * @param part the rows to classify: the study takes the test part, sound practice the validation part
 * @returns 1 - accuracy, one entry an iterate
 * @throws RangeError for an iterate that was not recorded
 */
export async function misclassification(
  recording: Recording,
  part: Part,
  iterates: ArrayLike<number>,
  options: MisclassificationOptions = {},
): Promise<Float64Array> {
  const { accuracyRule = recording.settings?.accuracyRule ?? 'argmax' } = options;
  const shares = new Float64Array(iterates.length);
  const run = new LongRun(options);
  const progress = (done: number) => ({
    task: 'Measuring misclassification',
    done,
    total: iterates.length,
    unit: 'iterates',
  });
  for (let i = 0; i < iterates.length; i++) {
    const network = await recording.networkAt(iterates[i]);
    shares[i] = 1 - accuracy(network, part, { rule: accuracyRule });
    if (run.isDue) await run.pause(progress(i + 1));
  }
  run.finish(progress(iterates.length));
  return shares;
}
