import type { LayersModel, layers } from '@tensorflow/tfjs-node';
import { checkOptions } from '../core/options';
import { describeValue } from '../core/require';
import { applyMask } from './applyMask';
import type { Mask } from './mask';
import type { Model } from './model';
import { buildModel } from './modelEngine';
import { matrixFromKernel } from './modelLayout';
import type { Activation, Network } from './network';
import { networkFromWeights } from './networkFromWeights';
import { loadTensorFlow } from './tensorflow';
import { requireTrainable, type Trainable } from './trainable';

type Layer = ReturnType<typeof layers.dense>;

const activationNames: Readonly<Record<Activation, string>> = {
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  softmax: 'softmax',
  identity: 'linear',
};

/**
 * The network as a sequential TensorFlow.js model of Dense layers, for prediction, training or export there. Weights are
 * rounded to float32 (relative error up to 6e-8) and transposed (a kernel is in x out). A captured model becomes a model like
 * the one it was captured from, with its present numbers, compiled alike. The mask does not travel: its
 * weights are 0 in the model, but training there would bring them back.
 *
 * @example
 * import { createNetwork, toLayersModel } from 'legcnet';
 * const model = await toLayersModel(createNetwork({ layers: [4, 6, 3], seed: 1 }));
 * model.countParams(); // 51, that is 42 weights and 9 biases
 */
export async function toLayersModel(network: Trainable): Promise<LayersModel> {
  requireTrainable(network, 'make a model');
  return network.kind === 'network' ? denseModel(network) : compiledModel(network);
}

async function compiledModel(model: Model): Promise<LayersModel> {
  const { lossFunction, createOptimizer, loss } = model.architecture;
  const built = await buildModel(await loadTensorFlow(), model);
  built.compile({
    optimizer: createOptimizer(),
    loss: loss === 'a function' ? (lossFunction as never) : loss,
  });
  // Whoever disposes of the model disposes of the optimiser that was made for it.
  return Object.assign(built, { isOptimizerOwned: true });
}

async function denseModel(network: Network): Promise<LayersModel> {
  const tf = await loadTensorFlow();
  const model = tf.sequential();
  const last = network.weights.length - 1;
  network.weights.forEach((matrix, l) => {
    const [fanIn, fanOut] = [network.layers[l], network.layers[l + 1]];
    const activation = activationNames[l === last ? network.output : network.activation];
    const layer = tf.layers.dense({ units: fanOut, activation, inputShape: [fanIn] } as Parameters<
      typeof tf.layers.dense
    >[0]);
    model.add(layer);
    tf.tidy(() => {
      const kernel = tf.tensor2d(Float32Array.from(matrix), [fanOut, fanIn]).transpose();
      layer.setWeights([kernel, tf.tensor1d(Float32Array.from(network.biases[l]))]);
    });
  });
  return model;
}

/**
 * A network with the weights of a TensorFlow.js model made of Dense layers with biases.
 *
 * @param options.mask worn by the network; its weights must be meant to be 0, and are set so. Default: none
 * @throws TypeError naming the first layer that is not Dense, has no bias, or has another activation than the other hidden
 *   layers or one we do not know
 * @example
 * import { fromLayersModel, loadTensorFlow } from 'legcnet';
 * const tf = await loadTensorFlow();
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 6, inputShape: [4], activation: 'tanh' }),
 *     tf.layers.dense({ units: 3, activation: 'softmax' }),
 *   ],
 * });
 * const { layers, activation, output } = fromLayersModel(model);
 * [layers, activation, output]; // [[4, 6, 3], 'tanh', 'softmax']
 */
export function fromLayersModel(model: LayersModel, options: { readonly mask?: Mask } = {}): Network {
  checkOptions(options, { mask: true }, 'read a model');
  if (!Array.isArray((model as LayersModel | null)?.layers)) {
    throw new TypeError(`Cannot read a model: a model with layers is required, ${describeValue(model)} came`);
  }
  const dense = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  if (dense.length === 0) throw new TypeError(`Cannot read the model ${model.name}: it has no layers`);
  const found = dense.map(layer => activationOf(layer as Layer));
  const hidden = found.slice(0, -1);
  const activation = hidden[0] ?? 'sigmoid';
  const odd = hidden.findIndex(name => name !== activation);
  if (odd >= 0) {
    throw new TypeError(
      `Cannot read the model ${model.name}: hidden layers must share one activation, got ${activation} and ${hidden[odd]}`,
    );
  }
  const tensors = dense.map(layer => layer.getWeights());
  const widths = [tensors[0][0].shape[0]!, ...tensors.map(([kernel]) => kernel.shape[1]!)];
  const network = networkFromWeights({
    layers: widths,
    activation,
    output: found[found.length - 1],
    weights: tensors.map(([kernel], l) => matrixFromKernel(kernel.dataSync(), widths[l], widths[l + 1])),
    biases: tensors.map(([, bias]) => Float64Array.from(bias.dataSync())),
  });
  return options.mask === undefined ? network : applyMask(network, options.mask);
}

function activationOf(layer: Layer): Activation {
  const { name } = layer;
  const type = layer.getClassName();
  if (type !== 'Dense')
    throw new TypeError(`Cannot read layer ${name}: only Dense layers are supported, got ${type}`);
  const { activation: known, useBias } = layer.getConfig();
  if (useBias !== true) throw new TypeError(`Cannot read layer ${name}: a Dense layer needs a bias`);
  const entry = Object.entries(activationNames).find(([, tfName]) => tfName === known);
  if (entry === undefined) {
    const names = Object.values(activationNames).join(', ');
    throw new TypeError(`Cannot read layer ${name}: its activation is one of ${names}, got ${String(known)}`);
  }
  return entry[0] as Activation;
}
