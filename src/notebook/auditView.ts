import type { DatasetAudit } from '../data/auditDataset';
import type { OriginalComparison } from '../data/compareWithOriginal';
import { counted, shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import { type CellValue, tableHtml, tableText } from './table';

/** Features that are listed; of images the rest is pixels like these. */
const LISTED = 12;

/** What a table holds, then its features, then how each procedure splits and scales it. */
export function viewAudit(audit: DatasetAudit): DisplayBundle {
  const { name, rows, classes, features, missing, repeated, contradicted, constant, splits } = audit;
  const head = facts(`Data set ${name}: ${counted(rows, 'row')}, ${counted(features.length, 'feature')}`, [
    ['classes', classes.map(each => `${each.name} ${shortNumber(each.rows)}`).join(', ')],
    ['cells without a value', missing],
    ['rows that repeat an earlier one', repeated],
    ['rows whose features occur with another class', contradicted],
    ['features with one value', constant],
  ]);
  const featureTable = tableOf(
    features.slice(0, LISTED).map(({ classes: _, ...each }) => ({ ...each, outliers: each.outliers })),
    features.length,
    'Features, as they came',
    'outliers: beyond three interquartile ranges from the quartiles',
  );
  const splitTable = tableOf(
    splits.map(each => ({
      procedure: each.procedure,
      training: each.train,
      validation: each.validation,
      test: each.test,
      'test (%)': 100 * each.testShare,
      'test rows seen in training': each.testSeen,
      'of another class there': each.testMisled,
      'different rows: raw': each.distinct,
      scaled: each.distinctScaled,
      'test scaled otherwise, by up to':
        each.testShift === null ? 'rows, not features, are scaled' : each.testShift,
    })),
    splits.length,
    'Split and scaling',
    '',
  );
  const parts = [featureTable, splitTable];
  return {
    'text/html': [head['text/html'], ...parts.map(tableHtml)].join('\n'),
    'text/plain': [head['text/plain'], ...parts.map(tableText)].join('\n\n'),
  };
}

function tableOf(
  records: readonly Readonly<Record<string, CellValue>>[],
  totalRows: number,
  caption: string,
  note: string,
): Parameters<typeof tableText>[0] {
  const columns = [...new Set(records.flatMap(record => Object.keys(record)))];
  return {
    columns,
    rows: records.map(record => columns.map(each => record[each])),
    totalRows,
    caption,
    note,
  };
}

/** Where the study's copy departs from the original. */
export function viewOriginal(comparison: OriginalComparison): DisplayBundle {
  const { dataset, original, rows, originalRows, leftOut, differences } = comparison;
  const shown = differences
    .slice(0, LISTED)
    .map(
      ({ row, column, original: before, study }) =>
        [
          `row ${row}, ${column}`,
          `${shortNumber(before, 6)} in the original, ${shortNumber(study, 6)} in the study`,
        ] as const,
    );
  return facts(`Rows of ${dataset}: the study beside the original`, [
    ['original', original ?? 'the study’s rows are not public'],
    ['rows', `${shortNumber(rows)} of ${shortNumber(originalRows)}`],
    ['left out for a missing value', leftOut],
    ['numbers that differ', differences.length],
    ...shown,
  ]);
}
