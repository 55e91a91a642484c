import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Names that careless code takes for markup, templates, numbers or properties; each carries a tag that must not survive. */
export const awkwardName: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('', 'a < b & c > d', '</script>', '"\'`', '%{evil}', '__proto__', '&lt;', '-0'),
    ),
    fc.constantFrom('', '<i>', '<img src=x onerror=evil()>'),
  )
  .map(([text, tag]) => text + tag);

/** Words that JavaScript writes where a number or a text is missing. */
const SLIP = /\bNaN\b|Infinity|\bundefined\b|\[object /;
/** What a message of the engine, not of ours, looks like. */
const UNEXPLAINED =
  /Cannot read propert|Cannot destructure|is not a function|is not iterable|not defined|Invalid array length|Invalid typed array|call stack|out of bounds|outside the bounds|Offset is|Cannot convert|Cannot mix/;

/** The text says no number that is none. */
export function saysNumbers(text: string): void {
  assert.doesNotMatch(text, SLIP);
}

/** An error of ours: one of these classes, with a message that says what was tried. */
export function isClear(error: unknown, kinds: readonly unknown[] = [TypeError, RangeError]): void {
  assert.ok(error instanceof Error && kinds.includes(error.constructor), String(error));
  assert.ok(error.message.length > 15, error.message);
  assert.doesNotMatch(error.message, UNEXPLAINED);
}

/** What the function gives, or undefined after a clear error. */
export function tried<T>(attempt: () => T, kinds?: readonly unknown[]): T | undefined {
  try {
    return attempt();
  } catch (error) {
    isClear(error, kinds);
    return undefined;
  }
}
