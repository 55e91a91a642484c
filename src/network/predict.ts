import { requireKind, requireList, requireWhole } from '../core/require';
import { readSeries } from '../core/series';
import { mlpPredict } from '../kernels/mlpPredict';
import { type MlpWorkspace, mlpWorkspace } from '../kernels/mlpWorkspace';
import type { Network } from './network';
import { flattenParameters } from './parameters';

/**
 * Outputs of the network, rows x outputs, row-major: probabilities for sigmoid and softmax outputs.
 *
 * @param inputs rows x inputs, row-major, scaled as the training inputs were
 * @throws TypeError when `inputs` does not hold rows x inputs numbers; RangeError when `rows` is not a whole number
 * @example
 * import { createNetwork, loadDataset, predict } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * predict(network, iris.test.inputs, iris.test.rows).length; // 90, three outputs for each of 30 flowers
 */
export function predict(network: Network, inputs: Float64Array, rows: number): Float64Array {
  requireKind(network, 'network', 'predict');
  requireList(inputs, 'inputs', 'predict');
  const values = readSeries(inputs, 'predict');
  requireWhole(rows, 0, 'rows', 'predict');
  const width = network.layers[0];
  if (values.length !== rows * width) {
    throw new TypeError(
      `Cannot predict ${rows} rows with a ${network.layers.join('-')} network: inputs must hold ` +
        `${rows} x ${width} = ${rows * width} numbers, got ${values.length}`,
    );
  }
  const outputs = new Float64Array(rows * network.layers[network.layers.length - 1]);
  mlpPredict(networkWorkspace(network), flattenParameters(network), values, rows, outputs);
  return outputs;
}

/** Scratch memory for the kernels, shaped for this network. */
export function networkWorkspace(network: Network): MlpWorkspace {
  return mlpWorkspace(network.layers, network.activation, network.output);
}
