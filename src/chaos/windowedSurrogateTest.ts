import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import type { Layers } from '../core/weightLayers';
import type { Recording } from '../network/recording';
import type { Trainable } from '../network/trainable';
import { randomStream, shuffleInPlace } from '../statistics/random';
import { placeWindows, type WindowOptions, windowOptionNames } from './placeWindows';
import type { SeriesSurrogateKind } from './surrogate';
import {
  createSurrogateTester,
  type SurrogateTestOptions,
  surrogateSettings,
  surrogateTestOptionNames,
} from './surrogateTest';
import { exponentStatuses } from './windowedExponents';

/** Windows, and how many weights and windows of them are compared with surrogates. */
export interface WindowedSurrogateOptions extends WindowOptions {
  /** How many weights are tested, drawn at random from `seed`, or their indices. Default 20. */
  readonly sampledWeights?: number | readonly number[];
  /** How many windows are tested, spread evenly over the run, first and last included. Default 10. */
  readonly sampledWindows?: number;
}

/** Estimator, windows and surrogates of `windowedSurrogateTest`. */
export type WindowedSurrogateTestOptions = SurrogateTestOptions & WindowedSurrogateOptions & LongRunOptions;

const windowedSurrogateOptionNames: Readonly<Record<string, true>> = {
  ...surrogateTestOptionNames,
  ...windowOptionNames,
  ...longRunOptionNames,
  sampledWeights: true,
  sampledWindows: true,
};

/** Exponents of sampled weights in sampled windows, each with the band that chance gives it. */
export interface WindowedSurrogateTest {
  readonly kind: 'windowed-surrogate-test';
  /** Estimator and its settings in words, for captions. */
  readonly estimator: string;
  /** What the surrogates keep of a series. */
  readonly surrogate: SeriesSurrogateKind;
  /** Surrogates of each series. */
  readonly count: number;
  /** Level of each test. */
  readonly alpha: number;
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Iterates per window. */
  readonly window: number;
  /** Indices of the tested weights, ascending. */
  readonly sampledWeights: Int32Array;
  /** First iterate of each tested window. */
  readonly starts: Int32Array;
  /** Last iterate of each tested window. */
  readonly ends: Int32Array;
  /** Tested windows x tested weights, row-major; NaN where there is none. */
  readonly exponents: Float64Array;
  /** Tested windows x tested weights: lower end of the band of surrogates. */
  readonly low: Float64Array;
  /** Tested windows x tested weights: upper end of the band of surrogates. */
  readonly high: Float64Array;
  /** Tested windows x tested weights: two-sided p-value. */
  readonly pValues: Float64Array;
  /** Tested windows x tested weights: index into `exponentStatuses`. */
  readonly status: Uint8Array;
  /** Number of tests with a p-value. */
  readonly tested: number;
  /** How many of them have p <= alpha; chance alone makes it about alpha times `tested`. */
  readonly rejected: number;
  /** How many of the rejected lie above their band, where chaotic maps lie; the others part more slowly than chance. */
  readonly above: number;
}

/**
 * Is training chaotic? `surrogateTest` for sampled weights in sampled windows of a recording. Whether a single weight in a
 * single window is outside its band says little, since chance puts a share alpha there: look at the share of rejections.
 *
 * Every test has a random stream of its own, so a result depends on weight, window and seed alone and not on the sample.
 * With 39 surrogates a window of 200 iterates takes about 3 ms (`shuffle`, `phase`) or 50 ms (`iaaft`); the default sample is
 * 200 of them.
 *
 * @throws TypeError, RangeError as `surrogateTest` and `windowedLyapunov`, the signal's reason when aborted
 * @example
 * import { createNetwork, loadDataset, recordTraining, windowedSurrogateTest } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTraining(network, iris, { epochs: 20, learningRate: 0.05 });
 * const options = { estimator: 'rosenstein', surrogate: 'shuffle', window: 200, seed: 1 } as const;
 * (await windowedSurrogateTest(recording, options)).pValues.length; // 200
 */
export async function windowedSurrogateTest(
  recording: Recording<Trainable>,
  options: WindowedSurrogateTestOptions,
): Promise<WindowedSurrogateTest> {
  checkOptions(options, windowedSurrogateOptionNames, task);
  requireKind(recording, 'recording', task);
  const { sampledWeights = 20, sampledWindows = 10 } = options;
  const { surrogate, count, alpha, seed } = surrogateSettings(options);
  const isDifference = recording.content === 'difference';
  const { window, starts: all } = placeWindows(recording.iterates, options, isDifference, task);
  const starts = spread(all, sampledWindows);
  const weights = sampleWeights(recording.weights, sampledWeights, seed);
  const tester = createSurrogateTester(window, options);
  const total = starts.length * weights.length;
  const [exponents, low, high, pValues] = Array.from({ length: 4 }, () => new Float64Array(total));
  const status = new Uint8Array(total);
  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Surrogate tests', done, total, unit: 'tests' });
  for (let w = 0; w < starts.length; w++) {
    const { series } = await recording.readWindow(starts[w], window); // weights x window
    for (let s = 0; s < weights.length; s++) {
      const at = w * weights.length + s;
      const random = randomStream(
        seed,
        `${surrogate} surrogates, weight ${weights[s]}, iterate ${starts[w]}`,
      );
      const rank = tester.run(series, weights[s] * window, random);
      exponents[at] = rank.exponent;
      low[at] = rank.low;
      high[at] = rank.high;
      pValues[at] = rank.pValue;
      status[at] = exponentStatuses.indexOf(rank.status);
      if (run.isDue) await run.pause(progress(at));
    }
  }
  run.finish(progress(total));
  return result({
    kind: 'windowed-surrogate-test',
    estimator: tester.description,
    surrogate,
    count,
    alpha,
    layers: recording.initial.layers,
    window,
    sampledWeights: weights,
    starts,
    ends: starts.map(start => start + window - 1),
    exponents,
    low,
    high,
    pValues,
    status,
    tested: pValues.filter(p => !Number.isNaN(p)).length,
    rejected: pValues.filter(p => p <= alpha).length,
    above: exponents.filter((exponent, at) => exponent > high[at]).length,
  });
}

const task = 'test windows against surrogates';

/** At most `count` of the starts, spread evenly. */
function spread(starts: Int32Array, count: number): Int32Array {
  requireWhole(count, 1, 'sampledWindows', task);
  if (count >= starts.length) return starts;
  const step = count === 1 ? 0 : (starts.length - 1) / (count - 1);
  return Int32Array.from({ length: count }, (_, i) => starts[Math.round(i * step)]);
}

function sampleWeights(
  total: number,
  sampled: number | readonly number[],
  seed: number | string,
): Int32Array {
  if (typeof sampled === 'number') {
    requireWhole(sampled, 1, 'sampledWeights', task);
    const indices = Int32Array.from({ length: total }, (_, weight) => weight);
    return shuffleInPlace(indices, randomStream(seed, 'sampled weights')).slice(0, sampled).sort();
  }
  const indices = [...new Set(sampled)].sort((a, b) => a - b);
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= total) {
      throw new RangeError(`Cannot ${task}: sampledWeights must lie from 0 to ${total - 1}, ${index} came`);
    }
  }
  return Int32Array.from(indices);
}
