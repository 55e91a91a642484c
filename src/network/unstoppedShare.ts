import { requireKind, requireList } from '../core/require';
import { type ShareInterval, type ShareIntervalOptions, shareInterval } from '../statistics/shareInterval';
import type { TrainingRun } from './train';

/**
 * The share of runs that never reached their stop rule but were ended by the limit of epochs, with Wilson's interval. Means of
 * the other runs say nothing about these, so a comparison of epochs needs both numbers.
 *
 * @throws TypeError unless `runs` is an array of training runs that had a stop rule; RangeError for a level out of range
 * @example
 * import { createNetwork, loadDataset, train, unstoppedShare } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const training = { epochs: 50, learningRate: 0.05, stop: { part: 'train', accuracy: 0.95 } } as const;
 * const runs = [];
 * for (const seed of [1, 2, 3, 4]) runs.push(await train(createNetwork({ layers: [4, 6, 3], seed }), iris, training));
 * unstoppedShare(runs).share; // 1
 */
export function unstoppedShare(
  runs: readonly TrainingRun[],
  options: ShareIntervalOptions = {},
): ShareInterval {
  const task = 'count runs that never stop';
  requireList(runs, 'runs', task);
  for (const run of runs) {
    requireKind(run, 'training-run', task);
    if (run.settings.stop === null)
      throw new TypeError(`Cannot ${task}: every run needs a stop rule, one without came`);
  }
  return shareInterval(runs.filter(({ stopped }) => !stopped).length, runs.length, options);
}
