import { describeValue, requireWhole } from '../core/require';
import type { Background } from './background';
import type { RowMatrix } from './explainedRows';

/** Features that are present or absent together, by the name of the group: 0-based columns. */
export type FeatureGroups = Readonly<Record<string, readonly number[]>>;

/** Who shares the output: single features and groups of them. */
export interface Players {
  readonly names: readonly string[];
  /** Columns of each player. */
  readonly features: readonly Int32Array[];
}

/**
 * Groups in the order given, then every feature that is in none, in column order.
 *
 * @param names of the features
 * @throws TypeError when the number of names is wrong, RangeError for a column that does not exist, is in two groups, or an
 *   empty group
 */
export function readPlayers(
  names: readonly string[] | undefined,
  groups: FeatureGroups,
  features: number,
  task: string,
): Players {
  const columns = names ?? Array.from({ length: features }, (_, i) => `feature ${i}`);
  if (!Array.isArray(columns) || columns.length !== features) {
    throw new TypeError(
      `Cannot ${task}: one name for each of ${features} features is required, ${describeValue(columns)} came`,
    );
  }
  const owner: (string | undefined)[] = new Array(features);
  const players = Object.entries(groups).map(([group, members]) => {
    if (members.length === 0) throw new RangeError(`Cannot ${task}: group '${group}' has no features`);
    for (const feature of members) {
      requireWhole(feature, 0, `a feature of group '${group}'`, task, features - 1);
      if (owner[feature] !== undefined) {
        throw new RangeError(
          `Cannot ${task}: feature ${feature} is in group '${owner[feature]}' and again in '${group}'`,
        );
      }
      owner[feature] = group;
    }
    return { name: group, columns: Int32Array.from(members) };
  });
  for (let i = 0; i < features; i++) {
    if (owner[i] === undefined) players.push({ name: columns[i], columns: Int32Array.of(i) });
  }
  return { names: players.map(({ name }) => name), features: players.map(each => each.columns) };
}

/**
 * Players that some background row does not share with the row, compared exactly: the others have Shapley value 0. A missing
 * value (NaN) equals a missing value.
 */
export function varyingPlayers(
  { features: players }: Players,
  { inputs, features }: RowMatrix,
  row: number,
  background: Background,
): Int32Array {
  const varies = (feature: number): boolean => {
    const value = inputs[row * features + feature];
    for (let b = 0; b < background.rows; b++) {
      const other = background.inputs[b * features + feature];
      if (other !== value && !(Number.isNaN(other) && Number.isNaN(value))) return true;
    }
    return false;
  };
  return Int32Array.from(players.keys()).filter(p => players[p].some(varies));
}

/**
 * Square blocks of pixels as groups, row by row: 28 x 28 pixels in blocks of 7 are 16 players, few enough for exact values.
 *
 * @throws RangeError when the blocks do not fill the image
 * @example
 * import { pixelBlocks } from 'legcnet';
 * Object.keys(pixelBlocks(28, 28, 7)).length; // 16
 */
export function pixelBlocks(width: number, height: number, block: number): FeatureGroups {
  const task = 'group pixels';
  requireWhole(block, 1, 'block', task);
  requireWhole(width, 1, 'width', task);
  requireWhole(height, 1, 'height', task);
  if (width % block !== 0 || height % block !== 0) {
    throw new RangeError(
      `Cannot ${task}: blocks of ${block} do not fill an image of ${width} x ${height} pixels`,
    );
  }
  const groups: Record<string, number[]> = {};
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [row, column] = [Math.floor(pixel / width / block), Math.floor((pixel % width) / block)];
    const name = `block ${row + 1},${column + 1}`;
    groups[name] ??= [];
    groups[name].push(pixel);
  }
  return groups;
}
