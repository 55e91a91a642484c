import { requireWhole } from '../core/require';
import { result } from '../core/result';
import { type MemoryStores, memoryRecording } from './memoryRecording';
import type { Network } from './network';
import type { Perturbation } from './perturb';
import type { Recording } from './recording';
import type { TrainingRun } from './train';
import type { Trainable } from './trainable';

/** How a difference that grows is kept in range. */
export interface RescaleOptions {
  /**
   * Iterates after which the difference is brought back to its first length, direction kept (Benettin's method), so that
   * growth over many windows neither leaves the linear range nor runs out of digits. Default: never.
   */
  readonly rescaleEvery?: number;
}

/**
 * The difference of two runs of one training. `readWindow` returns it as if it had never been rescaled since the first
 * iterate of the window: no window shows a jump, and exponents need not know of rescaling. Windows with different starts
 * have different units once a rescaling lies between them.
 */
export interface DifferenceRecording<T extends Trainable = Network> extends Recording<T> {
  /** Perturbed run minus base run. */
  readonly content: 'difference';
  /** `twin`: a second run, perturbed. `tangent`: the derivative along the perturbation, times its size. */
  readonly method: 'twin' | 'tangent';
  /** What was changed at the start. */
  readonly perturbation: Perturbation;
  /** Iterates between two rescalings; null for none. */
  readonly rescaleEvery: number | null;
  /**
   * ln |delta_t| at every iterate: Euclidean norm over all weights and biases, rescalings undone since iterate 0;
   * -Infinity where the runs are equal. Its slope is the exponent of the training as a whole.
   */
  readonly logNorm: Float64Array;
}

/** Takes in the difference at every iterate while a run goes on. */
export interface DifferenceLog {
  /**
   * Keeps the difference of an iterate.
   *
   * @param difference weights, then biases
   * @returns what the difference must be multiplied by before the next update: 1, or the factor of a rescaling
   */
  keep(iterate: number, difference: Float64Array): number;
  /** The recording, after the last iterate. */
  recording<T extends Trainable>(
    run: TrainingRun<T>,
    method: 'twin' | 'tangent',
    perturbation: Perturbation,
  ): DifferenceRecording<T>;
}

/** @throws RangeError when `rescaleEvery` is not a whole number from 1 up */
export function differenceLog(stores: MemoryStores, { rescaleEvery }: RescaleOptions): DifferenceLog {
  if (rescaleEvery !== undefined) requireWhole(rescaleEvery, 1, 'rescaleEvery', 'rescale a difference');
  const logNorms: number[] = [];
  /** Length before each rescaling over the length after it. */
  const growths: number[] = [];
  let firstNorm = 0;
  let logGrowth = 0;

  return {
    keep(iterate, difference) {
      stores.difference!.append(difference);
      const norm = euclideanNorm(difference);
      if (iterate === 0) firstNorm = norm;
      logNorms.push(Math.log(norm) + logGrowth);
      if (rescaleEvery === undefined || iterate === 0 || iterate % rescaleEvery !== 0) return 1;
      const factor = firstNorm / norm;
      const possible = factor > 0 && factor < Number.POSITIVE_INFINITY;
      growths.push(possible ? norm / firstNorm : 1);
      if (!possible) return 1;
      logGrowth += Math.log(norm / firstNorm);
      return factor;
    },
    recording<T extends Trainable>(
      run: TrainingRun<T>,
      method: 'twin' | 'tangent',
      perturbation: Perturbation,
    ): DifferenceRecording<T> {
      const recording = memoryRecording(run, stores, perturbation);
      return result<DifferenceRecording<T>>({
        ...recording,
        content: 'difference',
        method,
        perturbation,
        rescaleEvery: rescaleEvery ?? null,
        logNorm: Float64Array.from(logNorms),
        async readWindow(start, length) {
          const window = await recording.readWindow(start, length); // weights x length
          if (rescaleEvery !== undefined) undoRescaling(window.series, start, length, rescaleEvery, growths);
          return window;
        },
      });
    },
  };
}

/** Multiplies every iterate of the window by the growths taken out between the window's start and itself, in place. */
function undoRescaling(
  series: Float64Array,
  start: number,
  length: number,
  every: number,
  growths: readonly number[],
): void {
  const factors = new Float64Array(length).fill(1);
  for (let t = 1; t < length; t++) {
    const before = start + t - 1; // a rescaling at this iterate shows from the next one on
    const rescaled = before > 0 && before % every === 0;
    factors[t] = factors[t - 1] * (rescaled ? growths[before / every - 1] : 1);
  }
  for (let at = 0; at < series.length; at++) series[at] *= factors[at % length];
}

/** Safe from overflow and underflow of the squares. */
function euclideanNorm(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] * values[k];
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  let largest = 0;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]));
  if (largest === 0 || !(largest < Number.POSITIVE_INFINITY)) return largest;
  sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
