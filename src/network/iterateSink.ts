import type { LongRunOptions } from '../core/longRun';
import type { Perturbation } from './perturb';
import type { EpochMetrics, RecordingStore } from './recording';
import type { TrainingRun } from './train';
import type { Trainable } from './trainable';

/** What a pair adds to an iterate. */
export interface DifferenceIterate {
  /** Weights, then all other numbers. */
  readonly difference: Float64Array;
  readonly logNorm: number;
  /** Length of the difference before a rescaling at this iterate over its length after it; 1 without one. */
  readonly growth: number;
}

/** What is known of a difference before the run begins. */
export interface DifferenceFacts {
  readonly method: 'twin' | 'tangent';
  readonly perturbation: Required<Perturbation>;
  readonly rescaleEvery: number | null;
}

/** Iterates that were recorded, wherever they are. */
export interface IterateSource {
  readonly iterates: number;
  /** Writes weights, or differences where they are recorded, of iterates start … start + length - 1: weights x length. */
  readonly series: (start: number, length: number, out: Float64Array) => Promise<void>;
  /** All numbers of the (base) network at an iterate. */
  readonly parameters: (iterate: number) => Promise<Float64Array>;
  /** Absent for memory. */
  readonly store?: RecordingStore;
}

/** Takes iterates in while a run goes on. */
export interface IterateSink {
  /**
   * Keeps a copy of an iterate.
   *
   * @param parameters weights, then all other numbers
   * @returns nothing, or what must be awaited before the next one
   */
  append(parameters: Float64Array | Float32Array, pair?: DifferenceIterate): void | Promise<void>;
  onEpoch(metrics: EpochMetrics): void;
  /** After the last iterate. */
  finish(run: TrainingRun<Trainable>): Promise<IterateSource>;
  /** Instead of `finish`, when the run failed or was stopped. */
  abandon(): Promise<void>;
}

/** What a sink is made for. */
export interface SinkPlan {
  readonly network: Trainable;
  readonly settings: TrainingRun<Trainable>['settings'];
  readonly iterationsPerEpoch: number;
  /** Null where one run is recorded. */
  readonly difference: DifferenceFacts | null;
  readonly run: LongRunOptions;
}

/** Brings a run to its end and its iterates to their place; when it fails, what was kept so far is left readable. */
export async function recordInto<T extends Trainable>(
  sink: IterateSink,
  train: () => Promise<TrainingRun<T>>,
): Promise<{ readonly run: TrainingRun<T>; readonly source: IterateSource }> {
  try {
    const run = await train();
    return { run, source: await sink.finish(run as TrainingRun<Trainable>) };
  } catch (failure) {
    await sink.abandon();
    throw failure;
  }
}
