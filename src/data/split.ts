import { NumpyRandom } from '../statistics/numpyRandom';
import { type Random, shuffleInPlace } from '../statistics/random';

/** Row numbers of each part; `validation` is null where there is none. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array | null;
  readonly test: Int32Array;
}

/** The number of rows that a class needs is looked for up to here: for shares of nearly 0 it would take for ever. */
const MOST_NEEDED = 100_000;

/** All rows in NumPy's legacy shuffle of a seed; the first int((1 - testShare) rows) are for training, the rest for testing. */
export function shuffledSplit(rows: number, testShare: number, seed: number): Split {
  const order = new NumpyRandom(seed).permutation(rows);
  const cut = Math.trunc((1 - testShare) * rows);
  return { train: order.slice(0, cut), validation: null, test: order.slice(cut) };
}

/**
 * Rows in random order, dealt out so that every part has each class in its share, rounded to whole rows.
 *
 * @param labels class index of each row
 * @param classes names of the classes
 * @throws RangeError when a class has too few rows to appear in every part
 */
export function stratifiedSplit(
  labels: Int32Array,
  classes: readonly string[],
  testShare: number,
  validationShare: number,
  random: Random,
): Split {
  const order = shuffleInPlace(
    Int32Array.from(labels, (_, row) => row),
    random,
  );
  const [train, validation, test]: number[][] = [[], [], []];
  for (const [label, name] of classes.entries()) {
    const members = order.filter(row => labels[row] === label);
    const deal = dealt(members.length, testShare, validationShare);
    if (deal === undefined) {
      let least = members.length + 1;
      while (least <= MOST_NEEDED && dealt(least, testShare, validationShare) === undefined) least++;
      const needed = least > MOST_NEEDED ? `more than ${MOST_NEEDED}` : least;
      throw new RangeError(
        `Class '${name}' has ${members.length} ${members.length === 1 ? 'row' : 'rows'}; to appear in training, validation and ` +
          `test parts it needs ${needed}: join it with another class, leave it out, or take procedure 'described'`,
      );
    }
    const { tested, validated } = deal;
    members.forEach((row, i) => {
      const part = i < tested ? test : i < tested + validated ? validation : train;
      part.push(row);
    });
  }
  const mixed = (part: number[]): Int32Array => shuffleInPlace(Int32Array.from(part), random);
  return { train: mixed(train), validation: mixed(validation), test: mixed(test) };
}

/** Rows of one class in the test and validation parts, or undefined when a part would have none. */
function dealt(
  members: number,
  testShare: number,
  validationShare: number,
): { tested: number; validated: number } | undefined {
  const tested = Math.round(testShare * members);
  const validated = Math.round(validationShare * members);
  return tested >= 1 && validated >= 1 && tested + validated < members ? { tested, validated } : undefined;
}
