import type { BenchRow } from './benchRow';

/** A ratio may fall by this share before it counts as a regression. */
const TOLERANCE = 0.2;

/** A row whose ratio to the same peer is worse than it was. */
export interface SlowerRow {
  readonly task: string;
  readonly ratio: number;
  readonly before: number;
}

/**
 * Rows whose ratio fell by more than 20 % of what it was, by the clock and, where both runs took it, by processor time. Only
 * ratios to peers that ran beside us are compared, each of them a quotient of medians of rounds that took turns, so that a slower or busier machine meets both sides; figures without a peer, and
 * ratios to figures quoted from elsewhere, say more about the machine than about us.
 */
export function slowerRows(rows: readonly BenchRow[], reference: readonly BenchRow[]): SlowerRow[] {
  const slower: SlowerRow[] = [];
  for (const { task, ratio, peer } of rows) {
    const earlier = reference.find(row => row.task === task && row.peer?.name === peer?.name);
    const before = earlier?.ratio ?? null;
    if (ratio === null || before === null || peer!.how.startsWith('quoted')) continue;
    if (hasFallen(ratio, before) && hasFallen(peer!.processorRatio, earlier!.peer!.processorRatio)) {
      slower.push({ task: task.trim(), ratio, before });
    }
  }
  return slower;
}

/** True also where one of them is not known: the other measure decides then. */
function hasFallen(now: number | undefined, before: number | undefined): boolean {
  return now === undefined || before === undefined || !(now >= (1 - TOLERANCE) * before);
}

/** Rows that were compared: those with a ratio in both runs. */
export function comparedCount(rows: readonly BenchRow[], reference: readonly BenchRow[]): number {
  return rows.filter(
    ({ task, ratio, peer }) =>
      ratio !== null &&
      !peer!.how.startsWith('quoted') &&
      reference.some(row => row.task === task && row.peer?.name === peer!.name && row.ratio !== null),
  ).length;
}

/** Of two measurements of the same rows the one with the better ratio each; it says that it is the better of two. */
export function betterRows(first: readonly BenchRow[], second: readonly BenchRow[]): BenchRow[] {
  return first.map(row => {
    const again = second.find(({ task }) => task === row.task) ?? row;
    const better = (again.ratio ?? 0) > (row.ratio ?? 0) ? again : row;
    return { ...better, note: better.note === '' ? TWICE : `${better.note}; ${TWICE}` };
  });
}

const TWICE = 'the better of two measurements, because the first was slower than the reference';
