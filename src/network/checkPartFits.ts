import { describeValue, isList, requireWhole } from '../core/require';
import { describeLayers } from '../core/weightLayers';
import type { Part } from '../data/dataset';
import { portsOf, type Trainable } from './trainable';

/**
 * Checks that a network can be fed with a part and scored by it: as many inputs, targets and labels as its rows ask for, and
 * labels that are classes of the network, of which there are two for one output.
 *
 * @param name what messages call the part
 * @throws TypeError for a part without rows or with an array that is missing or of another length; RangeError for a label that
 *   is no class
 */
export function checkPartFits(network: Trainable, part: Part, task: string, name = 'the part'): void {
  const { rows } = (part as Part | undefined) ?? {};
  if (rows === undefined) {
    throw new TypeError(`Cannot ${task}: ${name} must be a part of a data set, ${describeValue(part)} came`);
  }
  requireWhole(rows, 1, `rows of ${name}`, task);
  const { inputs, outputs } = portsOf(network);
  for (const [array, width] of [
    ['inputs', inputs],
    ['targets', outputs],
    ['labels', 1],
  ] as const) {
    const values: unknown = part[array];
    if (Array.isArray(values) && values.some(value => typeof value !== 'number')) {
      throw new TypeError(`Cannot ${task}: ${array} of ${name} must be numbers, something else came`);
    }
    if (!isList(values) || values.length !== rows * width) {
      const came = isList(values) ? values.length : describeValue(values);
      throw new TypeError(
        `Cannot ${task}: with a ${describeLayers(network.layers)}, ${name} of ${rows} rows must have ${rows * width} ${array}, ` +
          `${came} came`,
      );
    }
  }
  const classes = Math.max(2, outputs);
  const bad = part.labels.findIndex(label => !(label >= 0 && label < classes));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${task}: labels of ${name} must be classes 0 to ${classes - 1}, row ${bad} has ${part.labels[bad]}`,
    );
  }
}
