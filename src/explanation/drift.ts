import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireList, requireWhole } from '../core/require';
import { result } from '../core/result';
import { bootstrapInterval } from '../statistics/bootstrapInterval';
import { kendallTauB, spearman } from '../statistics/rankCorrelation';
import {
  absoluteValues,
  finiteRows,
  type ImportanceOptions,
  importanceOptionNames,
  largestFirst,
  meanOver,
} from './importance';
import type { ShapleyValues } from './shapleyValues';

/**
 * How near two explanations are.
 * - `kendall`, `spearman`: rank correlations of the importances (tau-b; ties share their rank)
 * - `cosine`: of the importances as vectors
 * - `relativeL1`: sum of |difference of importances| over the sum of the first's
 * - `topOverlap`: share of the first's `top` most important features that are among the second's
 * - `signFlips`: share of values, row by row, whose signs are opposite; values that are 0 in one do not flip
 */
export type DriftMeasure = 'kendall' | 'spearman' | 'cosine' | 'relativeL1' | 'topOverlap' | 'signFlips';

/**
 * Names of all measures of drift, in the order in which they are shown.
 *
 * @example
 * import { driftMeasures } from 'legcnet';
 * driftMeasures; // ['kendall', 'spearman', 'cosine', 'relativeL1', 'topOverlap', 'signFlips']
 */
export const driftMeasures: readonly DriftMeasure[] = [
  'kendall',
  'spearman',
  'cosine',
  'relativeL1',
  'topOverlap',
  'signFlips',
];

/** Measures of importances alone, which bars read off a figure have too. */
export type ImportanceDrift = Readonly<Record<Exclude<DriftMeasure, 'signFlips'>, number>>;

/** Output, number of top features and band of `drift`. */
export interface DriftOptions extends ImportanceOptions {
  /** Number of most important features compared. Default: 3, or all where there are fewer. */
  readonly top?: number;
  /**
   * Explanations, of the same rows, of other networks that were trained like the first: the same data, other seeds. They say
   * how far explanations drift without pruning. Default: none.
   */
  readonly band?: readonly ShapleyValues[];
}

const optionNames: OptionNames<DriftOptions> = { ...importanceOptionNames, top: true, band: true };

/** One measure with its interval over rows and the yardstick. */
export interface DriftValue {
  /** The measure between the two explanations. */
  readonly value: number;
  /** Bootstrap interval over rows, drawn together for both explanations; NaN where there is none. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
  /** The measure between the first explanation and each of the band. */
  readonly band: readonly number[];
  /** Share of the band that is at least as far from the first explanation as the second is; NaN without a band. */
  readonly bandShare: number;
}

/** How far two explanations of the same rows are apart. */
export interface Drift extends Readonly<Record<DriftMeasure, DriftValue>> {
  readonly kind: 'drift';
  /** Kendall's tau-b of the importances. */
  readonly kendall: DriftValue;
  /** Spearman's rank correlation of the importances. */
  readonly spearman: DriftValue;
  /** Cosine of the importances as vectors. */
  readonly cosine: DriftValue;
  /** Sum of |difference of importances| over the sum of the first's. */
  readonly relativeL1: DriftValue;
  /** Share of the first's `top` most important features that are among the second's. */
  readonly topOverlap: DriftValue;
  /** Share of values, row by row, whose signs are opposite. */
  readonly signFlips: DriftValue;
  /** One name a feature. */
  readonly names: readonly string[];
  /** Number of most important features compared by `topOverlap`. */
  readonly top: number;
  /** Level of the bootstrap intervals. */
  readonly level: number;
  /** Rows with values in both, and in the whole band. */
  readonly rows: number;
  /** Whether both order the features alike. */
  readonly sameOrder: boolean;
}

/**
 * Compares the explanations of two networks, a dense and a pruned one for instance, on the same rows. A drift means little
 * until it is set beside that between dense networks of other seeds: give those as `band`. With 4 features an equal order
 * comes about by chance in one case of 24.
 *
 * @param a the explanation drifted from
 * @throws TypeError when rows, features or outputs differ, RangeError for an option out of range
 * @example
 * import { drift, shapley } from 'legcnet';
 * const linear = (a: number, b: number) => (x: Float64Array, n: number) =>
 *   Float64Array.from({ length: n }, (_, i) => a * x[2 * i] + b * x[2 * i + 1]);
 * const rows = [[1, 1], [2, 1], [3, 1]];
 * const dense = await shapley(linear(2, 5), [[0, 0]], rows);
 * const pruned = await shapley(linear(2, 1), [[0, 0]], rows);
 * drift(dense, pruned).kendall.value; // -1, the order is reversed
 */
export function drift(a: ShapleyValues, b: ShapleyValues, options: DriftOptions = {}): Drift {
  const task = 'measure drift';
  checkOptions(options, optionNames, task);
  const { output, level = 0.95, draws = 999, seed = 1, band = [] } = options;
  requireKind(a, 'shapley-values', task);
  requireList(band, 'band', task);
  for (const other of [b, ...band]) requireAlike(a, other, task);
  const players = a.names.length;
  const { top = Math.min(3, players) } = options;
  requireWhole(top, 1, 'top', task, players);
  if (output !== undefined) requireWhole(output, 0, 'output', task, a.outputNames.length - 1);

  const all = [a, b, ...band];
  const rows = all
    .map(each => new Set(finiteRows(each)))
    .reduce<number[]>((kept, set) => kept.filter(row => set.has(row)), Array.from(finiteRows(a)));
  const sides = all.map(each => ({ absolute: absoluteValues(each, output), signed: each }));
  const compare = (other: number, sample: readonly number[]): Readonly<Record<DriftMeasure, number>> => {
    const [from, to] = [sides[0], sides[other]];
    return {
      ...importanceDrift(
        meanOver(from.absolute, sample, players),
        meanOver(to.absolute, sample, players),
        top,
      ),
      signFlips: signFlips(from.signed, to.signed, sample, output),
    };
  };
  const found = compare(1, rows);
  const others = band.map((_, k) => compare(k + 2, rows));
  const known = new Map<string, Readonly<Record<DriftMeasure, number>>>();
  let drawn = 0;
  const measured = (measure: DriftMeasure): DriftValue => {
    drawn = 0;
    // The seed is the same for every measure, and so are the samples: each is compared once.
    const interval = bootstrapInterval(
      rows,
      sample => {
        const key = String(drawn++);
        const compared = known.get(key) ?? compare(1, sample);
        known.set(key, compared);
        return compared[measure];
      },
      { level, draws, seed, method: 'percentile' },
    );
    const between = others.map(each => each[measure]);
    const isFarther = (value: number): boolean =>
      measure === 'relativeL1' || measure === 'signFlips' ? value >= found[measure] : value <= found[measure];
    return {
      value: found[measure],
      low: interval.low,
      high: interval.high,
      band: between,
      bandShare: between.filter(isFarther).length / between.length,
    };
  };
  const [first, second] = [sides[0], sides[1]].map(side =>
    largestFirst(meanOver(side.absolute, rows, players)),
  );
  return result({
    kind: 'drift',
    kendall: measured('kendall'),
    spearman: measured('spearman'),
    cosine: measured('cosine'),
    relativeL1: measured('relativeL1'),
    topOverlap: measured('topOverlap'),
    signFlips: measured('signFlips'),
    names: a.names,
    top,
    level,
    rows: rows.length,
    sameOrder: first.every((place, k) => place === second[k]),
  });
}

/**
 * The measures of two lists of importances, one a feature.
 *
 * @param top number of most important features compared; 3 by default, or all where there are fewer
 * @throws TypeError unless both are arrays of one length
 * @example
 * import { importanceDrift } from 'legcnet';
 * importanceDrift([3, 2, 1], [3, 1, 2]).kendall; // 0.3333, one of three pairs is out of order
 */
export function importanceDrift(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  top: number = Math.min(3, a.length),
): ImportanceDrift {
  const [kendall, rank] = [kendallTauB(a, b), spearman(a, b)];
  let [ab, aa, bb, gap, size] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] ** 2;
    bb += b[i] ** 2;
    gap += Math.abs(a[i] - b[i]);
    size += Math.abs(a[i]);
  }
  const second = new Set(largestFirst(b).slice(0, top));
  const shared = largestFirst(a)
    .slice(0, top)
    .filter(place => second.has(place)).length;
  return {
    kendall,
    spearman: rank,
    cosine: ab / Math.sqrt(aa * bb),
    relativeL1: gap / size,
    topOverlap: shared / top,
  };
}

function signFlips(
  a: ShapleyValues,
  b: ShapleyValues,
  rows: readonly number[],
  output: number | undefined,
): number {
  const outputs = a.outputNames.length;
  const width = a.names.length * outputs;
  let flips = 0;
  let compared = 0;
  for (const row of rows) {
    for (let k = row * width; k < (row + 1) * width; k++) {
      if (output !== undefined && k % outputs !== output) continue;
      compared++;
      if (Math.sign(a.values[k]) * Math.sign(b.values[k]) < 0) flips++;
    }
  }
  return flips / compared;
}

function requireAlike(a: ShapleyValues, b: ShapleyValues, task: string): void {
  requireKind(b, 'shapley-values', task);
  const shape = ({ rows, names, outputNames }: ShapleyValues): string =>
    `${rows} rows, ${names.length} features and ${outputNames.length} outputs`;
  if (shape(a) !== shape(b) || a.names.some((name, p) => name !== b.names[p])) {
    throw new TypeError(
      `Cannot ${task}: both explanations need the same rows, features and outputs; they have ${shape(a)} ` +
        `(${a.names.join(', ')}) and ${shape(b)} (${b.names.join(', ')})`,
    );
  }
  if (a.link !== b.link) {
    throw new TypeError(
      `Cannot ${task}: both explanations need the same link, they have ${a.link} and ${b.link}`,
    );
  }
}
