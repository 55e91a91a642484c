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
  /** Rows of the earlier report whose ratio to the same peer is not there now, of the sets that were measured: a failure. */
  readonly missing: readonly string[];
  /** Rows that a quick run does not have, because it measures other sizes. */
  readonly otherSizes: readonly string[];
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
  const [here] = now.sets.map(({ machine }) => machine.processor);
  const [there] = before.sets.map(({ machine }) => machine.processor);
  return {
    compared: comparedCount(rows, earlier),
    slower: slowerRows(rows, earlier),
    ...absentRows(now, before),
    processors: here === there ? null : [here, there],
  };
}

/** Rows with a ratio that are in the earlier report only, of the sets that both have. */
function absentRows(now: BenchReport, before: BenchReport): Pick<BenchComparison, 'missing' | 'otherSizes'> {
  const missing: string[] = [];
  const otherSizes: string[] = [];
  for (const old of before.sets) {
    const fresh = now.sets.find(({ set }) => set === old.set);
    if (fresh === undefined) continue; // Nobody asked for it.
    for (const { task, ratio, peer } of old.rows) {
      if (ratio === null || peer!.how.startsWith('quoted')) continue;
      const found = fresh.rows.filter(row => row.task === task);
      if (found.some(row => row.ratio !== null && row.peer?.name === peer!.name)) continue;
      const isOther = found.length === 0 && fresh.quick && !old.quick;
      (isOther ? otherSizes : missing).push(task.trim());
    }
  }
  return { missing, otherSizes };
}

/** Whether a comparison lets a run pass: something was compared, nothing is slower, and nothing is missing. */
export function passes({ compared, slower, missing }: BenchComparison): boolean {
  return compared > 0 && slower.length === 0 && missing.length === 0;
}

/** A comparison as plain text. */
export function formatComparison({
  compared,
  slower,
  missing,
  otherSizes,
  processors,
}: BenchComparison): string {
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
    ...(missing.length === 0
      ? []
      : [
          `${missing.length} ratios of the reference were not measured now (was a peer missing?):`,
          ...missing.map(task => `  ${task}`),
        ]),
    ...(otherSizes.length === 0 ? [] : [`A quick run does not measure: ${otherSizes.join('; ')}`]),
    ...(processors === null
      ? []
      : [`The processors differ, ${processors[0]} here and ${processors[1]} there, so ratios may too.`]),
  ].join('\n');
}
