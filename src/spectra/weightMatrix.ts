import { describeValue, requireKind, requireWhole } from '../core/require';
import type { Network } from '../network/network';

/** The weights of one layer. */
export interface WeightMatrix {
  /** Units of the layer, out. */
  readonly rows: number;
  /** Units of the layer below, in. */
  readonly cols: number;
  /** rows x cols, row-major. */
  readonly values: Float64Array;
  /** For captions. Default: its shape. */
  readonly name?: string;
  /** rows x cols: 0 where a mask holds the weight at zero; null (default) for a dense layer. */
  readonly kept?: Uint8Array | null;
}

/**
 * The weights of one layer of a network, biases excluded, not copied.
 *
 * @param layer 1 for the layer next to the inputs
 * @throws TypeError for anything but a network, RangeError for a layer that it does not have
 * @example
 * import { createNetwork, layerMatrix } from 'legcnet';
 * const { rows, cols } = layerMatrix(createNetwork({ layers: [784, 50, 30, 10], seed: 1 }), 1);
 * [rows, cols]; // [50, 784]
 */
export function layerMatrix(network: Network, layer: number): Required<WeightMatrix> {
  const task = 'read a layer';
  requireKind(network, 'network', task);
  const { layers, weights, mask } = network;
  requireWhole(layer, 1, 'layer', task, weights.length);
  const [cols, rows] = [layers[layer - 1], layers[layer]];
  const before = weights.slice(0, layer - 1).reduce((sum, { length }) => sum + length, 0);
  const kept = mask === null ? null : mask.kept.subarray(before, before + rows * cols);
  return { rows, cols, values: weights[layer - 1], name: `layer ${layer} (${cols}→${rows})`, kept };
}

/** @throws TypeError unless the value is a matrix whose parts fit, RangeError for an empty one */
export function checkMatrix(matrix: WeightMatrix, task: string): Required<WeightMatrix> {
  if (typeof matrix !== 'object' || matrix === null || !(matrix.values instanceof Float64Array)) {
    throw new TypeError(
      `Cannot ${task}: a matrix { rows, cols, values: Float64Array } is required, ${describeValue(matrix)} came`,
    );
  }
  const { rows, cols, values, name = `${rows} x ${cols}`, kept = null } = matrix;
  requireWhole(rows, 1, 'rows', task);
  requireWhole(cols, 1, 'cols', task);
  for (const part of [values, ...(kept === null ? [] : [kept])]) {
    if (part.length !== rows * cols) {
      throw new TypeError(
        `Cannot ${task}: a ${rows} x ${cols} matrix has ${rows * cols} entries, ${part.length} came`,
      );
    }
  }
  return { rows, cols, values, name, kept };
}
