import { describeValue } from '../core/require';

/** What the arguments of a job of `sweep` may hold, which is what JSON holds without loss: finite numbers, words, truth values, null, lists, and objects of these. */
export type PlainValue =
  | number
  | string
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue | undefined };

/** Levels of lists and objects, far more than anybody writes; without a limit a value that holds itself would have no end. */
const DEEPEST = 100;

/**
 * One text for one configuration, however it was written: names in alphabetical order, undefined left out, no spaces.
 *
 * @throws TypeError for what JSON cannot hold, named by its place, and for what is nested more than 100 levels deep
 */
export function canonicalText(value: unknown, place = 'it', level = 0): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (level > DEEPEST)
    throw new TypeError(`${place.slice(0, 60)}… is nested more than ${DEEPEST} levels deep`);
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => canonicalText(item, `${place}[${i}]`, level + 1)).join(',')}]`;
  }
  if (!isPlainObject(value)) {
    throw new TypeError(
      `${place} must be plain: finite numbers, words, truth values, null, lists and objects of these; ${describeValue(value)} came`,
    );
  }
  const fields = Object.keys(value)
    .filter(name => value[name] !== undefined)
    .sort()
    .map(name => `${JSON.stringify(name)}:${canonicalText(value[name], `${place}.${name}`, level + 1)}`);
  return `{${fields.join(',')}}`;
}

/** An object that only holds named values; also one of another realm, as a notebook's cells make them. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parent = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}
