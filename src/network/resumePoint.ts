import { requireNumber } from '../core/require';
import type { CheckpointOptions, CheckpointRecord } from './checkpoint';
import type { EpochMetrics } from './recording';
import type { LoopPosition } from './trainingLoop';
import type { TrainingSettings } from './trainingSettings';

/** Where a training was saved: the position of its loop and the parameters that its engine held. */
export interface ResumePoint extends LoopPosition {
  readonly parameters: Float64Array;
}

export function resumeRecord({ iterate, epochs, parameters }: ResumePoint): CheckpointRecord {
  // The order of rows follows from the seed and the number of epochs; nothing else moves from update to update.
  const metrics = Float64Array.from(epochs.flatMap(epoch => fields.map(field => epoch[field] ?? Number.NaN)));
  return { values: { iterate }, arrays: { parameters, metrics } };
}

export function resumePoint({ values, arrays }: CheckpointRecord): ResumePoint {
  const { iterate } = values as { iterate: number };
  const metrics = arrays.metrics as Float64Array;
  const epochs = Array.from({ length: metrics.length / fields.length }, (_, e): EpochMetrics => {
    const line = metrics.subarray(e * fields.length, (e + 1) * fields.length);
    const [loss, trainAccuracy, testAccuracy, testArgmaxAccuracy, testF1, validation] = line;
    const validationAccuracy = Number.isNaN(validation) ? null : validation;
    return {
      epoch: e + 1,
      loss,
      trainAccuracy,
      testAccuracy,
      testArgmaxAccuracy,
      testF1,
      validationAccuracy,
    };
  });
  return { iterate, epochs, parameters: arrays.parameters as Float64Array };
}

/** Saved as doubles, because JSON has no NaN; a validation accuracy is NaN only where there is none. */
const fields = [
  'loss',
  'trainAccuracy',
  'testAccuracy',
  'testArgmaxAccuracy',
  'testF1',
  'validationAccuracy',
] as const;

/**
 * @throws RangeError for settings whose optimiser remembers earlier updates, which are not kept, and for seconds that are
 *   none
 */
export function checkResumable({ momentum, optimizer }: TrainingSettings, options: CheckpointOptions): void {
  const { checkpoint, checkpointSeconds = 5 } = options;
  const isTime = checkpointSeconds >= 0 && checkpointSeconds < Number.POSITIVE_INFINITY;
  requireNumber(checkpointSeconds, isTime, 'at least 0 and finite', 'checkpointSeconds', 'keep a checkpoint');
  if (checkpoint !== undefined && (momentum !== 0 || optimizer !== 'sgd')) {
    throw new RangeError(
      `Cannot keep a checkpoint: only sgd without momentum can be resumed, ${optimizer} with momentum ${momentum} came`,
    );
  }
}
