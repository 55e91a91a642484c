import { requireWhole } from '../core/require';
import { result } from '../core/result';
import type { DifferenceFacts, DifferenceIterate, IterateSource } from './iterateSink';
import type { Network } from './network';
import type { Perturbation } from './perturb';
import type { Recording } from './recording';
import { type RecordedRun, recordingFrom } from './recordingFrom';
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

/** Follows the length of a difference while a run goes on. */
export interface DifferenceLog {
  readonly facts: DifferenceFacts;
  /**
   * Measures the difference of an iterate.
   *
   * @param difference weights, then biases
   * @returns what is to be kept, and what the difference must be multiplied by before the next update: 1, or the factor of a rescaling
   */
  keep(iterate: number, difference: Float64Array): DifferenceIterate & { readonly factor: number };
  /** The recording, after the last iterate. */
  recording<T extends Trainable>(run: RecordedRun<T>, source: IterateSource): DifferenceRecording<T>;
}

/** @throws RangeError when `rescaleEvery` is not a whole number from 1 up */
export function differenceLog(
  method: DifferenceFacts['method'],
  perturbation: DifferenceFacts['perturbation'],
  { rescaleEvery }: RescaleOptions,
): DifferenceLog {
  if (rescaleEvery !== undefined) requireWhole(rescaleEvery, 1, 'rescaleEvery', 'rescale a difference');
  const facts = { method, perturbation, rescaleEvery: rescaleEvery ?? null };
  const logNorms: number[] = [];
  /** Length before each rescaling over the length after it. */
  const growths: number[] = [];
  let firstNorm = 0;
  let logGrowth = 0;

  return {
    facts,
    keep(iterate, difference) {
      const norm = euclideanNorm(difference);
      if (iterate === 0) firstNorm = norm;
      const logNorm = Math.log(norm) + logGrowth;
      logNorms.push(logNorm);
      if (!isRescaled(iterate, facts.rescaleEvery)) return { difference, logNorm, growth: 1, factor: 1 };
      const factor = firstNorm / norm;
      const possible = factor > 0 && factor < Number.POSITIVE_INFINITY;
      const growth = possible ? norm / firstNorm : 1;
      growths.push(growth);
      if (possible) logGrowth += Math.log(growth);
      return { difference, logNorm, growth, factor: possible ? factor : 1 };
    },
    recording: (run, source) => differenceRecording(run, source, facts, Float64Array.from(logNorms), growths),
  };
}

/** Whether the difference is brought back to its first length after this iterate is kept. */
export function isRescaled(iterate: number, every: number | null): boolean {
  return every !== null && iterate > 0 && iterate % every === 0;
}

/**
 * A recording of differences.
 *
 * @param growths length before each rescaling over the length after it
 */
export function differenceRecording<T extends Trainable>(
  run: RecordedRun<T>,
  source: IterateSource,
  { method, perturbation, rescaleEvery }: DifferenceFacts,
  logNorm: Float64Array,
  growths: readonly number[],
): DifferenceRecording<T> {
  const recording = recordingFrom(run, source, perturbation);
  return result<DifferenceRecording<T>>({
    ...recording,
    content: 'difference',
    method,
    perturbation,
    rescaleEvery,
    logNorm,
    async readWindow(start, length, into) {
      const window = await recording.readWindow(start, length, into); // weights x length
      if (rescaleEvery !== null) undoRescaling(window.series, start, length, rescaleEvery, growths);
      return window;
    },
  });
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
    factors[t] = factors[t - 1] * (isRescaled(before, every) ? growths[before / every - 1] : 1);
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
