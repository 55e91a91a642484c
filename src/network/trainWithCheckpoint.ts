import { checkOptions, type OptionNames } from '../core/options';
import type { Dataset } from '../data/dataset';
import { type CheckpointOptions, openCheckpoint } from './checkpoint';
import type { Network } from './network';
import { flattenParameters, withParameters } from './parameters';
import type { EpochMetrics } from './recording';
import { checkResumable, resumePoint, resumeRecord } from './resumePoint';
import { createEngine, type TrainingRun, trainWith } from './train';
import { trainingIdentity } from './trainingIdentity';
import { type Recorder, type TrainOptions, trainingSettings, trainOptionNames } from './trainingSettings';

/** How `trainWithCheckpoint` trains, and where it keeps what a stopped run goes on from. */
export interface ResumableTrainOptions extends TrainOptions, CheckpointOptions {}

const optionNames: OptionNames<ResumableTrainOptions> = {
  ...trainOptionNames,
  checkpoint: true,
  checkpointSeconds: true,
};

/**
 * As `train`, but with a `checkpoint` folder the run can be killed at any moment and called again: it goes on from what was
 * saved last, and a run that had ended is read, not trained. The result is that of an uninterrupted run, bit for bit.
 * Recorders of one's own see the iterates since the last saving again.
 *
 * @throws as `train`; RangeError for momentum or another optimiser than `sgd` with a checkpoint; Error when the folder cannot
 *   be written, is damaged or belongs to another run
 * @example
 * import { createNetwork, loadDataset, trainWithCheckpoint } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const options = { epochs: 20, learningRate: 0.05, checkpoint: 'iris-run' };
 * const run = await trainWithCheckpoint(network, iris, options);
 * const again = await trainWithCheckpoint(network, iris, options); // read from the folder, not trained
 * again.final.weights[0][0] === run.final.weights[0][0]; // true
 */
export async function trainWithCheckpoint(
  network: Network,
  dataset: Dataset,
  options: ResumableTrainOptions,
): Promise<TrainingRun> {
  checkOptions(options, optionNames, 'train');
  const settings = trainingSettings(network, dataset, options);
  checkResumable(settings, options);
  const { checkpoint: folder, checkpointSeconds = 5, recorders = [], threads } = options;
  if (folder === undefined) {
    return trainWith(
      await createEngine(network, dataset, settings, threads),
      network,
      dataset,
      settings,
      options,
    );
  }
  const checkpoint = await openCheckpoint(folder, trainingIdentity(network, dataset, settings));
  const saved = await checkpoint.read('training');
  const point = saved === null ? null : resumePoint(saved);
  const epochs: EpochMetrics[] = [...(point?.epochs ?? [])];
  let last = performance.now();
  const save: Recorder = async (iterate, parameters) => {
    await checkpoint.write('training', resumeRecord({ iterate, epochs, parameters }));
    last = performance.now();
  };
  const saveInTime: Recorder = (iterate, parameters) =>
    performance.now() - last >= 1000 * checkpointSeconds ? save(iterate, parameters) : undefined;
  const start = point === null ? network : withParameters(network, point.parameters);
  const run = await trainWith(
    await createEngine(start, dataset, settings, threads),
    network,
    dataset,
    settings,
    {
      ...options,
      recorders: [...recorders, saveInTime],
      onEpoch: metrics => epochs.push(metrics),
      ...(point && { position: point }),
    },
  );
  const end = run.epochCount * run.iterationsPerEpoch;
  if (point?.iterate !== end || point.epochs.length !== run.epochCount) {
    await save(end, flattenParameters(run.final));
  }
  return run;
}
