import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-node';
import type { Part } from '../data/dataset';
import type { Engine } from './engine';
import { toLayersModel } from './layersModel';
import { layersModelEngine } from './layersModelEngine';
import { layoutOf } from './modelLayout';
import type { Network } from './network';
import { networkEvaluator } from './networkEvaluator';
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
  const core = layersModelEngine({
    tf,
    model,
    tensors: layoutOf(model).tensors,
    optimizer: createOptimizer(tf, settings),
    loss: lossFunction(tf, network, settings.loss),
    mask: network.mask,
    inputs: tf.tensor2d(Float32Array.from(part.inputs), [part.rows, network.layers[0]]),
    targets: tf.tensor2d(Float32Array.from(part.targets), [part.rows, part.targets.length / part.rows]),
  });
  const evaluate = networkEvaluator(network, settings.loss);
  return { ...core, evaluate: other => evaluate(core.parameters(), other) };
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
): (targets: Tensor, outputs: Tensor) => Scalar {
  if (loss === 'squared-error') return (y, a) => tf.squaredDifference(y, a).mean();
  const entropy = output === 'softmax' ? tf.metrics.categoricalCrossentropy : tf.metrics.binaryCrossentropy;
  return (y, a) => entropy(y, a).mean();
}
