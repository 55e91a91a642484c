import type { LayersModel, Optimizer, Scalar, Tensor, Variable } from '@tensorflow/tfjs-node';
import type { Engine } from './engine';
import type { Mask } from './mask';
import type { ModelTensor } from './model';
import { kernelMasks, readParameters } from './modelLayout';
import type { TensorFlow } from './tensorflow';

/** What a training by TensorFlow needs. All of it is the engine's from now on, which disposes of it. */
export interface LayersModelTraining {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly tensors: readonly ModelTensor[];
  readonly optimizer: Optimizer;
  /** Mean loss of some rows. */
  readonly loss: (targets: Tensor, outputs: Tensor) => Scalar;
  readonly mask: Mask | null;
  /** The training part: rows first. */
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/**
 * Trains any model with layers in float32, one `minimize` call a batch; removed weights are set to 0 after each. Both the dense
 * networks under `engine: 'tfjs'` and captured models run on it.
 */
export function layersModelEngine(training: LayersModelTraining): Omit<Engine, 'evaluate'> {
  const { tf, model, tensors, optimizer, loss, mask, inputs, targets } = training;
  const variables = model.trainableWeights.map(weight => weight.read() as Variable);
  const masks = mask === null ? [] : kernelMasks(tf, model, tensors, mask.kept);
  const parameters = readParameters(model, tensors);
  return {
    parameters: () => readParameters(model, tensors, parameters),
    step(order, from, to) {
      tf.tidy(() => {
        const rows = tf.tensor1d(order.slice(from, to), 'int32');
        const x = inputs.gather(rows);
        const y = targets.gather(rows);
        const batchLoss = (): Scalar => {
          const data = loss(y, model.apply(x, { training: true }) as Tensor);
          return model.calculateLosses().reduce<Scalar>((sum, penalty) => sum.add(penalty.mean()), data);
        };
        optimizer.minimize(batchLoss, false, variables);
        for (const { kernel, mask: kept } of masks)
          kernel.assign(tf.where(kept, kernel, tf.zerosLike(kernel)));
      });
    },
    dispose() {
      model.dispose();
      optimizer.dispose();
      for (const tensor of [inputs, targets, ...masks.map(each => each.mask)]) tensor.dispose();
    },
  };
}
