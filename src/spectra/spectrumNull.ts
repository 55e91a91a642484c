import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LongRun, type LongRunOptions, type Progress } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireOneOf, requireWhole } from '../core/require';
import { result } from '../core/result';
import { createWorkerPool } from '../kernels/workerPool';
import { quantileOf } from '../statistics/quantile';
import { type LayerSpectrum, LEAST_EIGENVALUE } from './layerSpectrum';
import { drawNull, type NullTile, nullStatistics, type SpectrumNullKind, statisticsOf } from './nullDraws';
import { checkMatrix, type WeightMatrix } from './weightMatrix';

/** Which matrices a layer is ranked among, how many, and from which seed. */
export interface SpectrumNullOptions extends LongRunOptions {
  /** Default `permutation`. */
  readonly null?: SpectrumNullKind;
  /** The weights that the layer started from, for `initial`: `layerMatrix(before, layer)`. */
  readonly initial?: WeightMatrix;
  /** Default 1000. */
  readonly draws?: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /**
   * Threads that compute beside this one; 0 for none. Results do not depend on it, bit for bit. Default: none while the rest
   * of the work takes less than about 2 s, then one a processor.
   */
  readonly workers?: number;
}

const optionNames: OptionNames<SpectrumNullOptions> = {
  ...longRunOptionNames,
  null: true,
  initial: true,
  draws: true,
  seed: true,
  workers: true,
};

/** One statistic of a layer among those of the draws. */
export interface NullStatistic {
  /** Of the layer. */
  readonly observed: number;
  /** On which side the layer stands out when it has learned something. */
  readonly side: 'lower' | 'upper';
  /** Lower end of the middle 95 % of the draws that have a value. */
  readonly low: number;
  /** Of the draws. */
  readonly median: number;
  /** Upper end of the middle 95 % of the draws. */
  readonly high: number;
  /**
   * (1 + draws at least as far on that side) / (1 + draws), exact under the null; draws without a value count as far. NaN where
   * the layer has no value.
   */
  readonly pValue: number;
  /** One a draw; NaN where no power law can be fitted. */
  readonly values: Float64Array;
}

/** A layer among matrices that have learned nothing. */
export interface SpectrumNull {
  readonly kind: 'spectrum-null';
  /** Name of the layer. */
  readonly name: string;
  /** `failed` where a weight is not finite or all are zero; then there are no draws. */
  readonly status: 'ok' | 'failed';
  /** How the matrices of chance were made. */
  readonly null: SpectrumNullKind;
  /** Matrices drawn. */
  readonly draws: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /** The exponent of the power law. */
  readonly alpha: NullStatistic;
  /** The largest eigenvalue. */
  readonly largest: NullStatistic;
  /** Sum of the eigenvalues over the largest. */
  readonly stableRank: NullStatistic;
  /** Eigenvalues above the closed edge of each matrix, `bulkEdge(...).upper95`. */
  readonly above: NullStatistic;
}

const sides = { alpha: 'lower', largest: 'upper', stableRank: 'lower', above: 'upper' } as const;

/**
 * Do alpha and the largest eigenvalues say anything that matrices without learning do not? Draws such matrices, fits each as
 * the layer was fitted, and ranks the layer among them.
 *
 * WeightWatcher's rule that 2 <= alpha <= 6 is well trained holds for 85 % of untrained layers of 10 x 30 and 82 % of 30 x 50
 * (`uniform`); a p-value is what it lacks. `initial` and `uniform` draws have the size of untrained weights: against them a
 * large `largest` says only that weights have grown; alpha and stable rank do not depend on size. For a pruned layer they
 * wear its mask.
 *
 * 1000 draws of 50 x 784 take about 4 s of processor time.
 *
 * @throws TypeError for anything but a layer spectrum or an `initial` matrix of another shape, RangeError for an option out of
 *   range or `initial` missing, the signal's reason when aborted
 * @example
 * import { createNetwork, layerSpectrum, spectrumNull } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { alpha } = await spectrumNull(layerSpectrum(network, 3), { draws: 199, seed: 1 });
 * alpha.pValue; // 0.715, an untrained layer
 */
export async function spectrumNull(
  spectrum: LayerSpectrum,
  options: SpectrumNullOptions,
): Promise<SpectrumNull> {
  requireKind(spectrum, 'layer-spectrum', task);
  checkOptions(options, optionNames, task);
  const { null: kind = 'permutation', draws = 1000, seed, workers } = options;
  requireOneOf(kind, ['permutation', 'initial', 'uniform'], 'null', task);
  requireWhole(draws, 1, 'draws', task);
  if (workers !== undefined) requireWhole(workers, 0, 'workers', task);
  const { name, matrix, status } = spectrum;
  const isOk = status === 'ok' || status === 'too-small';
  const { rows, cols, kept } = matrix;
  const values = kind === 'initial' ? initialValues(options.initial, matrix) : matrix.values;
  const threshold = LEAST_EIGENVALUE;
  const work = { null: kind, rows, cols, values, kept, seed, threshold };
  const observed = isOk ? statisticsOf(matrix.values, rows, cols, threshold) : [];
  const drawn = isOk ? await drawAll(work, draws, workers, new LongRun(options)) : new Float64Array(0);
  const ranked = nullStatistics.map((statistic, s) => {
    const column = Float64Array.from(
      { length: isOk ? draws : 0 },
      (_, d) => drawn[d * nullStatistics.length + s],
    );
    return [statistic, rank(observed[s] ?? Number.NaN, column, sides[statistic])] as const;
  });
  return result({
    kind: 'spectrum-null',
    name,
    status: isOk ? 'ok' : 'failed',
    null: kind,
    draws: isOk ? draws : 0,
    seed,
    ...(Object.fromEntries(ranked) as Pick<SpectrumNull, (typeof nullStatistics)[number]>),
  });
}

const task = 'draw a null of a spectrum';

function initialValues(initial: WeightMatrix | undefined, { rows, cols }: WeightMatrix): Float64Array {
  if (initial === undefined) {
    throw new RangeError(`Cannot ${task}: null 'initial' needs option initial, the matrix before training`);
  }
  const checked = checkMatrix(initial, task);
  if (checked.rows !== rows || checked.cols !== cols) {
    throw new TypeError(
      `Cannot ${task}: initial must be ${rows} x ${cols} like the layer, ${checked.rows} x ${checked.cols} came`,
    );
  }
  return checked.values;
}

/** Equal but for rounding counts as equal. */
const ROUNDING = 1e-12;

function rank(observed: number, values: Float64Array, side: 'lower' | 'upper'): NullStatistic {
  const slack = ROUNDING * Math.abs(observed);
  const isInside = (value: number): boolean =>
    side === 'lower' ? value > observed + slack : value < observed - slack;
  const far = values.filter(value => !isInside(value)).length;
  const present = values.filter(value => !Number.isNaN(value)).sort();
  return {
    observed,
    side,
    low: quantileOf(present, 0.025),
    median: quantileOf(present, 0.5),
    high: quantileOf(present, 0.975),
    pValue: Number.isNaN(observed) ? Number.NaN : (1 + far) / (1 + values.length),
    values,
  };
}

/** From this time on it is known how long the rest will take; less than `LONG_MS` is not worth the start of workers. */
const TRIAL_MS = 300;
const LONG_MS = 2000;
const MOST_WORKERS = 16;
/** Draws that a worker computes at a time. */
const TILE_DRAWS = 10;

type Work = Omit<NullTile, 'first' | 'statistics'>;

async function drawAll(
  work: Work,
  draws: number,
  workers: number | undefined,
  run: LongRun,
): Promise<Float64Array> {
  const width = nullStatistics.length;
  const statistics = new Float64Array(draws * width);
  const progress = (done: number) => ({ task: 'Null of a spectrum', done, total: draws, unit: 'draws' });
  const processors = Math.min(availableParallelism(), MOST_WORKERS);
  const begin = performance.now();
  let alone = 0;
  let crew = workers ?? (isSlow(work) && draws > 1 && processors > 1 ? processors : 0);
  while (crew === 0 && alone < draws) {
    drawNull({ ...work, first: alone, statistics: statistics.subarray(alone * width, ++alone * width) });
    if (!run.isDue) continue;
    await run.pause(progress(alone));
    const elapsed = performance.now() - begin;
    const isLong = elapsed > TRIAL_MS && (elapsed / alone) * (draws - alone) > LONG_MS;
    if (workers === undefined && isLong && processors > 1) crew = processors;
  }
  if (alone < draws) {
    statistics.set(await drawByWorkers(work, alone, draws, crew, run, progress), alone * width);
  }
  run.finish(progress(draws));
  return statistics;
}

/** Whether a single draw takes longer than this thread should be deaf to the stop button: about 50 ms. */
function isSlow({ rows, cols }: Work): boolean {
  return rows * cols * Math.min(rows, cols) > 5e6;
}

async function drawByWorkers(
  work: Work,
  from: number,
  to: number,
  workers: number,
  run: LongRun,
  progress: (done: number) => Progress,
): Promise<Float64Array> {
  const width = nullStatistics.length;
  const statistics = new Float64Array(new SharedArrayBuffer(8 * width * (to - from)));
  const values = new Float64Array(new SharedArrayBuffer(8 * work.values.length));
  values.set(work.values);
  const tile = isSlow(work) ? 1 : TILE_DRAWS;
  const starts = Array.from({ length: Math.ceil((to - from) / tile) }, (_, t) => from + t * tile);
  const pool = await createWorkerPool<NullTile>(join(__dirname, 'nullDraws.js'), 'drawNull', workers);
  let done = from;
  try {
    const draw = async (first: number): Promise<void> => {
      const last = Math.min(to, first + tile);
      const part = statistics.subarray((first - from) * width, (last - from) * width);
      await pool.run({ ...work, values, first, statistics: part });
      done += last - first;
      if (run.isDue) await run.pause(progress(done));
    };
    await run.orAbort(Promise.all(starts.map(draw)));
  } finally {
    await pool.close();
  }
  return statistics;
}
