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

/** @throws RangeError unless the option is a whole number not below `minimum` */
export function requireWhole(value: number, minimum: number, name: string, task: string): void {
  if (!Number.isInteger(value) || value < minimum) {
    throw new RangeError(`Cannot ${task}: ${name} must be a whole number from ${minimum} up, ${value} came`);
  }
}

/** @throws RangeError unless the option is one of a closed set of words */
export function requireOneOf(value: string, words: readonly string[], name: string, task: string): void {
  if (!words.includes(value)) {
    throw new RangeError(`Cannot ${task}: ${name} must be ${words.join(', ')}; ${String(value)} came`);
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array with something else in it';
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
