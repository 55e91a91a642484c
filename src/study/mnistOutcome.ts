import type { Dataset, Part } from '../data/dataset';
import { studySettings } from '../data/studySettings';
import { accuracy, macroF1, macroF1Of, macs, predictedLabels } from '../network/metrics';
import type { Network } from '../network/network';
import { predict } from '../network/predict';
import type { TrainingRun } from '../network/train';
import type { MnistNetwork } from './mnistRun';
import { paddedRows } from './mnistTraining';
import { cutByMagnitude, TABLE_MAGNITUDE_SHARE } from './tableRivals';

/** Where a training stopped and how good it was then; by one way to count. */
export interface MnistReading {
  /** Whether the benchmark was reached; if not, the other numbers are those of the last epoch. */
  readonly stopped: boolean;
  /** Epochs trained. */
  readonly epochs: number;
  /** The 0-based index of the last one, as the paper prints it. */
  readonly publishedEpoch: number;
  /** Test accuracy. */
  readonly accuracy: number;
  /** Macro F1 on the test part. */
  readonly f1: number;
}

/** One trained network of an MNIST run. */
export interface MnistOutcome {
  /** Which network it is. */
  readonly network: MnistNetwork;
  /** Weights held at zero. */
  readonly removed: number;
  /** Weights left, which the paper calls FLOPs. */
  readonly flops: number;
  /** Removed weights in per cent of all. */
  readonly prunedPercent: number;
  /** Stopped at training accuracy 0.92; accuracy and macro F1 on all test images. */
  readonly asIntended: MnistReading;
  /**
   * As the study's code counts: correct rows divided by 128 x batches, in the stop rule too, and macro F1 of the first image of
   * each test batch, the batches taken in the order of our test part.
   */
  readonly asCoded: MnistReading;
}

/** The first weight that the study tested: those of layers 2 and 3 follow. */
export const FIRST_TESTED: number = studySettings.mnist.layers[0] * studySettings.mnist.layers[1];

/** @param run stopped by the benchmark as coded, which is reached no earlier than as intended */
export function mnistOutcome(
  network: MnistNetwork,
  run: TrainingRun,
  { train, test }: Dataset,
): MnistOutcome {
  const { benchmark } = studySettings.mnist;
  const removed = run.final.mask?.removed ?? 0;
  const flops = macs(run.final);
  const reached = run.epochs.findIndex(({ trainAccuracy }) => trainAccuracy >= benchmark);
  const end = run.epochs[reached < 0 ? run.epochs.length - 1 : reached];
  const asCounted = (accuracy: number, { rows }: Part): number =>
    Math.round(accuracy * rows) / paddedRows(rows);
  const last = run.epochs[run.epochs.length - 1];
  return {
    network,
    removed,
    flops,
    prunedPercent: (100 * removed) / (flops + removed),
    asIntended: {
      stopped: reached >= 0,
      epochs: end.epoch,
      publishedEpoch: end.epoch - 1,
      accuracy: end.testArgmaxAccuracy,
      f1: end.testF1,
    },
    asCoded: {
      stopped: asCounted(last.trainAccuracy, train) >= benchmark,
      epochs: last.epoch,
      publishedEpoch: last.epoch - 1,
      accuracy: asCounted(last.testArgmaxAccuracy, test),
      f1: firstOfBatchesF1(run.final, test),
    },
  };
}

/** The network of Table 3's magnitude columns: the dense one, cut when it stopped as coded; epochs are those of the dense run. */
export function cutMnistOutcome(dense: TrainingRun, dataset: Dataset): MnistOutcome {
  const { test } = dataset;
  const { cut, mask } = cutByMagnitude(dense.final, TABLE_MAGNITUDE_SHARE);
  const before = mnistOutcome('dense', dense, dataset);
  const right = accuracy(cut, test);
  return {
    ...before,
    network: 'magnitude',
    removed: mask.removed,
    flops: macs(cut),
    prunedPercent: (100 * mask.removed) / mask.kept.length,
    asIntended: { ...before.asIntended, accuracy: right, f1: macroF1(cut, test) },
    asCoded: {
      ...before.asCoded,
      accuracy: Math.round(right * test.rows) / paddedRows(test.rows),
      f1: firstOfBatchesF1(cut, test),
    },
  };
}

function firstOfBatchesF1(network: Network, test: Part): number {
  const { batch } = studySettings.mnist;
  const predicted = predictedLabels(predict(network, test.inputs, test.rows), test.rows);
  const isFirst = (_: number, row: number): boolean => row % batch === 0;
  return macroF1Of(test.labels.filter(isFirst), predicted.filter(isFirst));
}

/**
 * What the study's code removes for a published list of weights: those of layer 2, none of layer 3, whose offset it forgets to
 * add up, and for the first weight of layer 2 also the last one of layer 1.
 */
export function asCodedIndices(listed: readonly number[]): number[] {
  const [, , second, outputs] = studySettings.mnist.layers;
  const total = FIRST_TESTED + studySettings.mnist.layers[1] * second + second * outputs;
  const layer3 = total - second * outputs;
  const ofLayer2 = listed.filter(weight => weight < layer3);
  return listed.includes(FIRST_TESTED) ? [FIRST_TESTED - 1, ...ofLayer2] : ofLayer2;
}
