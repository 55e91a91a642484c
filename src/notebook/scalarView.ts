import { counted, shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import type { CellValue } from './table';

/**
 * The fields of a result under a title: numbers, words and truth values as they are, short lists and records of them in
 * one line, and of long series how many numbers they hold and from where to where.
 */
export function viewScalars(title: string, value: object): DisplayBundle {
  const rows = Object.entries(value).flatMap(([name, field]) => {
    const shown = name === 'kind' ? null : inLine(field);
    return shown === null ? [] : [[inWords(name), shown] as const];
  });
  return facts(title, rows);
}

const LONGEST_LIST = 12;

function inLine(field: unknown): CellValue {
  if (typeof field === 'boolean') return field ? 'yes' : 'no';
  if (isScalar(field)) return field;
  if (field instanceof Float64Array) return extent(field);
  if (Array.isArray(field)) {
    const isShort = field.length > 0 && field.length <= LONGEST_LIST;
    return isShort && field.every(isScalar) ? field.map(inWord).join(', ') : null;
  }
  // Typed arrays of whole numbers are codes and places; what they mean only their own room knows.
  if (typeof field !== 'object' || field === null || ArrayBuffer.isView(field)) return null;
  const entries = Object.entries(field);
  if (entries.length === 0 || !entries.every(([, item]) => isScalar(item))) return null;
  return entries.map(([name, item]) => `${inWords(name)} ${inWord(item)}`).join(', ');
}

function isScalar(field: unknown): field is string | number {
  return typeof field === 'number' || typeof field === 'string';
}

function inWord(item: string | number): string {
  return typeof item === 'number' ? shortNumber(item, 4) : item;
}

function extent(series: Float64Array): CellValue {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let present = 0;
  for (const value of series) {
    if (!Number.isFinite(value)) continue;
    present++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (present === 0) return null;
  const missing = series.length - present;
  const without = missing === 0 ? '' : `, ${shortNumber(missing)} without a value`;
  const range = low === high ? inWord(low) : `${inWord(low)} to ${inWord(high)}`;
  return `${range} (${counted(present, 'value')}${without})`;
}

/** `criticalValue` as `critical value`, `pValue` as `p-value`. */
function inWords(name: string): string {
  return name.replace(/^pValue/, 'p-value').replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
