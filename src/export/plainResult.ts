import { describeValue } from '../core/require';
import type { NpyValues } from '../data/writeNpy';

/** What stands in for parts of a result that have a better form than JSON. */
export interface PartHandlers {
  /** Takes over an object of a kind with a form of its own; undefined leaves it as it is. */
  readonly part: (value: object & { readonly kind: string }, path: string) => unknown;
  /** Takes over a typed array that is too long for JSON. */
  readonly array: (values: NpyValues, path: string) => unknown;
  /** Told of what JSON cannot hold. */
  readonly lost: (path: string, what: string) => void;
}

/** Longer typed arrays go to files of their own. */
const LONGEST_ARRAY = 10_000;

/**
 * A result as plain values for `jsonText`, nothing left out without a word: maps become lists of pairs, sets lists, dates ISO
 * text, big integers text, errors their name and message, class instances their fields; functions and symbols are described.
 *
 * @param path where the value lies in the result, names with dots between
 * @throws RangeError for an object that contains itself, naming where
 */
export function plainResult(value: unknown, handlers: PartHandlers, path = ''): unknown {
  return plain(value, path, [], handlers);
}

/** @param around the objects that the value lies in */
function plain(value: unknown, path: string, around: readonly object[], handlers: PartHandlers): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value === undefined) return null;
  if (typeof value === 'function' || typeof value === 'symbol') {
    const what = typeof value === 'function' ? `function ${value.name}` : String(value);
    handlers.lost(path, what);
    return `[${what}]`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) {
    throw new RangeError(`Cannot export ${describeValue(value)}: it contains itself, at ${path}`);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return { error: value.name, message: value.message };
  if (value instanceof ArrayBuffer) return plain(new Uint8Array(value), path, around, handlers);
  if (value instanceof DataView) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return plain(bytes, path, around, handlers);
  }
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, String);
  if (ArrayBuffer.isView(value)) {
    const values = value as NpyValues;
    return values.length > LONGEST_ARRAY ? handlers.array(values, path) : values;
  }
  const within = [...around, value];
  const item = (each: unknown, key: string | number): unknown =>
    plain(each, path === '' ? String(key) : `${path}.${key}`, within, handlers);
  if (Array.isArray(value)) return value.map(item);
  if (value instanceof Set) return [...value].map(item);
  if (value instanceof Map) {
    return [...value].map(([key, each], i) => [item(key, i), item(each, typeof key === 'string' ? key : i)]);
  }
  const kind = (value as { readonly kind?: unknown }).kind;
  if (typeof kind === 'string') {
    const taken = handlers.part(value as { readonly kind: string }, path);
    if (taken !== undefined) return taken;
  }
  // Of pairs, so that a field called __proto__ stays a field.
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, item(each, key)]));
}
