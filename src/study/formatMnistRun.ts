import { alignedLines } from './formatStudyTable';
import type { MnistReading } from './mnistOutcome';
import type { MnistRun } from './mnistRun';

/** Rows of runs, ready for a table: one a network. */
export interface MnistTable {
  readonly caption: string;
  readonly columns: string[];
  readonly rows: (string | number)[][];
  readonly note: string;
}

/** Epochs are the paper's, 0-based. A network that misses the benchmark has its last epoch behind `>`. */
export function mnistTable(runs: readonly MnistRun[]): MnistTable {
  const reading = ({ stopped, publishedEpoch, accuracy, f1 }: MnistReading): string[] => [
    stopped ? String(publishedEpoch) : `> ${publishedEpoch}`,
    accuracy.toFixed(4),
    f1.toFixed(4),
  ];
  return {
    caption: `MNIST 784-50-30-10, ${runs.map(({ init }) => `initialisation ${init}`).join(', ')}`,
    columns: [
      'init',
      'network',
      'removed',
      'FLOPs',
      'epoch',
      'accuracy',
      'F1',
      'as coded: epoch',
      'accuracy',
      'F1',
    ],
    rows: runs.flatMap(({ init, networks }) =>
      networks.map(({ network, removed, flops, asIntended, asCoded }) => [
        init,
        network,
        removed,
        flops,
        ...reading(asIntended),
        ...reading(asCoded),
      ]),
    ),
    note: runs.flatMap(searchNotes).join('; '),
  };
}

/** The same as plain text. */
export function formatMnistRuns(runs: readonly MnistRun[]): string {
  const { caption, columns, rows } = mnistTable(runs);
  return [
    caption,
    ...alignedLines([columns, ...rows.map(cells => cells.map(String))]),
    ...runs.flatMap(searchNotes),
    ...runs.map(
      ({ init, cost }) =>
        `initialisation ${init}: ${cost.seconds.toFixed(0)} s (${cost.cpuSeconds.toFixed(0)} s of processor time), at most ${(cost.peakBytes / 1e9).toFixed(2)} GB`,
    ),
  ].join('\n');
}

function searchNotes({ init, searches }: MnistRun): string[] {
  return searches.map(
    ({ variant, windows, removedByLayer, overlap }) =>
      `initialisation ${init}, ${variant}: ${windows} windows, removed of layers 1, 2, 3: ${removedByLayer.join(', ')}; of the ` +
      `last 1800 weights the study removed ${overlap.published}, shared ${overlap.shared}, by chance ${overlap.chance.toFixed(1)}`,
  );
}
