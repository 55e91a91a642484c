import type { WindowedExponents } from '../chaos/windowedExponents';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { result } from '../core/result';
import type { Layers } from '../core/weightLayers';
import { createColumnReader } from '../kernels/columnReader';
import { type CrossMapOptions, createCrossMapper, crossMapCaution, readCrossMapOptions } from './crossMapper';
import { checkStatuses, readTarget } from './nonlinearCheck';

/** Embedding, library and surrogates of `crossMapScan`. */
export type CrossMapScanOptions = CrossMapOptions & LongRunOptions;

/** Convergent cross mapping from the target to every weight. Arrays have one entry a weight unless said otherwise. */
export interface CrossMapScan {
  readonly kind: 'cross-map-scan';
  /** Layer widths of the recorded network, to place a weight. */
  readonly layers: Layers;
  /** Number of weights. */
  readonly weights: number;
  /** Number of windows, that is the length of each series. */
  readonly windows: number;
  /** Values in a delay vector. */
  readonly dimension: number;
  /** Windows between two of them. */
  readonly delay: number;
  /** Neighbours are more than so many windows away. */
  readonly theiler: number;
  /** Correlation of each weight's exponents with their prediction from the target. */
  readonly skill: Float64Array;
  /** Library sizes, in vectors. */
  readonly libraries: readonly number[];
  /** libraries x weights, row-major: skill at each library size. */
  readonly skills: Float64Array;
  /** Number of surrogate causes behind each p-value. */
  readonly surrogates: number;
  /** Not corrected for the number of tests; NaN without surrogates. */
  readonly pValue: Float64Array;
  /** Index into `checkStatuses`. */
  readonly status: Uint8Array;
  /** What a reader of the numbers must know. */
  readonly caution: string;
}

/**
 * `crossMap` of the exponents of every weight, the causes, from the target, the effect. The target's manifold is searched
 * once per library; each weight then costs windows x (dimension + 1) multiplications per library and surrogate.
 *
 * @param exponents windows x weights, from `windowedLyapunov`
 * @param target one number a window
 * @throws RangeError when the target's length is not the number of windows or an option is out of range, TypeError when
 *   surrogates come without a seed, the signal's reason when aborted
 * @example
 * import { createNetwork, crossMapScan, loadDataset, misclassification, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * (await crossMapScan(exponents, errors)).skill.length; // 42
 */
export async function crossMapScan(
  exponents: WindowedExponents,
  target: ArrayLike<number>,
  options: CrossMapScanOptions = {},
): Promise<CrossMapScan> {
  const task = 'cross map weights';
  const { windows, weights, values } = exponents;
  const effect = readTarget(target, exponents, task);
  const settings = readCrossMapOptions(options, task);
  const { dimension, delay, theiler, surrogates } = settings;

  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Cross mapping', done, total: weights, unit: 'weights' });
  const mapper = createCrossMapper(effect, settings);
  const { libraries } = mapper;
  const skill = new Float64Array(weights);
  const skills = new Float64Array(libraries.length * weights);
  const pValue = new Float64Array(weights);
  const status = new Uint8Array(weights);
  const causeOf = createColumnReader(values, windows, weights);
  for (let w = 0; w < weights; w++) {
    const found = mapper.map(causeOf(w));
    skill[w] = found.skill;
    found.skills.forEach((value, size) => {
      skills[size * weights + w] = value;
    });
    pValue[w] = found.pValue;
    status[w] = checkStatuses.indexOf(found.status);
    if (run.isDue) await run.pause(progress(w));
  }
  run.finish(progress(weights));
  return result({
    kind: 'cross-map-scan',
    layers: exponents.layers,
    weights,
    windows,
    dimension,
    delay,
    theiler,
    skill,
    libraries,
    skills,
    surrogates,
    pValue,
    status,
    caution: crossMapCaution,
  });
}
