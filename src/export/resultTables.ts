import { type GrangerScan, testStatuses } from '../causality/grangerScan';
import { weightPlace } from '../figures/weightPlace';
import { factColumns } from '../notebook/facts';
import type { CellValue, FrameLike } from '../notebook/table';
import { dataMime, type TableParts } from '../notebook/tableBundle';
import { type Kinded, viewOf } from '../notebook/views';

/** Whether a value is a data frame: columns by name, and values in rows. */
export function isFrame(value: unknown): value is FrameLike {
  const { columns, values, kind } = (value ?? {}) as Partial<FrameLike> & { readonly kind?: unknown };
  return kind === undefined && Array.isArray(columns) && Array.isArray(values);
}

/** Whether a value is a list of records whose fields all fit into a cell. */
export function isRecords(value: unknown): value is ReadonlyArray<Readonly<Record<string, CellValue>>> {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function isRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    return false;
  }
  const cells = ['string', 'number', 'boolean', 'undefined'];
  const fields = Object.values(value);
  return fields.length > 0 && fields.every(field => field === null || cells.includes(typeof field));
}

/** The table that a result shows in a notebook; undefined where it shows none, or only named values. */
export function shownTable(value: unknown): TableParts | undefined {
  if (typeof (value as Partial<Kinded> | null | undefined)?.kind !== 'string') return undefined;
  const shown = viewOf(value as Kinded)?.[dataMime] as TableParts | undefined;
  return shown === undefined || String(shown.columns) === String(factColumns) ? undefined : shown;
}

/** One line a weight. */
export function scanTable(scan: GrangerScan): TableParts {
  const { layers, weights, windows, test, lag, statistic, geweke, pValue, status } = scan;
  return {
    columns: ['weight', 'layer', 'from', 'to', test, 'Geweke', 'p-value', 'lag', 'status'],
    rows: Array.from({ length: weights }, (_, k) => {
      const { layer, from, to } = weightPlace(layers, k);
      return [k, layer, from, to, statistic[k], geweke[k], pValue[k], lag[k], testStatuses[status[k]]];
    }),
    totalRows: weights,
    caption: `Granger tests of ${weights} weights over ${windows} windows`,
    note: 'weights count from 0; layers, from and to from 1; p-values not corrected',
  };
}
