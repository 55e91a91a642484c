import { result } from '../core/result';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { MaskOverlap } from './maskOverlap';

/** One number of the paper beside ours. */
export interface StudyCell {
  /** As printed; null where the paper prints none for this row. */
  readonly published: number | null;
  /** Computed, at full precision; null where there is no answer, and then `reason` says why. */
  readonly ours: number | null;
  /**
   * Whether the two agree at the printed precision: false also where the paper prints a result and we have none; null where
   * there is nothing to compare, because the paper prints no value or the column is a setting.
   */
  readonly match: boolean | null;
  /** One sentence for a cell that is missing or differs. */
  readonly reason?: string;
}

/** Decimals that the paper prints, by column, in the order of its columns. */
export type Columns<Name extends string = string> = Readonly<Record<Name, number>>;

/** One data set and initialisation. */
export interface StudyRow {
  readonly dataset: string;
  /** Published initialisation, 1-based. */
  readonly init: number;
  readonly cells: Readonly<Record<string, StudyCell>>;
  /** Recomputed masks beside the published ones; absent when the networks wear the published ones. */
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
  readonly table: number;
  readonly title: string;
  readonly procedure: string;
  readonly masks: string;
  readonly columns: Columns;
  readonly rows: readonly StudyRow[];
}

/** Our value of a cell: a number, or the sentence that says why there is none, or why it is a setting and no result. */
export type OurCell = number | { readonly missing: string } | { readonly setting: string };

/**
 * Puts our cells beside the paper's.
 *
 * @param ours one value a column
 * @param published the paper's row, or undefined when it prints none for this initialisation
 * @param reasons sentences for cells that are known to differ; used only where they do differ
 */
export function studyRow<Name extends string>(
  dataset: string,
  init: number,
  columns: Columns<Name>,
  ours: Readonly<Record<Name, OurCell>>,
  published: Readonly<Record<string, number>> | undefined,
  reasons: Readonly<Record<string, string>> = {},
): StudyRow {
  const names = Object.keys(columns) as Name[];
  const cells = names.map(name => [
    name,
    compareCell(published?.[name] ?? null, ours[name], columns[name], reasons[name]),
  ]);
  return { dataset, init, cells: Object.fromEntries(cells) };
}

/** The cell of one pair, compared after rounding ours to the printed decimals. */
function compareCell(
  published: number | null,
  ours: OurCell,
  decimals: number,
  reason: string | undefined,
): StudyCell {
  if (typeof ours === 'object' && 'setting' in ours) {
    return { published, ours: null, match: null, reason: ours.setting };
  }
  if (typeof ours === 'object') {
    return { published, ours: null, match: published === null ? null : false, reason: ours.missing };
  }
  if (published === null) return { published, ours, match: null };
  const match = ours.toFixed(decimals) === published.toFixed(decimals);
  return match || reason === undefined ? { published, ours, match } : { published, ours, match, reason };
}

/** The finished table. */
export function studyTable(fields: Omit<StudyTable, 'kind'>): StudyTable {
  return result({ kind: 'study-table', ...fields });
}

/** How many cells agree, of those that can be compared. */
export function countMatches(table: StudyTable): { readonly matches: number; readonly compared: number } {
  const cells = table.rows.flatMap(row => Object.values(row.cells)).filter(cell => cell.match !== null);
  return { matches: cells.filter(cell => cell.match).length, compared: cells.length };
}
