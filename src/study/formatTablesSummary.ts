import { alignedLines } from './formatStudyTable';
import type { TablesSummary } from './tablesSummary';

/** The counts as plain text, then every reason with its cells and the command that shows it. */
export function formatTablesSummary({ tables, all, unexplained, reasons }: TablesSummary): string {
  const header = ['', 'exact', 'inside', 'explained', 'unexplained'];
  const line = (name: string, counts: Omit<TablesSummary['all'], 'cells'>): string[] => [
    name,
    ...[counts.exact, counts.inside, counts.explained, counts.unexplained].map(String),
  ];
  return [
    `Cells of Tables 1 to 3 under procedure published, ${all.cells} with a printed result`,
    ...alignedLines([header, ...tables.map(each => line(`Table ${each.table}`, each)), line('all', all)]),
    '',
    'exact: one run of ours agrees at the printed precision; inside: the value could be one of our runs (95 %)',
    ...(unexplained.length === 0 ? [] : ['', 'Not explained:', ...unexplained.map(cell => `  ${cell}`)]),
    ...reasons.flatMap(({ reason, evidence, cells }) => [
      '',
      reason,
      `  ${cells.join(', ')}`,
      `  shown by: ${evidence}`,
    ]),
  ].join('\n');
}
