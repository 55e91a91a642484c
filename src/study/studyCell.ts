import { cellDistribution } from './cellDistribution';
import type { StudyCell } from './studyTable';

/** A value of one run, or the sentence that says why there is none. */
export type RunValue = number | { readonly missing: string };

/** Why a cell differs from the paper, and the command whose output shows it. */
export interface CellReason {
  readonly reason: string;
  readonly evidence: string;
}

/**
 * One cell of a table: one run is compared with the paper's value after rounding to its decimals, several are given as a
 * distribution.
 *
 * @param values one a run, at least one
 * @param known what is known of a cell that differs; used only where it does
 */
export function studyCell(
  values: readonly RunValue[],
  published: number | null,
  decimals: number,
  known: CellReason | undefined,
): StudyCell {
  const numbers = values.filter(value => typeof value === 'number');
  const missing = values.find(value => typeof value !== 'number');
  if (numbers.length === 0) {
    const differs = { published, ours: null, match: published === null ? null : false };
    return { ...differs, ...(known ?? { reason: missing?.missing ?? 'No run.' }) };
  }
  if (values.length === 1) {
    const [ours] = numbers;
    if (published === null) return { published, ours, match: null };
    const match = ours.toFixed(decimals) === published.toFixed(decimals);
    return { published, ours, match, ...(match ? {} : known) };
  }
  const distribution = cellDistribution(numbers, values.length - numbers.length, published, decimals);
  const isOutside = published !== null && distribution.inside !== true;
  const agreeAll = values.every(
    value => typeof value === 'number' && value.toFixed(decimals) === published?.toFixed(decimals),
  );
  const match = agreeAll ? true : null;
  return { published, ours: distribution.mean, match, distribution, ...(isOutside ? known : {}) };
}
