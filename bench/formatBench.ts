import type { BenchRow } from './benchRow';
import type { Machine } from './machine';
import type { Limits } from './roofline';
import type { Bench } from './runBench';

/** A bench as plain text. */
export function formatBench({ machine, peers, rows, quick, limits }: Bench): string {
  return [
    ...(rows.length === 0 ? [] : [...rowLines(rows), '', ...rows.flatMap(notes), '']),
    ...(limits === null ? [] : [...limitLines(limits), '']),
    ...machineLines(machine),
    ...(peers === null
      ? rows.some(({ targetRatio }) => targetRatio !== null)
        ? ['The programs beside us could not be installed (reason above): their columns are empty.']
        : []
      : [
          Object.entries(peers)
            .map(([name, version]) => `${name} ${version}`)
            .join(', '),
        ]),
    ...(quick ? ['Quick run: small samples, few rounds.'] : []),
  ].join('\n');
}

function rowLines(rows: readonly BenchRow[]): string[] {
  return aligned([
    ['task', 'ours', 'peer', 'ratio', 'target', 'met'],
    ...rows.map(row => [
      row.task,
      amount(row.ours, row.unit),
      row.peer === null ? '–' : amount(row.peer.value, row.unit),
      row.ratio === null ? '–' : `${row.ratio.toPrecision(3)}x`,
      row.target || '–',
      row.met === null ? '–' : row.met ? 'yes' : 'NO',
    ]),
  ]);
}

function limitLines({ peak, kernels }: Limits): string[] {
  const giga = (value: number): string => (value / 1e9).toPrecision(3);
  return [
    ...aligned([
      ['kernel', 'flops', 'bytes', 'time', 'flops/byte', 'Gflop/s', 'attainable', 'share'],
      ...kernels.map(({ kernel, flops, bytes, seconds, intensity, flopsPerSecond, attainable, share }) => [
        kernel,
        Math.round(flops).toLocaleString('en'),
        Math.round(bytes).toLocaleString('en'),
        `${shortAmount(1e6 * seconds)} us`,
        shortAmount(intensity),
        giga(flopsPerSecond),
        giga(attainable),
        `${Math.round(100 * share)} %`,
      ]),
    ]),
    '',
    ...kernels.map(({ kernel, counted }) => `${kernel}: ${counted}`),
    `Attainable is the smaller of the SIMD peak, ${giga(peak.simdFlops)} Gflop/s (plain JavaScript ${giga(peak.scalarFlops)}), and ` +
      `flops/byte times memory, ${giga(peak.memoryBytes)} GB/s, all measured in this run on one processor.`,
  ];
}

/** Three significant digits, without powers of ten. */
function shortAmount(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** Rows of cells as lines, columns under one another. */
function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = table[0].map((_, column) => Math.max(...table.map(cells => cells[column].length)));
  return table.map(cells =>
    cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  '),
  );
}

function machineLines({ processor, processors, node, loadBefore, loadAfter, share }: Machine): string[] {
  return [
    `${processor}, ${processors} processors, Node ${node}; load ${loadBefore.toFixed(2)} before, ${loadAfter.toFixed(2)} after.`,
    share < 0.95
      ? `The machine was busy: this process had ${Math.round(100 * share)} % of a processor. Figures of an idle machine are better.`
      : 'The machine was idle enough: this process had a processor for itself.',
  ];
}

function notes({ task, note, peer }: BenchRow): string[] {
  const parts = [...(note === '' ? [] : [note]), ...(peer === null ? [] : [`${peer.name}: ${peer.how}`])];
  return parts.length === 0 ? [] : [`${task.trim()}: ${parts.join('; ')}`];
}

function amount(value: number, unit: BenchRow['unit']): string {
  // Times below a tenth of a second keep three digits.
  const isPure = unit === 'slope' || unit === 'x';
  const digits = isPure ? 2 : unit !== 's' || value >= 100 ? 0 : value >= 0.1 ? 2 : 5;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === 'x' ? `${text}x` : `${text} ${unit}`;
}
