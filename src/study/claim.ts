import type { LongRunOptions } from '../core/longRun';

/** What the numbers say of a statement; `not measured` where files are missing or nobody has measured it yet. */
export type Verdict = 'holds' | 'holds with limits' | 'does not hold' | 'not testable' | 'not measured';

/** One number behind a verdict. */
export interface ClaimNumber {
  /** What is counted or measured. */
  readonly name: string;
  /** The number, as it is shown. */
  readonly value: number;
  /** Such as `%`, `points`, `of 25`; empty for a plain number. */
  readonly unit: string;
}

/** A statement of the paper, how to measure it, and the rule from the numbers to the verdict. */
export interface ClaimDefinition {
  /** `Claim 3`, `Table 1`, `Figure 5`. */
  readonly item: string;
  /** The statement, in our words. */
  readonly says: string;
  /** The rule from numbers to verdict, in words. */
  readonly rule: string;
  /** Our notebook about it, without folder and ending. */
  readonly notebook: string;
  /** The command that prints the numbers behind the row. */
  readonly evidence: string;
  /** Numbers by the names that `judge` and `limits` read. */
  readonly measure: (longRun: LongRunOptions) => Promise<Readonly<Record<string, ClaimNumber>>>;
  readonly judge: (values: Readonly<Record<string, number>>) => Verdict;
  /** One sentence with the reason of the verdict. */
  readonly because: (values: Readonly<Record<string, number>>) => string;
}

/** A definition whose rule can only read numbers that it measures. */
export function claim<Name extends string>(
  definition: Omit<ClaimDefinition, 'measure' | 'judge' | 'because'> & {
    readonly measure: (longRun: LongRunOptions) => Promise<Readonly<Record<Name, ClaimNumber>>>;
    readonly judge: (values: Readonly<Record<Name, number>>) => Verdict;
    readonly because: (values: Readonly<Record<Name, number>>) => string;
  },
): ClaimDefinition {
  return definition as ClaimDefinition;
}

export function number(name: string, value: number, unit = ''): ClaimNumber {
  return { name, value, unit };
}

/** A difference of shares in points of a hundred. */
export function points(name: string, difference: number): ClaimNumber {
  return number(name, 100 * difference, 'points');
}

/** `5 of 25` as a number with its unit. */
export function countOf<T>(name: string, all: readonly T[], isCounted: (each: T) => boolean): ClaimNumber {
  return number(name, all.filter(isCounted).length, `of ${all.length}`);
}
