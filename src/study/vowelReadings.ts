import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions } from '../core/options';
import { packageRoot } from '../core/packageRoot';
import { result } from '../core/result';
import { extraEpochs, studySettings } from '../data/studySettings';
import { publishedNetwork } from '../network/publishedNetwork';
import { train } from '../network/train';
import { publishedTable } from './publishedNumbers';
import { allVowelReadings, type VowelReading, vowelDataset } from './vowelReading';

/** The dense run of one initialisation under one reading. */
export interface VowelReadingRow extends VowelReading {
  /** Published initialisation, 1 to 10. */
  readonly init: number;
  /** 0-based index of the epoch that reached the benchmark, as the paper prints epochs. */
  readonly publishedEpoch: number;
  /** Of the test part, by the reading's accuracy rule. */
  readonly accuracy: number;
  /** Macro F1 of the test part, classes by the largest output. */
  readonly f1: number;
  /** Epochs + test rows + percentage points of F1 by which the run misses the paper's row. */
  readonly distance: number;
}

/** How near the readings of the study come to its dense vowel run. */
export interface VowelReadings {
  readonly kind: 'vowel-readings';
  /** Runs trained: readings x initialisations. */
  readonly runs: number;
  /** Runs that never reached the benchmark within the study's cap. */
  readonly unstopped: number;
  /** Runs that agree with the paper's row as printed. */
  readonly equal: {
    /** Runs that end at the paper's epoch. */
    readonly epoch: number;
    /** Runs with its accuracy. */
    readonly accuracy: number;
    /** Runs with its F1. */
    readonly f1: number;
    /** Runs with all three. */
    readonly all: number;
  };
  /** The nearest runs, nearest first. */
  readonly rows: readonly VowelReadingRow[];
}

/** Readings and starts that `vowelReadings` trains. */
export interface VowelReadingsOptions extends LongRunOptions {
  /** Default: `allVowelReadings`. */
  readonly readings?: readonly VowelReading[];
  /** Published initialisations. Default: 1 to 10. */
  readonly inits?: readonly number[];
  /** Rows to return. Default 20. */
  readonly nearest?: number;
}

/**
 * Trains the dense vowel network under many readings of the study and sets the runs beside the paper's row (Table 1: epoch 36,
 * accuracy .7462, F1 .7307). The published code cannot train its own vowel labels, the initialisation behind the row is not
 * known and no mask is published; no reading here gives the row. Some five minutes for all; `savedVowelReadings` reads the rows
 * that ship with the package.
 *
 * @throws RangeError for an initialisation that was not published
 * @example
 * import { allVowelReadings, vowelReadings } from 'legcnet';
 * const { equal } = await vowelReadings({ readings: [allVowelReadings[0]], inits: [1] });
 * equal.all; // 0
 */
export async function vowelReadings(options: VowelReadingsOptions = {}): Promise<VowelReadings> {
  checkOptions(options, { ...longRunOptionNames, readings: true, inits: true, nearest: true }, 'read vowel');
  const { readings = allVowelReadings, inits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], nearest = 20 } = options;
  const longRun = longRunOptions(options);
  const { layers, learningRate, benchmark, recordedEpochs } = studySettings.vowel;
  const { epochsDense, accDense, f1Dense } = publishedTable('table1').vowel ?? {};
  const outputs = layers[layers.length - 1];
  const networks = await Promise.all(inits.map(init => publishedNetwork('vowel', init, longRun)));
  const run = new LongRun(longRun);
  const rows: VowelReadingRow[] = [];
  const runs = readings.length * inits.length;
  let done = 0;
  for (const reading of readings) {
    const dataset = await vowelDataset(reading, longRun);
    for (const [i, network] of networks.entries()) {
      // Our losses are means over the outputs; the study's code divides by a number of its own.
      const trained = await train(network, dataset, {
        epochs: recordedEpochs + extraEpochs,
        learningRate: (learningRate * outputs) / reading.divisor,
        loss: reading.loss,
        accuracyRule: reading.rule,
        stop: { part: 'train', accuracy: benchmark },
        onProgress: () => {},
      });
      await run.pause({ task: 'Vowel readings', done: ++done, total: runs, unit: 'runs' });
      if (!trained.stopped) continue;
      const publishedEpoch = trained.epochCount - 1;
      const { testAccuracy: accuracy, testF1: f1 } = trained;
      const distance =
        Math.abs(publishedEpoch - epochsDense) +
        dataset.test.rows * Math.abs(accuracy - accDense) +
        100 * Math.abs(f1 - f1Dense);
      rows.push({ ...reading, init: inits[i], publishedEpoch, accuracy, f1, distance });
    }
  }
  run.finish({ task: 'Vowel readings', done, total: runs, unit: 'runs' });
  const is = {
    epoch: (row: VowelReadingRow) => row.publishedEpoch === epochsDense,
    accuracy: (row: VowelReadingRow) => row.accuracy.toFixed(4) === accDense?.toFixed(4),
    f1: (row: VowelReadingRow) => row.f1.toFixed(4) === f1Dense?.toFixed(4),
  };
  return result({
    kind: 'vowel-readings',
    runs,
    unstopped: runs - rows.length,
    equal: {
      epoch: rows.filter(is.epoch).length,
      accuracy: rows.filter(is.accuracy).length,
      f1: rows.filter(is.f1).length,
      all: rows.filter(row => is.epoch(row) && is.accuracy(row) && is.f1(row)).length,
    },
    rows: rows.sort((a, b) => a.distance - b.distance).slice(0, nearest),
  });
}

/**
 * The saved rows of `vowelReadings`, remade by `legcnet vowel --remake`.
 *
 * @example
 * import { savedVowelReadings } from 'legcnet';
 * savedVowelReadings().equal.all; // 0, no reading gives the row
 */
export function savedVowelReadings(): VowelReadings {
  const { runs, unstopped, equal, rows } = JSON.parse(
    readFileSync(vowelReadingsFile, 'utf8'),
  ) as VowelReadings;
  return result({ kind: 'vowel-readings', runs, unstopped, equal, rows });
}

/** The content of the file of saved rows, one line a row. */
export function vowelReadingsJson({ rows, runs, unstopped, equal }: VowelReadings): string {
  const about =
    'The dense vowel network trained under readings of the study from all published initialisations: the runs nearest to ' +
    "the paper's row (epoch 36, accuracy .7462, F1 .7307). Made by legcnet vowel --remake.";
  const lines = rows.map(row => `    ${JSON.stringify(row)}`);
  const counts = JSON.stringify({ about, runs, unstopped, equal }, null, 2).slice(0, -2);
  return `${counts},\n  "rows": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

export const vowelReadingsFile: string = join(packageRoot, 'data', 'vowelReadings.json');
