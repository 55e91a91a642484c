import type { Dataset, Part, Procedure } from './dataset';
import type { Encoded } from './encoding';
import { RowKeys } from './rowKeys';
import type { Samples } from './samples';

/** How one procedure splits and scales a table, and what comes of it. */
export interface SplitAudit {
  /** The procedure looked at. */
  readonly procedure: Procedure;
  /** Training rows. */
  readonly train: number;
  /** 0 where there is no such part. */
  readonly validation: number;
  /** Test rows. */
  readonly test: number;
  /** Test rows of all rows used. */
  readonly testShare: number;
  /** Largest difference between the shares of a class in training and test part. */
  readonly classGap: number;
  /** Test rows whose features occur in the training part as well. */
  readonly testSeen: number;
  /** Test rows whose features occur in the training part, but never with their class. */
  readonly testMisled: number;
  /** Features with one value throughout the training part. */
  readonly constantInTraining: number;
  /** Whether one straight line a feature takes the training rows to their scaled values. */
  readonly byFeature: boolean;
  /**
   * Largest |scaled test value - what that line gives|, in scaled units: 0 where the test part is scaled as the training part
   * is, above 0 where it is scaled by itself. Null where no such line exists.
   */
  readonly testShift: number | null;
  /** Different rows before scaling, training and test part together. */
  readonly distinct: number;
  /** Different rows after scaling. */
  readonly distinctScaled: number;
  /** Rows that share their features with a row of another class, before scaling. */
  readonly contradicted: number;
  /** Rows that share their scaled features with a row of another class. */
  readonly contradictedScaled: number;
  /** The data set's sentence on the split. */
  readonly split: string;
  /** The data set's sentence on scaling. */
  readonly scaling: string;
}

/** What a prepared data set did to the rows it came from. */
export function splitAudit(samples: Samples, dataset: Dataset): SplitAudit {
  const { train, validation, test, procedure, classes, split, scaling } = dataset;
  const encoded = samples.encode(train.sourceRows);
  const columns = encoded.features.length;
  const raw = new RowKeys(encoded.inputs, columns);
  const rawKeys = [train, test].map(part => Array.from(part.sourceRows, row => raw.at(row)));
  const scaledKeys = [train, test].map(part => {
    const keys = new RowKeys(part.inputs, columns);
    return Array.from(part.sourceRows, (_, row) => keys.at(row));
  });
  const labels = [...train.labels, ...test.labels];
  const [seen, misled] = seenInTraining(rawKeys, train, test);
  const used = train.rows + (validation?.rows ?? 0) + test.rows;
  return {
    procedure,
    train: train.rows,
    validation: validation?.rows ?? 0,
    test: test.rows,
    testShare: test.rows / used,
    classGap: classes.reduce(
      (most, _, c) => Math.max(most, Math.abs(shareOf(train, c) - shareOf(test, c))),
      0,
    ),
    testSeen: seen,
    testMisled: misled,
    ...scalingOf(encoded, train, test),
    distinct: new Set(rawKeys.flat()).size,
    distinctScaled: new Set(scaledKeys.flat()).size,
    contradicted: contradictedRows(rawKeys.flat(), labels),
    contradictedScaled: contradictedRows(scaledKeys.flat(), labels),
    split,
    scaling,
  };
}

function shareOf({ labels, rows }: Part, label: number): number {
  return labels.reduce((sum, each) => sum + (each === label ? 1 : 0), 0) / rows;
}

function seenInTraining(
  [trainKeys, testKeys]: readonly string[][],
  train: Part,
  test: Part,
): [number, number] {
  const known = new Map<string, Set<number>>();
  for (const [row, key] of trainKeys.entries()) {
    known.set(key, (known.get(key) ?? new Set()).add(train.labels[row]));
  }
  const seen = testKeys.flatMap((key, row) => {
    const labels = known.get(key);
    return labels === undefined ? [] : [labels.has(test.labels[row])];
  });
  return [seen.length, seen.filter(isRight => !isRight).length];
}

function contradictedRows(keys: readonly string[], labels: ArrayLike<number>): number {
  const classes = new Map<string, Set<number>>();
  for (const [row, key] of keys.entries()) classes.set(key, (classes.get(key) ?? new Set()).add(labels[row]));
  return keys.filter(key => classes.get(key)!.size > 1).length;
}

/** Scaled values may miss their line by so much through rounding. */
const ROUNDING = 1e-9;

/** Looks for the line of every feature from its smallest and largest training value, and tries it on the other rows. */
function scalingOf(
  { inputs, features }: Encoded,
  train: Part,
  test: Part,
): Pick<SplitAudit, 'constantInTraining' | 'byFeature' | 'testShift'> {
  const columns = features.length;
  const rawOf = (part: Part, row: number, c: number): number => inputs[part.sourceRows[row] * columns + c];
  let constantInTraining = 0;
  let trainMiss = 0;
  let testMiss = 0;
  for (let c = 0; c < columns; c++) {
    let [low, high] = [-1, -1];
    for (let row = 0; row < train.rows; row++) {
      const value = rawOf(train, row, c);
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < rawOf(train, low, c)) low = row;
      if (high < 0 || value > rawOf(train, high, c)) high = row;
    }
    const [from, to] = [rawOf(train, low, c), rawOf(train, high, c)];
    if (from === to) {
      constantInTraining++;
      continue;
    }
    const [scaledFrom, scaledTo] = [train.inputs[low * columns + c], train.inputs[high * columns + c]];
    const slope = (scaledTo - scaledFrom) / (to - from);
    const largestMiss = (part: Part): number => {
      let most = 0;
      for (let row = 0; row < part.rows; row++) {
        const value = rawOf(part, row, c);
        if (Number.isNaN(value)) continue;
        most = Math.max(most, Math.abs(part.inputs[row * columns + c] - scaledFrom - slope * (value - from)));
      }
      return most;
    };
    trainMiss = Math.max(trainMiss, largestMiss(train));
    testMiss = Math.max(testMiss, largestMiss(test));
  }
  const byFeature = trainMiss < ROUNDING;
  const shift = testMiss < ROUNDING ? 0 : testMiss;
  return { constantInTraining, byFeature, testShift: byFeature ? shift : null };
}
