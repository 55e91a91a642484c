import { readSeries } from '../core/series';

/** First - second. @throws TypeError unless both are arrays of numbers of one length */
export function pairDifferences(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  task: string,
): Float64Array {
  const [a, b] = [readSeries(first, task), readSeries(second, task)];
  if (a.length !== b.length) {
    throw new TypeError(
      `Cannot ${task}: pairs need two arrays of one length, lengths ${a.length} and ${b.length} came`,
    );
  }
  return a.map((value, i) => value - b[i]);
}
