import { requireList } from '../core/require';

/**
 * Kendall's tau-b of two lists: concordant less discordant pairs over the geometric mean of the pairs that are not tied in one
 * list and in the other. From -1 to 1; NaN where a list is constant, shorter than 2 or holds NaN.
 *
 * @throws TypeError unless both are arrays of one length
 *
 * Source: M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945) 239-251.
 *
 * @example
 * import { kendallTauB } from 'legcnet';
 * kendallTauB([1, 2, 3, 4], [1, 3, 2, 4]); // 0.6667, one of six pairs is out of order
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requirePair(x, y, "compute Kendall's tau");
  let difference = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i] + y[i])) return Number.NaN;
    for (let j = 0; j < i; j++) {
      const a = order(x[i], x[j]);
      const b = order(y[i], y[j]);
      difference += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return untiedX === 0 || untiedY === 0 ? Number.NaN : difference / Math.sqrt(untiedX * untiedY);
}

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of theirs. NaN where a list is
 * constant, shorter than 2 or holds NaN.
 *
 * @throws TypeError unless both are arrays of one length
 * @example
 * import { spearman } from 'legcnet';
 * spearman([1, 2, 3, 4], [1, 3, 2, 4]); // 0.8
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requirePair(x, y, "compute Spearman's correlation");
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < a.length; i++) {
    xy += (a[i] - middle) * (b[i] - middle);
    xx += (a[i] - middle) ** 2;
    yy += (b[i] - middle) ** 2;
  }
  return xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy);
}

/** Ranks from 1, ascending; equal values share the mean of theirs, and NaN makes every rank NaN. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const places = Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => order(values[i], values[j]));
  const result = new Float64Array(n);
  if (Array.prototype.some.call(values, Number.isNaN)) return result.fill(Number.NaN);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[places[to]] === values[places[from]]) to++;
    for (let k = from; k < to; k++) result[places[k]] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}

/** -1, 0 or 1, for infinities too. */
function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function requirePair(x: ArrayLike<number>, y: ArrayLike<number>, task: string): void {
  requireList(x, 'the first list', task);
  requireList(y, 'the second list', task);
  if (x.length !== y.length) {
    throw new TypeError(
      `Cannot ${task}: lists of one length are required, lengths ${x.length} and ${y.length} came`,
    );
  }
}
