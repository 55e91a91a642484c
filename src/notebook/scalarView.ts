import type { DisplayBundle } from './display';
import { facts } from './facts';
import type { CellValue } from './table';

/** Every plain field of a result under a title: numbers, words and truth values, and short lists of them. */
export function viewScalars(title: string, value: object): DisplayBundle {
  const rows = Object.entries(value).flatMap(([name, field]) => {
    const shown = name === 'kind' ? null : scalar(field);
    return shown === null ? [] : [[inWords(name), shown] as const];
  });
  return facts(title, rows);
}

const LONGEST_LIST = 12;

function scalar(field: unknown): CellValue {
  if (typeof field === 'number' || typeof field === 'string' || typeof field === 'boolean') return field;
  if (!Array.isArray(field) || field.length === 0 || field.length > LONGEST_LIST) return null;
  return field.every(item => typeof item === 'number' || typeof item === 'string') ? field.join(', ') : null;
}

/** `criticalValue` as `critical value`, `pValue` as `p-value`. */
function inWords(name: string): string {
  return name.replace(/^pValue/, 'p-value').replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
