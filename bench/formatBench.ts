import type { BenchRow } from './benchRow';
import type { Bench } from './runBench';

/** A bench as plain text. */
export function formatBench({ machine, peers, rows, quick }: Bench): string {
  const table = [
    ['task', 'ours', 'peer', 'ratio', 'target', 'met'],
    ...rows.map(row => [
      row.task,
      amount(row.ours, row.unit),
      row.peer === null ? '–' : amount(row.peer.value, row.unit),
      row.ratio === null ? '–' : `${row.ratio.toPrecision(3)}x`,
      row.target || '–',
      row.met === null ? '–' : row.met ? 'yes' : 'NO',
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map(cells => cells[column].length)));
  const lines = table.map(cells =>
    cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  '),
  );
  const { processor, processors, node, loadBefore, loadAfter, share } = machine;
  return [
    ...lines,
    '',
    ...rows.flatMap(notes),
    '',
    `${processor}, ${processors} processors, Node ${node}; load ${loadBefore.toFixed(2)} before, ${loadAfter.toFixed(2)} after.`,
    share < 0.95
      ? `The machine was busy: this process had ${Math.round(100 * share)} % of a processor. Figures of an idle machine are better.`
      : 'The machine was idle enough: this process had a processor for itself.',
    peers === null
      ? 'The programs beside us could not be installed (reason above): their columns are empty.'
      : Object.entries(peers)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
    ...(quick ? ['Quick run: small samples, few rounds.'] : []),
  ].join('\n');
}

function notes({ task, note, peer }: BenchRow): string[] {
  const parts = [...(note === '' ? [] : [note]), ...(peer === null ? [] : [`${peer.name}: ${peer.how}`])];
  return parts.length === 0 ? [] : [`${task.trim()}: ${parts.join('; ')}`];
}

function amount(value: number, unit: BenchRow['unit']): string {
  const digits = (unit === 's' || unit === 'slope') && value < 100 ? 2 : 0;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
