/** @throws TypeError unless the value is a number, RangeError unless it `holds` what is required of it */
export function requireNumber(
  value: number,
  holds: boolean,
  required: string,
  name: string,
  task: string,
): void {
  if (typeof value !== 'number') {
    throw new TypeError(`Cannot ${task}: ${name} must be a number, ${describeValue(value)} came`);
  }
  if (!holds) throw new RangeError(`Cannot ${task}: ${name} must be ${required}, ${value} came`);
}

/** @throws TypeError unless the value is a number, RangeError unless it is whole and from `minimum` to `maximum` */
export function requireWhole(
  value: number,
  minimum: number,
  name: string,
  task: string,
  maximum: number = Number.POSITIVE_INFINITY,
): void {
  const range = maximum < Number.POSITIVE_INFINITY ? `to ${maximum}` : 'up';
  const holds = Number.isInteger(value) && value >= minimum && value <= maximum;
  requireNumber(value, holds, `a whole number from ${minimum} ${range}`, name, task);
}

/** @throws RangeError unless the value is one of a closed set of words */
export function requireOneOf(value: string, words: readonly string[], name: string, task: string): void {
  if (!words.includes(value)) {
    throw new RangeError(
      `Cannot ${task}: ${name} must be one of ${words.join(', ')}; ${describeValue(value)} came`,
    );
  }
}

/** @throws TypeError unless the value is an array or a typed array */
export function requireList(value: ArrayLike<unknown>, name: string, task: string): void {
  if (!isList(value)) {
    throw new TypeError(`Cannot ${task}: ${name} must be an array, ${describeValue(value)} came`);
  }
}

/** @throws TypeError unless the value is a result of this kind: a `network`, a `dataset`, a `recording`, … */
export function requireKind(value: { readonly kind: string }, kind: string, task: string): void {
  if ((value as typeof value | null | undefined)?.kind !== kind) {
    throw new TypeError(`Cannot ${task}: a ${kind} is required, ${describeValue(value)} came`);
  }
}

/**
 * Runs a check that knows its own step only; what it throws then also says of what task the value is a part, and which part.
 *
 * @param place as 'search.scan'
 * @throws what the check throws, TypeError or RangeError
 */
export function checkPlace(task: string, place: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    const { message } = error as Error;
    const Kind = error instanceof TypeError ? TypeError : RangeError;
    throw new Kind(`Cannot ${task}: ${place}: ${message}`, { cause: error });
  }
}

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** A value in a message: short ones as they are, others by what they are. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? 'a long text' : `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return `an array of length ${value.length}`;
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === 'string' && kind.length <= 40 ? `a ${kind}` : 'an object';
}
