import { availableParallelism } from 'node:os';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import type { Recording } from '../network/recording';
import type { Trainable } from '../network/trainable';
import { createExponentWorkers, type ExponentWorkers } from './exponentWorkers';
import { createEstimator, type LyapunovOptions, lyapunovOptionNames, readsDifference } from './lyapunov';
import { placeWindows, type WindowOptions, windowOptionNames } from './placeWindows';
import { exponentStatuses, type WindowedExponents } from './windowedExponents';

/** How many threads help. */
export interface WorkerOptions {
  /**
   * Threads that estimate beside this one; 0 for none. Results do not depend on it, bit for bit. Default: none while the
   * rest of the work takes less than about 2 s, then one a processor.
   */
  readonly workers?: number;
}

/** From this time on it is known how long the rest will take; less than `LONG_MS` is not worth the start of workers. */
const TRIAL_MS = 300;
const LONG_MS = 2000;
const MOST_WORKERS = 16;

/** Estimator, windows and threads of `windowedLyapunov`. */
export type WindowedLyapunovOptions = LyapunovOptions & WindowOptions & WorkerOptions & LongRunOptions;

export const windowedLyapunovOptionNames: OptionNames<WindowedLyapunovOptions> = {
  ...lyapunovOptionNames,
  ...windowOptionNames,
  ...longRunOptionNames,
  workers: true,
};

/**
 * The Lyapunov exponent of every weight in every window of a recording; estimators and their options as in `lyapunov`.
 * The recording is read window by window and never held whole.
 *
 * `direct` (the default) needs a difference recording, made by `recordTwin`. The study's code instead ran `rosenstein`
 * on the weights themselves: `{ estimator: 'rosenstein', preset: 'published', window: 200 }`; windows, lags and chain
 * behind each published mask are in `publishedChoices`.
 *
 * Overlapping windows share iterates, which makes neighbouring exponents dependent and Granger tests too lenient; the
 * default is disjoint windows.
 *
 * @returns windows x weights exponents, each with a status
 * @throws TypeError for `direct` on a recording of weights or an unknown option, RangeError when no window fits or an option is out of
 *   range, the signal's reason when aborted, Error when workers die again and again on the same windows
 * @example
 * import { createNetwork, loadDataset, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const { windows, weights, values } = await windowedLyapunov(twin, { window: 100 });
 * [windows, weights, values.length]; // [24, 42, 1008]
 */
export async function windowedLyapunov(
  recording: Recording<Trainable>,
  options: WindowedLyapunovOptions = {},
): Promise<WindowedExponents> {
  const task = 'estimate windowed exponents';
  checkOptions(options, windowedLyapunovOptionNames, task);
  requireKind(recording, 'recording', task);
  const isDifference = recording.content === 'difference';
  const { workers, signal: _signal, onProgress: _onProgress, ...settings } = options;
  const { weights, iterates } = recording;
  if (workers !== undefined) requireWhole(workers, 0, 'workers', task);
  const { window, overlap, starts } = placeWindows(iterates, options, isDifference, task);
  const estimator = createEstimator(window, options);
  if (readsDifference(options) && !isDifference) {
    throw new TypeError(
      `Cannot ${task}: estimator 'direct' requires the difference of a perturbed pair (recordTwin), a recording of ` +
        "weights came; record a twin or choose estimator 'rosenstein'",
    );
  }

  const windows = starts.length;
  const values = new Float64Array(windows * weights); // windows x weights
  const status = new Uint8Array(windows * weights);
  const run = new LongRun(options);
  const progress = (done: number) => ({
    task: 'Lyapunov exponents',
    done,
    total: values.length,
    unit: 'series',
  });
  const begin = performance.now();
  let alone = 0; // exponents that this thread estimated
  let crew: ExponentWorkers | null = null;
  const hire = (count: number) =>
    createExponentWorkers(count, window, settings, run.signal, async done => {
      if (run.isDue) await run.pause(progress(alone + done));
    });
  try {
    if (workers !== undefined && workers > 0) crew = await hire(workers);
    let series: Float64Array | undefined;
    for (let w = 0; w < windows; w++) {
      series = (await recording.readWindow(starts[w], window, series)).series; // weights x window
      let weight = 0;
      for (; crew === null && weight < weights; weight++) {
        const at = w * weights + weight;
        const fit = estimator.run(series, weight * window);
        values[at] = fit.exponent;
        status[at] = exponentStatuses.indexOf(fit.status);
        alone++;
        if (!run.isDue) continue;
        await run.pause(progress(alone));
        const elapsed = performance.now() - begin;
        const isLong = elapsed > TRIAL_MS && (elapsed / alone) * (values.length - alone) > LONG_MS;
        if (workers === undefined && isLong) crew = await hireAll(hire);
      }
      const from = w * weights + weight;
      const to = (w + 1) * weights;
      await crew?.estimate(
        series.subarray(weight * window),
        values.subarray(from, to),
        status.subarray(from, to),
      );
    }
    await crew?.finish();
  } finally {
    await crew?.close();
  }
  run.finish(progress(values.length));
  return result({
    kind: 'windowed-exponents',
    estimator: estimator.description,
    layers: recording.initial.layers,
    windows,
    weights,
    window,
    overlap,
    starts,
    ends: starts.map(start => start + window - 1),
    values,
    status,
  });
}

/** One worker a processor; none on a single processor, where they would only wait for each other. */
function hireAll(hire: (workers: number) => Promise<ExponentWorkers>): Promise<ExponentWorkers> | null {
  const processors = Math.min(availableParallelism(), MOST_WORKERS);
  return processors > 1 ? hire(processors) : null;
}
