import { readJson } from '../src/core/readJson';
import { requireOneOf } from '../src/core/require';
import type { BenchRow } from './benchRow';
import type { Bench, BenchOptions } from './runBench';
import { benchSets } from './sets';
import { comparedCount, type SlowerRow, slowerRows } from './slowerRows';

/** Sets measured one after the other. */
export interface BenchReport {
  readonly kind: 'bench-report';
  readonly date: string;
  readonly sets: readonly Bench[];
}

/** What became of the ratios since an earlier report. */
export interface BenchComparison {
  /** Rows with a ratio in both. */
  readonly compared: number;
  readonly slower: readonly SlowerRow[];
  /** Rows of the earlier report whose ratio could not be measured now, of the sets that were. */
  readonly missing: readonly string[];
  /** Processors of both, where they differ. */
  readonly processors: readonly [string, string] | null;
}

/**
 * Measures sets, by default all of them, in the order of `benchSets`.
 *
 * @param names sets to measure
 * @param onSet called with each when it is done
 * @throws RangeError for an unknown set
 */
export async function benchReport(
  names: readonly string[],
  options: BenchOptions,
  onSet: (bench: Bench) => void,
): Promise<BenchReport> {
  const known = Object.keys(benchSets);
  for (const name of names) requireOneOf(name, known, 'a set', 'bench');
  const date = new Date().toISOString();
  const sets: Bench[] = [];
  for (const name of names.length === 0 ? known : names) {
    const bench = await (await benchSets[name]())(options);
    onSet(bench);
    sets.push(bench);
  }
  return { kind: 'bench-report', date, sets };
}

/**
 * A report as `--json` wrote it.
 *
 * @throws RangeError when the file holds no report
 */
export function readReport(path: string): BenchReport {
  const report: unknown = readJson(path);
  const isReport = typeof report === 'object' && report !== null && 'kind' in report;
  if (!isReport || report.kind !== 'bench-report' || !('sets' in report)) {
    throw new RangeError(`Cannot compare: ${path} holds no report of the bench`);
  }
  return report as BenchReport;
}

/** An earlier report in which the sets that were measured now take the place of their old selves. */
export function mergeReports(before: BenchReport | null, now: BenchReport): BenchReport {
  const fresh = new Map(now.sets.map(bench => [bench.set, bench]));
  const kept = before?.sets.filter(({ set }) => !fresh.has(set)) ?? [];
  const order = Object.keys(benchSets);
  const sets = [...kept, ...now.sets].sort((a, b) => order.indexOf(a.set) - order.indexOf(b.set));
  return { ...now, sets };
}

/** Every row of a report. */
export function reportRows({ sets }: BenchReport): BenchRow[] {
  return sets.flatMap(({ rows }) => rows);
}

/** Compares a report with an earlier one, row by row (see `slowerRows`). */
export function compareReports(now: BenchReport, before: BenchReport): BenchComparison {
  const rows = reportRows(now);
  const measured = new Set(now.sets.map(({ set }) => set));
  const earlier = before.sets.filter(({ set }) => measured.has(set)).flatMap(bench => bench.rows);
  const missing = earlier.filter(
    ({ task, ratio, peer }) =>
      ratio !== null &&
      !peer!.how.startsWith('quoted') &&
      !rows.some(row => row.task === task && row.ratio !== null),
  );
  const [here] = now.sets.map(({ machine }) => machine.processor);
  const [there] = before.sets.map(({ machine }) => machine.processor);
  return {
    compared: comparedCount(rows, earlier),
    slower: slowerRows(rows, earlier),
    missing: missing.map(({ task }) => task.trim()),
    processors: here === there ? null : [here, there],
  };
}

/** A comparison as plain text. */
export function formatComparison({ compared, slower, missing, processors }: BenchComparison): string {
  return [
    compared === 0
      ? 'Nothing was compared: no ratio is in both the run and the reference.'
      : slower.length === 0
        ? `None of ${compared} ratios is more than 20 % worse than in the reference.`
        : `${slower.length} of ${compared} ratios are more than 20 % worse than in the reference:`,
    ...slower.map(
      ({ task, ratio, before }) =>
        `  ${task}: ${ratio.toPrecision(3)}x, was ${before.toPrecision(3)}x (${Math.round(100 * (ratio / before - 1))} %)`,
    ),
    ...(missing.length === 0 ? [] : [`Not measured now: ${missing.join('; ')}`]),
    ...(processors === null
      ? []
      : [`The processors differ, ${processors[0]} here and ${processors[1]} there, so ratios may too.`]),
  ].join('\n');
}
