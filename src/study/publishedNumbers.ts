import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';

/** Cells of one table of the paper: row name, column name, value as printed. */
export type PublishedTable = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * A table of the paper as printed, or an empty one when `data/published.json` is absent: our numbers never depend on it.
 * Epochs are 0-based indices there. The magnitude columns of Table 3 stand for a share of 25 % by the text, and come out of
 * 10 % of the trained weights (`magnitudeRules`).
 */
export function publishedTable(table: 'table1' | 'table2' | 'table3' | 'table4'): PublishedTable {
  const path = join(packageRoot, 'data', 'published.json');
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, 'utf8'))[table];
}
