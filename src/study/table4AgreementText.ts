import type { Table4Agreement, ValueRange } from './table4Agreement';
import type { TextTable } from './textTable';

/** The two readings of each layer; `≠` where they exclude each other. */
export function table4AgreementText({
  rows,
  otherLargest,
  otherAlpha,
  recovered,
  ours,
}: Table4Agreement): TextTable {
  const columns = [
    'network',
    'layer',
    'largest: Table 4',
    '',
    'its figure',
    'ours',
    'alpha: Table 4',
    '',
    'its figure',
    'ours',
  ];
  const body = rows.map(row => [
    row.network,
    String(row.layer),
    range(row.tableLargest, 1),
    row.sameLargest ? '' : '≠',
    range(row.figureLargest, 1),
    range(row.ourLargest, 1),
    row.tableAlpha.toFixed(2),
    row.sameAlpha ? '' : '≠',
    range(row.figureAlpha, 2),
    range(row.ourAlpha, 2),
  ]);
  return {
    title: "Table 4 beside the paper's own figures: the largest eigenvalue of each layer, and alpha",
    columns,
    rows: body,
    notes: [
      `Of ${rows.length} layers ${otherLargest} have another largest eigenvalue in Table 4 than in their figure, ${otherAlpha} another alpha.`,
      `Check of the reckoning: ${recovered} of ${ours} largest eigenvalues of our own layers lie in the range that their printed columns imply.`,
    ],
  };
}

function range([low, high]: ValueRange, decimals: number): string {
  return `${low.toFixed(decimals)}–${high.toFixed(decimals)}`;
}
