import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { requireOneOf, requireWhole } from '../core/require';
import type { Procedure } from '../data/dataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import { datasetNames, type StudyName, studySettings } from '../data/studySettings';
import { cellReason, settingReason } from './cellReasons';
import { maskOverlap } from './maskOverlap';
import { publishedTable } from './publishedNumbers';
import { type RunValue, studyCell } from './studyCell';
import type { StudyRecord, StudyStart } from './studyRecord';
import { allStarts, type StudyRecordsOptions, studyRecords } from './studyRecords';
import { type RowMask, type StudyCell, type StudyRow, type StudyTable, studyTable } from './studyTable';
import { printedDecimals, runValue, type TableColumn, tableColumns } from './tableColumns';

/** Procedure, masks and data sets of a table, and whether its rows are trained again. */
export interface StudyTableOptions extends LongRunOptions {
  /** Default `published`. */
  readonly procedure?: Procedure;
  /**
   * Which masks LEGCNet's networks wear: those that the study lists (procedure `published` only, and its default; vowel and
   * MNIST then wear recomputed ones too, where none is published), or those that the procedure chooses from each start.
   */
  readonly masks?: 'published' | 'recomputed';
  /** Default: all seven. */
  readonly datasets?: readonly StudyName[];
  /**
   * `row`: under `published` the initialisation behind the paper's row, all of them where that is not known; under the other
   * procedures all starts, as distributions (default). `all`: one row an initialisation, 1 to 5. Or one of them.
   */
  readonly init?: 'row' | 'all' | number;
  /** Trains again instead of reading the rows that ship with the package. Default false. */
  readonly recompute?: boolean;
  /** Epochs after which a run is given up. Default: the study's, recorded epochs + 50. Another number trains again. */
  readonly maxEpochs?: number;
}

const optionNames: OptionNames<StudyTableOptions> = {
  procedure: true,
  masks: true,
  datasets: true,
  init: true,
  recompute: true,
  maxEpochs: true,
  ...longRunOptionNames,
};

const titles = {
  1: 'Table 1: dense networks and LEGCNet-FT',
  2: 'Table 2: LEGCNet-FT and LEGCNet-PT',
  3: 'Table 3: masks by chance (40 %), and the trained network cut by magnitude (10 %, though the text says 25 %)',
} as const;

/**
 * Table 1 of the paper: dense networks against LEGCNet-FT, every number computed by this package, from rows saved with it
 * unless `recompute` is set. FLOPs are the paper's, that is weights that are not removed; epochs are its 0-based index, one
 * less than the epochs trained.
 *
 * @throws RangeError for an initialisation outside 1 to 5, published masks under another procedure, or an unknown word
 * @example
 * import { table1 } from 'legcnet';
 * const { rows } = await table1({ datasets: ['iris'] });
 * Object.keys(rows[0].cells).length; // 10, five of the dense network and five of LEGCNet-FT
 */
export function table1(options: StudyTableOptions = {}): Promise<StudyTable> {
  return paperTable(1, options);
}

/**
 * Table 2 of the paper: LEGCNet-FT against LEGCNet-PT; otherwise as `table1`.
 *
 * @example
 * import { table2 } from 'legcnet';
 * const { rows } = await table2({ datasets: ['iris'] });
 * Object.keys(rows[0].cells).length; // 10
 */
export function table2(options: StudyTableOptions = {}): Promise<StudyTable> {
  return paperTable(2, options);
}

/**
 * Table 3 of the paper: masks by chance and by magnitude; otherwise as `table1`. The study's random masks cannot be drawn again
 * without its seed, so theirs are distributions over ten masks a start. The text names 25 % for magnitude; the printed numbers
 * come out of 10 % (`magnitudeRules`), and so do ours.
 *
 * @example
 * import { table3 } from 'legcnet';
 * const { rows } = await table3({ datasets: ['iris'] });
 * Object.keys(rows[0].cells).length; // 5
 */
export function table3(options: StudyTableOptions = {}): Promise<StudyTable> {
  return paperTable(3, options);
}

async function paperTable(table: 1 | 2 | 3, options: StudyTableOptions): Promise<StudyTable> {
  const task = `make Table ${table}`;
  checkOptions(options, optionNames, task);
  const { procedure = 'published', datasets = datasetNames, init = 'row', recompute = false } = options;
  const { masks = procedure === 'published' ? 'published' : 'recomputed' } = options;
  requireOneOf(procedure, ['published', 'described', 'sound'], 'procedure', task);
  requireOneOf(masks, ['published', 'recomputed'], 'masks', task);
  for (const name of datasets) requireOneOf(name, datasetNames, 'datasets', task);
  if (masks === 'published' && procedure !== 'published') {
    throw new RangeError(
      `Cannot ${task}: masks are published under procedure 'published' only, '${procedure}' came; take masks 'recomputed'`,
    );
  }
  const { maxEpochs } = options;
  if (maxEpochs !== undefined) requireWhole(maxEpochs, 1, 'maxEpochs', task);
  const how: StudyRecordsOptions = {
    recompute,
    ...(maxEpochs === undefined ? {} : { maxEpochs }),
    ...longRunOptions(options),
  };
  const rows: StudyRow[] = [];
  for (const name of datasets) {
    const wears = masks === 'published' && name !== 'vowel' ? 'published' : 'recomputed';
    for (const starts of rowStarts(name, procedure, init)) {
      const records = await studyRecords(name, procedure, wears, starts, how);
      if (records.length === 0) continue;
      const row = studyRow(table, records);
      rows.push(wears === masks && masks === 'recomputed' ? await withOverlap(table, row, records) : row);
    }
  }
  const columns = Object.fromEntries(
    Object.keys(tableColumns[table]).map(name => [name, decimals(table, name)]),
  );
  return studyTable({ table, title: titles[table], procedure, masks, columns, rows });
}

const PUBLISHED_MASKS = 5;

/** The starts of each row of one data set. */
function rowStarts(name: StudyName, procedure: Procedure, init: 'row' | 'all' | number): StudyStart[][] {
  const { initialisation, initialisations } = studySettings[name];
  const inits = Array.from({ length: initialisations }, (_, i) => ({ init: i + 1 }));
  if (init === 'row') {
    if (procedure === 'published' && initialisation !== null && name !== 'mnist')
      return [[{ init: initialisation }]];
    return [procedure === 'published' || name === 'mnist' ? inits : [...allStarts(name)]];
  }
  if (init === 'all') return inits.slice(0, PUBLISHED_MASKS).map(start => [start]);
  if (typeof init === 'number' && Number.isInteger(init) && init >= 1 && init <= PUBLISHED_MASKS) {
    return [[{ init }]];
  }
  throw new RangeError(`Cannot make a table row: init must be 'row', 'all' or 1 to 5, got ${init}`);
}

function decimals(table: 1 | 2 | 3, column: string): number {
  const source = tableColumns[table][column];
  return printedDecimals[source === 'setting' ? source : source.quantity];
}

function studyRow(table: 1 | 2 | 3, records: readonly StudyRecord[]): StudyRow {
  const [{ dataset, procedure, start }] = records;
  const behindRow = studySettings[dataset].initialisation;
  const isSingle = records.length === 1;
  const isPaperRow = !isSingle || ('init' in start && start.init === behindRow);
  const printed = isPaperRow ? publishedTable(`table${table}`)[dataset] : undefined;
  const cells = Object.entries(tableColumns[table]).map(([column, source]): [string, StudyCell] => {
    const published = printed?.[column] ?? null;
    if (source === 'setting')
      return [column, { published, ours: null, match: null, ...settingReason(dataset) }];
    const values = behind(records, source).flatMap(record => runValues(record, source));
    const known = cellReason(table, dataset, column, procedure, values);
    return [column, studyCell(values, published, decimals(table, column), known)];
  });
  return {
    dataset,
    init: isSingle && 'init' in start ? start.init : null,
    starts: records.length,
    cells: Object.fromEntries(cells),
  };
}

/**
 * The records of a column. What a listed mask removes is known of the initialisation behind the row, however training went:
 * it is not spread over the others.
 */
function behind(
  records: readonly StudyRecord[],
  { quantity }: Exclude<TableColumn, 'setting'>,
): readonly StudyRecord[] {
  const [{ dataset, masks }] = records;
  const isCount = quantity === 'flops' || quantity === 'removed' || quantity === 'prunedPercent';
  const own = records.find(
    ({ start }) => 'init' in start && start.init === studySettings[dataset].initialisation,
  );
  return isCount && masks === 'published' && own !== undefined ? [own] : records;
}

/** One value a run of the arm; without a run the reason for it. */
function runValues(
  { arms, noMask, dataset }: StudyRecord,
  { arm, quantity }: Exclude<TableColumn, 'setting'>,
): RunValue[] {
  const why = arm === 'FT' || arm === 'PT' ? noMask[arm] : undefined;
  return why === undefined
    ? arms[arm].map(outcome => runValue(outcome, quantity, dataset))
    : [{ missing: why }];
}

/** The row with the masks behind it, where one initialisation has a published mask to set beside. */
async function withOverlap(
  table: 1 | 2 | 3,
  row: StudyRow,
  records: readonly StudyRecord[],
): Promise<StudyRow> {
  const { dataset, init } = row;
  if (table === 3 || init === null || dataset === 'vowel') return row;
  const masks: Partial<Record<LegcnetVariant, RowMask>> = {};
  for (const variant of table === 1 ? (['FT'] as const) : (['FT', 'PT'] as const)) {
    const outcome = records[0].arms[variant].at(0);
    if (outcome === undefined || typeof outcome.removed === 'number') continue;
    const { removed, weights } = outcome;
    const published = await publishedMaskIndices(dataset, variant, init);
    masks[variant] = { removed, ...maskOverlap(published, removed, weights) };
  }
  return { ...row, masks };
}
