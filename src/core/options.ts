import type { LongRunOptions } from './longRun';
import { describeValue, isList } from './require';

/** The names of all options of `T`; the compiler wants every one of them and no other, so that the list stays true. */
export type OptionNames<T> = Readonly<Record<T extends unknown ? keyof T : never, true>>;

/** Options of every long function. */
export const longRunOptionNames: OptionNames<LongRunOptions> = { signal: true, onProgress: true };

/** The options of every long function out of options that hold more, to pass on. */
export function longRunOptions({ signal, onProgress }: LongRunOptions): LongRunOptions {
  return { ...(signal && { signal }), ...(onProgress && { onProgress }) };
}

/**
 * Checks at a public door that options are an object and their names are known. TypeScript sees to that, but JavaScript and
 * objects spread together would silently get the default instead of what a misspelt name asked for.
 *
 * @param names as `OptionNames` of their type
 * @param task what cannot be done without, as in 'train'
 * @throws TypeError for anything but an object, and for the first name that is not known
 */
export function checkOptions(options: unknown, names: Readonly<Record<string, true>>, task: string): void {
  if (typeof options !== 'object' || options === null || isList(options)) {
    throw new TypeError(`Cannot ${task}: options must be an object, ${describeValue(options)} came`);
  }
  const known = Object.keys(names);
  const unknown = Object.keys(options).find(name => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const hint = near === undefined ? '' : `, perhaps '${near}' was meant`;
  throw new TypeError(
    `Cannot ${task}: there is no option '${unknown}'${hint}; options are ${known.join(', ')}`,
  );
}

/** The known name closest to a misspelt one; undefined when none is near. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known.map(each => editDistance(name.toLowerCase(), each.toLowerCase()));
  const least = Math.min(...distances);
  return least <= Math.ceil(name.length / 3) ? known[distances.indexOf(least)] : undefined;
}

/** Letters to insert, delete or replace to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}
