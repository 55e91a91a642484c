import { requireWhole } from '../core/require';
import { readSeries } from '../core/series';

/**
 * The differences of a series: x_t - x_{t-1}, taken `order` times. Sample t of the result belongs to sample t + order
 * of the series; a series of `order` samples or fewer has none. NaN and infinities pass through.
 *
 * @param series length n
 * @param order how often; default 1
 * @returns length max(0, n - order)
 * @throws TypeError unless the series is an array of numbers, RangeError unless the order is a whole number from 0 up
 * @example
 * import { difference } from 'legcnet';
 * difference([1, 4, 9, 16]); // [3, 5, 7]
 * difference([1, 4, 9, 16], 2); // [2, 2]
 */
export function difference(series: ArrayLike<number>, order = 1): Float64Array {
  const task = 'take differences';
  const values = Float64Array.from(readSeries(series, task));
  requireWhole(order, 0, 'order', task);
  let length = values.length;
  for (let pass = 0; pass < order && length > 0; pass++) {
    length--;
    for (let t = 0; t < length; t++) values[t] = values[t + 1] - values[t];
  }
  return values.slice(0, length);
}
