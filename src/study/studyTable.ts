import { result } from '../core/result';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import type { CellDistribution } from './cellDistribution';
import type { MaskOverlap } from './maskOverlap';

/** One number of the paper beside ours. */
export interface StudyCell {
  /** As printed; null where the paper prints none for this row. */
  readonly published: number | null;
  /** Computed, at full precision, of several runs their mean; null where there is no answer, and then `reason` says why. */
  readonly ours: number | null;
  /**
   * Whether ours agrees at the printed precision, of several runs every one: false also where the paper prints a result and we
   * have none; null where there is nothing to compare (the paper prints no value, or the column is a setting) and for several
   * runs that do not all agree, where `distribution` says more.
   */
  readonly match: boolean | null;
  /** Of several runs, and whether the paper's value could be one of them. */
  readonly distribution?: CellDistribution;
  /** One sentence for a cell that is missing or differs. */
  readonly reason?: string;
  /** The command whose output shows it. */
  readonly evidence?: string;
}

/** Decimals that the paper prints, by column, in the order of its columns. */
export type Columns<Name extends string = string> = Readonly<Record<Name, number>>;

/** One data set. */
export interface StudyRow {
  /** The data set. */
  readonly dataset: StudyName;
  /** Published initialisation, 1-based; null for a row of several runs. */
  readonly init: number | null;
  /** Runs behind each cell; of random masks some at each start. */
  readonly starts: number;
  /** By column: ours and the paper's. */
  readonly cells: Readonly<Record<string, StudyCell>>;
  /** Recomputed masks beside the published ones; absent when the networks wear the published ones or none was published. */
  readonly masks?: Readonly<Partial<Record<LegcnetVariant, RowMask>>>;
}

/** The recomputed mask behind a row. */
export interface RowMask extends MaskOverlap {
  /** The weights it removes. */
  readonly removed: readonly number[];
}

/** A table of the paper, ours beside published. */
export interface StudyTable {
  readonly kind: 'study-table';
  /** Number in the paper. */
  readonly table: number;
  /** What the paper calls it. */
  readonly title: string;
  /** How networks were trained and searched. */
  readonly procedure: Procedure;
  /** Whose masks the networks wear. */
  readonly masks: string;
  /** By name, in the order of the paper: decimals that it prints. */
  readonly columns: Columns;
  /** One entry a data set. */
  readonly rows: readonly StudyRow[];
  /** Cells that differ from the paper's without a reason and a command that shows it, as `table 3 titanic f1Random`. */
  readonly unexplained: readonly string[];
}

/** The finished table. */
export function studyTable(fields: Omit<StudyTable, 'kind' | 'unexplained'>): StudyTable {
  const unexplained = fields.rows.flatMap(({ dataset, cells }) =>
    Object.entries(cells).flatMap(([column, cell]) =>
      cellStanding(cell) === 'unexplained' ? [`table ${fields.table} ${dataset} ${column}`] : [],
    ),
  );
  return result({ kind: 'study-table', ...fields, unexplained });
}

/** How cells compare with the paper. */
export interface CellCounts {
  /** Our run agrees at the printed precision, or every one of several does. */
  readonly exact: number;
  /** The paper's value could be one of our runs. */
  readonly inside: number;
  /** It differs or is missing, and a reason with a command that shows it is given. */
  readonly explained: number;
  /** It differs or is missing without such a reason. */
  readonly unexplained: number;
}

/** Counts cells that the paper prints a result for; settings are not among them. */
export function countCells(rows: readonly StudyRow[]): CellCounts {
  const counts = { exact: 0, inside: 0, explained: 0, unexplained: 0 };
  for (const { cells } of rows) {
    for (const cell of Object.values(cells)) {
      const standing = cellStanding(cell);
      if (standing !== null) counts[standing]++;
    }
  }
  return counts;
}

/** How one cell compares with the paper; null where there is nothing to compare. */
export function cellStanding({
  published,
  match,
  distribution,
  reason,
  evidence,
}: StudyCell): keyof CellCounts | null {
  if (match === true) return 'exact';
  if (published === null || (match === null && distribution === undefined)) return null;
  if (distribution?.inside) return 'inside';
  return reason !== undefined && evidence !== undefined ? 'explained' : 'unexplained';
}
