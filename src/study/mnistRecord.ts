import type { MnistOutcome } from './mnistOutcome';
import type { MnistNetwork, MnistRun } from './mnistRun';
import type { RunOutcome } from './runOutcome';
import type { StudyArm, StudyRecord } from './studyRecord';

/** Which masks LEGCNet's columns wear: ours of all weights, ours of the last 1800, or the study's, as listed or as its code applies them. */
export type MnistMasks = 'all' | 'last' | 'published' | 'as coded';

/**
 * A run of MNIST as a record for Tables 1 to 3.
 *
 * @param reading `asCoded` counts as the study's code did, in the stop rule, the accuracy and F1
 * @throws RangeError when the run lacks a network that the tables need
 * @example
 * import { mnistRecord, savedMnistRuns } from 'legcnet';
 * const { rows } = savedMnistRuns();
 * mnistRecord(rows[0].run, 'all', 'asIntended').dataset; // 'mnist'
 */
export function mnistRecord(
  run: MnistRun,
  masks: MnistMasks,
  reading: 'asIntended' | 'asCoded',
): StudyRecord {
  const end = { all: '', last: ' last', published: ' published', 'as coded': ' as coded' }[masks];
  const outcome = (network: MnistNetwork): RunOutcome[] => {
    const found = run.networks.find(each => each.network === network);
    if (found === undefined) {
      throw new RangeError(
        `Cannot make a record of MNIST: initialisation ${run.init} was run without ${network}`,
      );
    }
    return [outcomeBy(found, reading)];
  };
  const arms: Record<StudyArm, RunOutcome[]> = {
    dense: outcome('dense'),
    FT: outcome(`FT${end}` as MnistNetwork),
    PT: outcome(`PT${end}` as MnistNetwork),
    random: outcome('random'),
    magnitude: outcome('magnitude'),
  };
  return {
    dataset: 'mnist',
    procedure: 'published',
    masks: masks === 'published' || masks === 'as coded' ? 'published' : 'recomputed',
    start: { init: run.init },
    arms,
    noMask: {},
    seconds: run.cost.seconds,
  };
}

function outcomeBy(outcome: MnistOutcome, reading: 'asIntended' | 'asCoded'): RunOutcome {
  const { removed, flops } = outcome;
  const { stopped, epochs, accuracy, f1 } = outcome[reading];
  return { removed, weights: flops + removed, epochs: stopped ? epochs : null, accuracy, f1 };
}
