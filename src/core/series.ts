/**
 * A series as typed array, not copied when it already is one.
 *
 * @throws TypeError unless it is an array (or typed array) of numbers; the numbers themselves may be anything
 */
export function readSeries(series: ArrayLike<number>, task: string): Float64Array {
  if (series instanceof Float64Array) return series;
  const isArray = Array.isArray(series) || (ArrayBuffer.isView(series) && 'length' in series);
  if (!isArray || Array.prototype.some.call(series, value => typeof value !== 'number')) {
    throw new TypeError(`Cannot ${task}: an array of numbers is required, ${describe(series)} came`);
  }
  return Float64Array.from(series);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array with something else in it';
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
