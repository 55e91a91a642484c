import type { StudyTable } from './studyTable';
import { type TableColumn, tableColumns } from './tableColumns';

/** A column's name in words: what is counted, and of which network. */
export interface ColumnHeading {
  readonly quantity: string;
  /** Empty for a column of the whole row. */
  readonly arm: string;
}

const quantities = {
  flops: 'FLOPs',
  removed: 'removed',
  epochs: 'epochs',
  accuracy: 'test accuracy',
  f1: 'macro F1',
  prunedPercent: 'removed (%)',
} as const;

/** The heading of a table's column; a column that no table of the paper has keeps its name. */
export function columnHeading({ table }: Pick<StudyTable, 'table'>, name: string): ColumnHeading {
  const columns = (tableColumns as Readonly<Record<number, Readonly<Record<string, TableColumn>>>>)[table];
  const column = columns?.[name];
  if (column === undefined) return { quantity: name, arm: '' };
  if (column === 'setting') return { quantity: 'epochs used', arm: '' };
  return { quantity: quantities[column.quantity], arm: column.arm };
}
