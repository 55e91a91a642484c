import { checkOptions } from '../core/options';
import { describeValue } from '../core/require';
import { isPlainObject } from './canonicalText';
import type { SweepJob } from './sweepJob';

/** A job in which any value, however deep, may be a list of values. */
export type SweepGrid = GridValue<SweepJob>;

/** A value, or an object in which any value may be a list of values. */
export type GridValue<T> = T extends readonly unknown[]
  ? never
  : T extends object
    ? { readonly [Name in keyof T]: GridOf<T[Name]> }
    : T;

/** One value or several. */
export type GridOf<T> = GridValue<T> | readonly (T | GridValue<T>)[];

/** A slip of the pen multiplies quickly, and must not fill the memory. */
const MOST_JOBS = 1e6;
/** Levels of a grid, far more than any job has. */
const DEEPEST = 100;

/**
 * The jobs of a grid: one for every combination of the listed values, the first list changing slowest. Every list is an axis,
 * at any depth; a value that is itself a list stands in a list of its own.
 *
 * @throws TypeError for anything but an object, RangeError for an empty list and for more than a million jobs
 * @example
 * import { sweepGrid } from 'legcnet';
 * sweepGrid({ work: 'legcnet', dataset: ['iris', 'cancer'], variant: ['FT', 'PT'], init: [1, 2, 3] }).length; // 12
 */
export function sweepGrid(grid: SweepGrid): readonly SweepJob[] {
  if (!isPlainObject(grid)) {
    throw new TypeError(`Cannot expand a grid: an object is required, ${describeValue(grid)} came`);
  }
  requireCount(combinationCount(grid, 'the grid', 0));
  return combinations(grid) as SweepJob[];
}

/** How many there will be, told before they are made. */
function combinationCount(value: unknown, place: string, level: number): number {
  if (level > DEEPEST) {
    throw new RangeError(`Cannot expand a grid: ${place} is nested more than ${DEEPEST} levels deep`);
  }
  const count = (item: unknown, name: string): number => combinationCount(item, name, level + 1);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RangeError(`Cannot expand a grid: ${place} is an empty list`);
    return value.reduce((sum, item, i) => sum + (Array.isArray(item) ? 1 : count(item, `${place}[${i}]`)), 0);
  }
  if (!isPlainObject(value)) return 1;
  return Object.entries(value).reduce((product, [name, axis]) => product * count(axis, name), 1);
}

function requireCount(jobs: number): void {
  if (jobs > MOST_JOBS) {
    throw new RangeError(`Cannot expand a grid: it has ${jobs} jobs, a sweep may have ${MOST_JOBS}`);
  }
}

function combinations(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => (Array.isArray(item) ? [item] : combinations(item)));
  }
  if (!isPlainObject(value)) return [value];
  let made: Record<string, unknown>[] = [{}];
  for (const [name, axis] of Object.entries(value)) {
    const choices = combinations(axis);
    made = made.flatMap(job => choices.map(choice => ({ ...job, [name]: choice })));
  }
  return made;
}

/** The content of a sweep's file, which `jobsOfFile` reads: jobs, grids, or both. */
export interface SweepFile {
  /** Jobs one by one. */
  readonly jobs?: readonly SweepJob[];
  /** Grids of jobs; see `sweepGrid`. */
  readonly grids?: readonly SweepGrid[];
}

/**
 * The jobs that a file of JSON lists: a list of jobs, or an object with `jobs` and `grids`.
 *
 * @throws TypeError for anything else
 * @example
 * import { jobsOfFile } from 'legcnet';
 * const content = JSON.parse('{ "grids": [{ "work": "choice", "dataset": "iris", "seed": [1, 2, 3] }] }');
 * jobsOfFile(content).length; // 3
 */
export function jobsOfFile(content: unknown): readonly SweepJob[] {
  if (Array.isArray(content)) return content;
  const task = 'read the jobs of a sweep';
  checkOptions(content, { jobs: true, grids: true }, task);
  const { jobs = [], grids = [] } = content as SweepFile;
  for (const [name, list] of Object.entries({ jobs, grids })) {
    if (!Array.isArray(list)) {
      throw new TypeError(`Cannot ${task}: ${name} must be a list, ${describeValue(list)} came`);
    }
  }
  return [...jobs, ...grids.flatMap(sweepGrid)];
}
