import { counted, shortNumber } from './theme';

/** Points of a line, in order of x. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * At most `limit` points that draw like the whole series: of each run of equal length the smallest and the largest
 * value stay, at their own places, so no peak is lost; first and last point stay too. NaN and infinities, which are not drawn,
 * never win a run with numbers.
 *
 * @param series values at 0, 1, 2, …; returned whole when it is no longer than `limit`
 * @param limit default 2000
 */
export function decimate(series: Float64Array, limit = 2000): Points {
  const n = series.length;
  if (limit < 4) throw new RangeError(`decimate needs a limit of at least 4 points, got ${limit}`);
  if (n <= limit) return { x: Float64Array.from(series, (_, i) => i), y: series.slice() };
  const runs = Math.floor((limit - 2) / 2);
  const kept: number[] = [0];
  for (let r = 0; r < runs; r++) {
    // Runs share out 1 .. n - 2; both ends are kept already.
    const from = 1 + Math.floor((r * (n - 2)) / runs);
    const to = 1 + Math.floor(((r + 1) * (n - 2)) / runs);
    let low = from;
    let high = from;
    for (let i = from + 1; i < to; i++) {
      if (!Number.isFinite(series[i])) continue;
      if (series[i] < series[low] || !Number.isFinite(series[low])) low = i;
      if (series[i] > series[high] || !Number.isFinite(series[high])) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  kept.push(n - 1);
  return { x: Float64Array.from(kept), y: Float64Array.from(kept, i => series[i]) };
}

/** What a figure says below its title of a line that is drawn with fewer points than it has; '' where all are drawn. */
export function drawnNote(shown: number, all: number, noun = 'point'): string {
  if (shown >= all) return '';
  return `${shortNumber(shown)} of ${counted(all, noun)} a line, no peak lost`;
}
