import type { LayersModel, Optimizer, Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-node';
import type { Part } from '../data/dataset';
import type { Engine } from './engine';
import { matrixFromKernel, toLayersModel } from './layersModel';
import type { Network } from './network';
import { parameterCount } from './parameters';
import { loadTensorFlow, type TensorFlow } from './tensorflow';
import type { TrainingSettings } from './trainingSettings';

/** What this engine reads of the settings. */
export type TfjsSettings = Pick<TrainingSettings, 'learningRate' | 'momentum' | 'loss' | 'optimizer'>;

/**
 * Trains in float32 with TensorFlow, one `minimize` call a batch (about half a millisecond on the small networks). Cross
 * entropy clips probabilities at 1e-7, as TensorFlow.js does; the `fused` engine needs no clipping.
 */
export async function tfjsEngine(network: Network, part: Part, settings: TfjsSettings): Promise<Engine> {
  const tf = await loadTensorFlow();
  const model = await toLayersModel(network);
  const optimizer = createOptimizer(tf, settings);
  const inputs = tf.tensor2d(Float32Array.from(part.inputs), [part.rows, network.layers[0]]);
  const targets = tf.tensor2d(Float32Array.from(part.targets), [part.rows, part.targets.length / part.rows]);
  const variables = model.trainableWeights.map(weight => weight.read() as Variable);
  const masks = kernelMasks(tf, network);
  const loss = lossFunction(tf, network, settings.loss);
  return {
    parameters: () => readParameters(network, variables),
    step(order, from, to) {
      tf.tidy(() => {
        const rows = tf.tensor1d(order.slice(from, to), 'int32');
        const x = inputs.gather(rows);
        const y: Tensor2D = targets.gather(rows);
        optimizer.minimize(() => loss(y, model.apply(x, { training: true }) as Tensor2D), false, variables);
        masks.forEach((mask, l) => {
          const kernel = variables[2 * l];
          kernel.assign(tf.where(mask, kernel, tf.zerosLike(kernel)));
        });
      });
    },
    dispose: () => disposeAll(model, optimizer, [inputs, targets, ...masks]),
  };
}

/** Kernels (in x out) and biases, alternating, as one vector: all weights (out x in), then all biases. */
function readParameters({ layers }: Network, variables: readonly Variable[]): Float64Array {
  const kernels = variables.filter((_, i) => i % 2 === 0);
  const biases = variables.filter((_, i) => i % 2 === 1);
  const parameters = new Float64Array(parameterCount(layers));
  let at = 0;
  const append = (values: ArrayLike<number>): void => {
    parameters.set(values, at);
    at += values.length;
  };
  kernels.forEach((kernel, l) => {
    append(matrixFromKernel(kernel.dataSync(), layers[l], layers[l + 1]));
  });
  for (const bias of biases) append(bias.dataSync());
  return parameters;
}

function createOptimizer({ train }: TensorFlow, settings: TfjsSettings): Optimizer {
  const { learningRate, momentum, optimizer } = settings;
  if (optimizer === 'sgd')
    return momentum === 0 ? train.sgd(learningRate) : train.momentum(learningRate, momentum);
  return train[optimizer](learningRate);
}

function lossFunction(
  tf: TensorFlow,
  { output }: Network,
  loss: TrainingSettings['loss'],
): (targets: Tensor2D, outputs: Tensor2D) => Scalar {
  if (loss === 'squared-error') return (y, a) => tf.squaredDifference(y, a).mean();
  const entropy = output === 'softmax' ? tf.metrics.categoricalCrossentropy : tf.metrics.binaryCrossentropy;
  return (y, a) => entropy(y, a).mean();
}

/** One in x out tensor, true where the weight is kept, for each layer; none for a dense network. */
function kernelMasks(tf: TensorFlow, { layers, mask }: Network): Tensor2D[] {
  if (mask === null) return [];
  let at = 0;
  return layers.slice(1).map((fanOut, l) => {
    const kept = mask.kept.subarray(at, at + fanOut * layers[l]);
    at += kept.length;
    return tf.tidy(() => tf.tensor2d(kept, [fanOut, layers[l]], 'bool').transpose<Tensor2D>());
  });
}

function disposeAll(model: LayersModel, optimizer: Optimizer, tensors: readonly Tensor[]): void {
  model.dispose();
  optimizer.dispose();
  for (const tensor of tensors) tensor.dispose();
}
