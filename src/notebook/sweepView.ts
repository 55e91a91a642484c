import { counted } from '../figures/theme';
import { jobColumns, type Sweep, type SweptJob } from '../sweep/sweepResult';
import type { DisplayBundle } from './display';
import type { CellValue } from './table';
import { tableBundle } from './tableBundle';

/** Jobs shown; those that failed come first. */
const SHOWN = 20;

/** How every job stands, those that failed first, and what a reader must know before the rows are used. */
export function viewSweep(sweep: Sweep): DisplayBundle {
  const { jobs, done, failed, pending, rows } = sweep;
  const order = { failed: 0, pending: 1, done: 2 } as const;
  const shown = [...jobs].sort((a, b) => order[a.status] - order[b.status]).slice(0, SHOWN);
  const fields = shown.map(({ job }) => jobColumns(job));
  const names = [...new Set(fields.flatMap(columns => Object.keys(columns)))];
  const hasErrors = shown.some(({ error }) => error !== null);
  const cell = (value: unknown): CellValue =>
    typeof value === 'object' ? listText(value) : (value as CellValue);
  const others = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(pending > 0 ? [`${pending} pending`] : []),
  ];
  return tableBundle({
    columns: [...names, 'job', 'rows', ...(hasErrors ? ['error'] : [])],
    rows: shown.map((each, i) => [
      ...names.map(name => cell(fields[i][name])),
      each.status,
      each.rows.length,
      ...(hasErrors ? [each.error] : []),
    ]),
    totalRows: jobs.length,
    caption: `Sweep: ${[`${done} of ${counted(jobs.length, 'job')} done`, ...others].join(', ')}; ${counted(rows.length, 'row')}`,
    note: noteOf(sweep),
  });
}

/** What stands below the caption. */
function noteOf({ damaged, differing, versions, jobs }: Sweep): string {
  return [
    ...(damaged.length > 0
      ? [
          `Damaged results were found and not used: ${damaged.join(', ')}${remade(jobs) ? '; they were made again' : ''}.`,
        ]
      : []),
    ...(differing.length > 0
      ? [
          `${counted(differing.length, 'job')} gave other rows on another machine, and what came first is shown: compare processors and versions of Node before the rows are used.`,
        ]
      : []),
    ...(versions.length > 1
      ? [
          `Made by several versions of legcnet (${versions.join(', ')}): run again in a new folder what is to be compared.`,
        ]
      : []),
  ].join(' ');
}

function remade(jobs: readonly SweptJob[]): boolean {
  return jobs.every(({ status }) => status === 'done');
}

function listText(value: unknown): CellValue {
  return Array.isArray(value) ? value.join(', ') : null;
}
