import type { Encoded } from './encoding';
import type { Samples } from './samples';

/** Five numbers of one feature in one class; NaN for a class without values. */
export interface ClassSpread {
  /** 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly [number, number, number, number, number];
}

/** One input of a table, as it came. */
export interface FeatureAudit {
  /** Name of the column. */
  readonly name: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Different values. */
  readonly distinct: number;
  /** Smallest value. */
  readonly low: number;
  /** Middle value. */
  readonly median: number;
  /** Largest value. */
  readonly high: number;
  /** Mean value. */
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
  /** Values more than three interquartile ranges below the first or above the third quartile (Tukey's far outliers). */
  readonly outliers: number;
  /** One a class. */
  readonly classes: readonly ClassSpread[];
}

/** Every feature of a table, in column order, over the rows that take part. */
export function featureAudits(samples: Samples, encoded: Encoded): FeatureAudit[] {
  return encoded.features.map((name, column) => featureAudit(samples, encoded, name, column));
}

function featureAudit(
  { labels, used, classes }: Samples,
  { inputs, features }: Encoded,
  name: string,
  column: number,
): FeatureAudit {
  // How often each value occurs in each class: pixels have few values and many rows.
  const counts = new Map<number, Int32Array>();
  for (const row of used) {
    const value = inputs[row * features.length + column] + 0;
    if (Number.isNaN(value)) continue;
    let known = counts.get(value);
    if (known === undefined) {
      known = new Int32Array(classes.length);
      counts.set(value, known);
    }
    known[labels[row]]++;
  }
  const values = Float64Array.from(counts.keys()).sort();
  const byClass = classes.map((_, c) => Float64Array.from(values, value => counts.get(value)![c]));
  const all = values.map((_, v) => byClass.reduce((sum, own) => sum + own[v], 0));
  const total = all.reduce((sum, count) => sum + count, 0);
  const [first, median, third] = [0.25, 0.5, 0.75].map(share => countedQuantile(values, all, share));
  const fence = 3 * (third - first);
  const mean = values.reduce((sum, value, v) => sum + all[v] * value, 0) / total;
  const squares = values.reduce((sum, value, v) => sum + all[v] * (value - mean) ** 2, 0);
  return {
    name,
    missing: used.length - total,
    distinct: values.length,
    low: values[0] ?? Number.NaN,
    median,
    high: values.at(-1) ?? Number.NaN,
    mean,
    sd: Math.sqrt(squares / total),
    outliers: values.reduce(
      (sum, value, v) => sum + (value < first - fence || value > third + fence ? all[v] : 0),
      0,
    ),
    classes: byClass.map(own => {
      const [q5, q25, q50, q75, q95] = [0.05, 0.25, 0.5, 0.75, 0.95].map(share =>
        countedQuantile(values, own, share),
      );
      return { quantiles: [q5, q25, q50, q75, q95] };
    }),
  };
}

/** `quantileOf` values that occur several times each; `values` ascending. */
function countedQuantile(values: Float64Array, counts: Float64Array, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return Number.NaN;
  const at = (place: number): number => {
    let before = 0;
    const v = counts.findIndex(count => {
      before += count;
      return before > place;
    });
    return values[v];
  };
  const place = share * (total - 1);
  const below = at(Math.floor(place));
  const above = at(Math.min(total - 1, Math.floor(place) + 1));
  return below + (place - Math.floor(place)) * (above - below);
}
