import { createMask, type Mask } from '../network/mask';
import type { Network } from '../network/network';
import { type Amount, countToRemove, describeAmount } from './amount';

export interface MagnitudeMaskOptions extends Amount {
  /**
   * Where weights are compared:
   * - `global` (default): all weights with one another
   * - `layer`: within each layer, the share taken of each
   */
  readonly scope?: 'global' | 'layer';
}

/**
 * A mask that removes the weights of smallest absolute value, exactly as many as asked; of equal ones the lower index
 * goes first. The study's magnitude pruning takes a share of 0.25 (Table 3) and does not say whether of initial or
 * trained weights: pass the network you mean.
 *
 * @param network its weights are compared; biases are not
 * @throws TypeError unless exactly one of share and count is given, or for a count with scope `layer`; RangeError when
 *   an option is out of range or a weight is NaN
 * @example magnitudeMask(network, { share: 0.25 }).removed
 */
export function magnitudeMask(network: Network, options: MagnitudeMaskOptions): Mask {
  const { scope = 'global', count } = options;
  const task = 'choose weights by magnitude';
  if (scope !== 'global' && scope !== 'layer') {
    throw new RangeError(`Cannot ${task}: scope must be 'global' or 'layer', '${String(scope)}' came`);
  }
  if (scope === 'layer' && count !== undefined) {
    throw new TypeError(`Cannot ${task}: scope 'layer' requires a share of each layer, a count came`);
  }
  const { layers } = network;
  const sizes = network.weights.map(matrix => matrix.map(Math.abs));
  const groups = scope === 'layer' ? sizes : [concatenate(sizes)];
  const removed: number[] = [];
  let offset = 0;
  for (const group of groups) {
    const nan = group.findIndex(Number.isNaN);
    if (nan >= 0) throw new RangeError(`Cannot ${task}: numbers are required, weight ${offset + nan} is NaN`);
    const order = Int32Array.from(group, (_, index) => index).sort((i, j) => group[i] - group[j] || i - j);
    const smallest = order.subarray(0, countToRemove(options, group.length, task));
    for (const index of smallest) removed.push(offset + index);
    offset += group.length;
  }
  const amount = describeAmount(options, removed.length, offset);
  const where = scope === 'layer' ? ', within each layer' : '';
  return createMask(layers, removed, `${amount} weights of smallest magnitude removed${where}`);
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
