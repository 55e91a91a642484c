import { LongRun, type LongRunOptions } from '../core/longRun';
import type { Part } from '../data/dataset';
import { mlpLoss } from '../kernels/mlpLoss';
import { checkPartFits } from './checkPartFits';
import { flattenParameters } from './parameters';
import { networkWorkspace } from './predict';
import type { Recording } from './recording';

/**
 * Mean squared error of the recorded network on a part at each of the given iterates: what `misclassification` is when the text
 * says loss.
 *
 * @throws TypeError when recording and part do not fit; RangeError for an iterate that was not recorded
 */
export async function lossAlong(
  recording: Recording,
  part: Part,
  iterates: ArrayLike<number>,
  options: LongRunOptions = {},
): Promise<Float64Array> {
  checkPartFits(recording.initial, part, 'measure the loss');
  const workspace = networkWorkspace(recording.initial);
  const outputs = new Float64Array(part.targets.length);
  const losses = new Float64Array(iterates.length);
  const run = new LongRun(options);
  const progress = (done: number) => ({
    task: 'Measuring the loss',
    done,
    total: iterates.length,
    unit: 'iterates',
  });
  for (let i = 0; i < iterates.length; i++) {
    const parameters = flattenParameters(await recording.networkAt(iterates[i]));
    losses[i] = mlpLoss(
      workspace,
      parameters,
      part.inputs,
      part.targets,
      part.rows,
      'squared-error',
      outputs,
    );
    if (run.isDue) await run.pause(progress(i + 1));
  }
  run.finish(progress(iterates.length));
  return losses;
}
