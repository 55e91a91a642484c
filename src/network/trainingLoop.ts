import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import type { Dataset } from '../data/dataset';
import { randomStream, shuffleInPlace } from '../statistics/random';
import type { Engine } from './engine';
import { type AccuracyRule, accuracyOf, macroF1Of, predictedLabels } from './metrics';
import type { EpochMetrics } from './recording';
import type { LoopSettings, Recorder } from './trainingSettings';

/** What the loop leaves behind; the parameters stay with the engine. */
export interface LoopResult {
  readonly epochs: readonly EpochMetrics[];
  readonly stopped: boolean;
}

/** Where a loop stands: before update `iterate`, with these epochs behind it. The parameters stand with the engine. */
export interface LoopPosition {
  readonly iterate: number;
  readonly epochs: readonly EpochMetrics[];
}

export interface LoopOptions extends LongRunOptions {
  readonly recorders?: readonly Recorder[];
  /** Where to go on from; default: the beginning. The recorders are called for its iterate once more. */
  readonly position?: LoopPosition;
  /** A recorder that reads the engine itself; called after the others. */
  readonly keep?: () => void | Promise<void>;
  /** Called after each epoch, before the recorders see its last iterate. */
  readonly onEpoch?: (metrics: EpochMetrics) => void;
}

/**
 * Steps an engine through the training part, epoch after epoch, until the stop rule or the last epoch. It knows nothing of
 * what the recorders do: they are called before each update and once after the last.
 */
export async function trainingLoop(
  engine: Engine,
  dataset: Dataset,
  settings: LoopSettings,
  options: LoopOptions,
): Promise<LoopResult> {
  const { recorders = [], position = { iterate: 0, epochs: [] }, keep, onEpoch } = options;
  const { batch } = settings;
  const rows = dataset.train.rows;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const reorder = rowOrder(settings);
  const isWatched = recorders.length > 0 || keep !== undefined || batch > 1;
  const run = new LongRun(options);
  const epochs = [...position.epochs];
  let { iterate } = position;
  let stopped = meetsStop(settings, epochs[epochs.length - 1]);

  for (let epoch = 1; epoch <= settings.epochs && !stopped; epoch++) {
    reorder(order);
    if (epoch <= position.epochs.length) continue; // Its order is drawn, which is all that later ones need.
    const done = iterate - (epoch - 1) * Math.ceil(rows / batch);
    for (let from = done * batch; from < rows; ) {
      // Updates that nobody watches go many at a time.
      let updates = isWatched ? 0 : (engine.singles?.(order, from, rows) ?? 0);
      if (updates === 0) {
        // Awaiting only when something was returned keeps the inner loop free of pauses.
        for (const recorder of recorders) {
          const pending = recorder(iterate, engine.parameters());
          if (pending !== undefined) await pending;
        }
        const pending = keep?.();
        if (pending !== undefined) await pending;
        engine.step(order, from, Math.min(from + batch, rows));
        updates = 1;
      }
      from += updates * batch;
      iterate += updates;
      if (run.isDue) await run.pause(progress(settings, epochs, settings.epochs));
    }
    const metrics = epochMetrics(epoch, engine, dataset, settings.accuracyRule);
    epochs.push(metrics);
    onEpoch?.(metrics);
    stopped = meetsStop(settings, metrics);
  }
  for (const recorder of recorders) await recorder(iterate, engine.parameters());
  await keep?.();
  run.finish(progress(settings, epochs, epochs.length));
  return { epochs, stopped };
}

function meetsStop({ stop }: LoopSettings, metrics: EpochMetrics | undefined): boolean {
  if (stop === null || metrics === undefined) return false;
  const reached = stop.part === 'validation' ? metrics.validationAccuracy : metrics.trainAccuracy;
  return reached !== null && reached >= stop.accuracy;
}

/** Reorders the rows in place or leaves them, as the settings say. */
function rowOrder({ shuffle, seed }: LoopSettings): (order: Int32Array) => void {
  if (shuffle === 'never' || seed === null) return () => {};
  const random = randomStream(seed, 'batch-order');
  return order => {
    shuffleInPlace(order, random);
  };
}

/** Measures an epoch on all parts. */
function epochMetrics(
  epoch: number,
  engine: Engine,
  { train, validation, test }: Dataset,
  rule: AccuracyRule,
): EpochMetrics {
  const { loss, outputs: trainOutputs } = engine.evaluate(train);
  const testOutputs = engine.evaluate(test).outputs;
  return {
    epoch,
    loss,
    trainAccuracy: accuracyOf(trainOutputs, train, rule),
    testAccuracy: accuracyOf(testOutputs, test, rule),
    testArgmaxAccuracy: accuracyOf(testOutputs, test, 'argmax'),
    testF1: macroF1Of(test.labels, predictedLabels(testOutputs, test.rows)),
    validationAccuracy: validation && accuracyOf(engine.evaluate(validation).outputs, validation, rule),
  };
}

function progress({ dataset }: LoopSettings, epochs: readonly EpochMetrics[], total: number): Progress {
  const last = epochs[epochs.length - 1];
  const base = { task: `Training on ${dataset}`, done: epochs.length, total, unit: 'epochs' };
  return last === undefined ? base : { ...base, value: { name: 'loss', number: last.loss } };
}
