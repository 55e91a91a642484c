import type { Network } from './network';
import type { Perturbation } from './perturb';
import type { SettingsOf, Trainable } from './trainable';

/** What an epoch left behind, measured after its last update. Accuracies and losses are fractions and means, not percent. */
export interface EpochMetrics {
  /** 1 for the first epoch. */
  readonly epoch: number;
  /** Mean loss over the training part. */
  readonly loss: number;
  /** Accuracy on the training part, by the rule that the run was given. */
  readonly trainAccuracy: number;
  /** Accuracy on the test part, by the rule that the run was given. */
  readonly testAccuracy: number;
  /** Test accuracy by the `argmax` rule, whatever rule the run was given. */
  readonly testArgmaxAccuracy: number;
  /** Macro F1 on the test part, classes by the `argmax` rule. */
  readonly testF1: number;
  /** Accuracy on the validation part; null where the data set has none. */
  readonly validationAccuracy: number | null;
}

/** A stretch of consecutive iterates of every weight. */
export interface RecordingWindow {
  /** First iterate; iterate 0 is the initial weight, iterate t the weight after t updates. */
  readonly start: number;
  /** Number of iterates. */
  readonly length: number;
  /** weights x length, row-major: the series of one weight is contiguous. */
  readonly series: Float64Array;
}

/** Where a recording on disk lies. */
export interface RecordingStore {
  /** Its folder, as it was given. */
  readonly folder: string;
  /** `unfinished`: the run was stopped or died, and these are the iterates that it had written whole. */
  readonly status: 'complete' | 'unfinished';
}

/** Every weight at every iteration of one training run, read window by window; where the numbers live is not said. */
export interface Recording<T extends Trainable = Network> {
  readonly kind: 'recording';
  /** `weights`: the weights themselves. `difference`: perturbed run minus base run. */
  readonly content: 'weights' | 'difference';
  /** The network before training (of the base run, for a difference). */
  readonly initial: T;
  /** The trained network (of the base run, for a difference). */
  readonly final: T;
  /** Number of series: weights without biases. */
  readonly weights: number;
  /** Number of recorded iterates: updates + 1. */
  readonly iterates: number;
  /** Updates in one epoch. */
  readonly iterationsPerEpoch: number;
  /** One entry for each epoch trained. */
  readonly epochs: readonly EpochMetrics[];
  /** Whether the stop rule ended the run (and not the limit of epochs). */
  readonly stopped: boolean;
  /** Whether a weight or bias of `final` is not finite; what was recorded on the way there is then of little worth. */
  readonly diverged: boolean;
  /** How the network was trained; absent when the series come from elsewhere. */
  readonly settings?: SettingsOf<T>;
  /** What was changed at the start of the perturbed run; only for a difference. */
  readonly perturbation?: Perturbation;
  /** Absent for a recording in memory. */
  readonly store?: RecordingStore;
  /**
   * @param into a series of the same size that may be overwritten and returned, so that reading on takes no more memory
   * @throws RangeError when the window does not lie inside 0..iterates
   */
  readWindow(start: number, length: number, into?: Float64Array): Promise<RecordingWindow>;
  /** The network (of the base run) as it was at an iterate, biases included. */
  networkAt(iterate: number): Promise<T>;
}
