import type { PairedDifference } from '../statistics/pairedDifference';
import type { ChoiceComparison, ChoiceRow, ChoiceStudy } from './choiceStudy';
import { alignedLines } from './formatStudyTable';

/** The study as plain text: one block a data set, procedure and variant, one line a rival. */
export function formatChoiceStudy({ rows, margin }: ChoiceStudy): string {
  return [
    `LEGCNet minus rival, start by start: mean [95 % interval: ${intervalWords(rows)}] p of Wilcoxon;`,
    `equivalent: accuracy within ±${margin} (two one-sided tests, 5 %)`,
    ...rows.flatMap(row => ['', ...rowLines(row)]),
  ].join('\n');
}

/** How the intervals of some rows are made. */
export function intervalWords(rows: readonly ChoiceRow[]): string {
  const compared = rows.filter(row => row.compared > 0);
  if (compared.every(row => row.intervals === 'bootstrap')) return 'bootstrap';
  return compared.every(row => row.intervals === 'student')
    ? 'Student’s t'
    : 'bootstrap, of fewer than 8 starts Student’s t';
}

function rowLines(row: ChoiceRow): string[] {
  const { procedure, variant, dataset, starts, compared, noMask, nothingRemoved, allRemoved } = row;
  const { removedShare, agreement, unstopped } = row;
  const left = [
    `${compared} of ${starts} starts compared`,
    ...(noMask > 0 ? [`${noMask} without a mask`] : []),
    ...(nothingRemoved > 0 ? [`${nothingRemoved} remove nothing`] : []),
    ...(allRemoved > 0 ? [`${allRemoved} remove everything`] : []),
  ].join(', ');
  const title = `${dataset}, LEGCNet-${variant}, procedure ${procedure}: ${left}`;
  if (compared === 0) return [title];
  const likeness =
    agreement === null
      ? ''
      : `; masks of different starts: Jaccard ${agreement.jaccard.toFixed(3)}, by chance ${agreement.chance.toFixed(3)} ± ${agreement.chanceSd.toFixed(3)}`;
  const header = ['rival', 'accuracy', 'macro F1', 'epochs', 'equivalent', 'never stops'];
  return [
    title,
    `${(100 * removedShare).toFixed(1)} % removed; never stops: ${(100 * unstopped.share).toFixed(0)} %${likeness}`,
    ...alignedLines([header, ...row.comparisons.map(comparisonCells)]),
  ];
}

function comparisonCells({
  rival,
  accuracy,
  f1,
  epochs,
  equivalence,
  unstopped,
}: ChoiceComparison): string[] {
  return [
    rival,
    differenceText(accuracy, 4),
    differenceText(f1, 4),
    differenceText(epochs, 1),
    equivalence.status === 'ok' ? (equivalence.equivalent ? 'yes' : 'not shown') : '–',
    `${(100 * unstopped.share).toFixed(0)} %`,
  ];
}

/** `0.0021 [-0.0010, 0.0051] p 0.31`; without an interval the mean alone. */
export function differenceText(
  { mean, low, high, pValue, status }: PairedDifference,
  decimals: number,
): string {
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(decimals)}`;
  if (status !== 'ok') return Number.isFinite(mean) ? `${signed(mean)} (no interval)` : '–';
  const p = Number.isNaN(pValue) ? '–' : pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
  return `${signed(mean)} [${signed(low)}, ${signed(high)}] p ${p}`;
}
