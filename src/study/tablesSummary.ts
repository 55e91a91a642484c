import type { LongRunOptions } from '../core/longRun';
import { result } from '../core/result';
import { type CellCounts, cellStanding, countCells, type StudyTable } from './studyTable';
import { table1, table2, table3 } from './tables';

/** How many cells of Tables 1 to 3 we repeat under procedure `published`. */
export interface TablesSummary {
  readonly kind: 'tables-summary';
  /** Counts of one table each. */
  readonly tables: readonly ({
    /** Its number in the paper. */
    readonly table: number;
  } & CellCounts)[];
  /** Counts of all tables. */
  readonly all: CellCounts & {
    /** Cells with a printed result. */
    readonly cells: number;
  };
  /** What remains to be explained, as `table 3 titanic f1Random`. */
  readonly unexplained: readonly string[];
  /** Every reason given, the cells it is given for, and the command whose output shows it. */
  readonly reasons: readonly {
    /** Why the cells differ. */
    readonly reason: string;
    /** What shows it, such as a command. */
    readonly evidence: string;
    /** The cells, by table, data set and column. */
    readonly cells: readonly string[];
  }[];
}

/**
 * Counts the cells of Tables 1 to 3 with a printed result: exact, inside our distribution, explained, unexplained.
 *
 * @example
 * import { tablesSummary } from 'legcnet';
 * const { all } = await tablesSummary();
 * [all.cells, all.unexplained]; // [168, 0]
 */
export async function tablesSummary(
  options: LongRunOptions & { readonly recompute?: boolean } = {},
): Promise<TablesSummary> {
  const tables: StudyTable[] = [];
  for (const make of [table1, table2, table3]) tables.push(await make(options));
  const counts = tables.map(({ table, rows }) => ({ table, ...countCells(rows) }));
  const sum = (name: keyof CellCounts): number => counts.reduce((total, each) => total + each[name], 0);
  const all = {
    exact: sum('exact'),
    inside: sum('inside'),
    explained: sum('explained'),
    unexplained: sum('unexplained'),
  };
  const cells = all.exact + all.inside + all.explained + all.unexplained;
  const reasons = new Map<string, { reason: string; evidence: string; cells: string[] }>();
  for (const { table, rows } of tables) {
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row.cells)) {
        const standing = cellStanding(cell);
        if (standing !== 'explained') continue;
        const name = `table ${table} ${row.dataset} ${column}`;
        const { reason = '', evidence = '' } = cell;
        const known = reasons.get(reason) ?? { reason, evidence, cells: [] };
        known.cells.push(name);
        reasons.set(reason, known);
      }
    }
  }
  return result({
    kind: 'tables-summary',
    tables: counts,
    all: { ...all, cells },
    unexplained: tables.flatMap(each => each.unexplained),
    reasons: [...reasons.values()],
  });
}
