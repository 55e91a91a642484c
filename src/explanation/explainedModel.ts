import type { LayersModel } from '@tensorflow/tfjs-node';
import { describeValue } from '../core/require';
import type { Network } from '../network/network';
import { predict } from '../network/predict';
import { loadTensorFlow } from '../network/tensorflow';

/**
 * Outputs of many rows at once, rows x outputs, row-major; `inputs` is rows x features, row-major. It must answer a row alike
 * whatever rows come with it.
 */
export type BatchFunction = (
  inputs: Float64Array,
  rows: number,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** What can be explained. */
export type ExplainableModel = Network | LayersModel | BatchFunction;

/** How a model is asked: rows in, rows x outputs out. */
export type Evaluate = (inputs: Float64Array, rows: number) => Promise<ArrayLike<number>>;

/**
 * @throws TypeError for anything but a network, a model of TensorFlow.js or a function, and for a network that does not take
 *   this many features
 */
export function readModel(model: ExplainableModel, features: number, task: string): Evaluate {
  if (typeof model === 'function') return async (inputs, rows) => model(inputs, rows);
  if (isNetwork(model)) {
    const width = model.layers[0];
    if (width !== features) {
      throw new TypeError(`Cannot ${task}: the network takes ${width} features, the rows have ${features}`);
    }
    return async (inputs, rows) => predict(model, inputs, rows);
  }
  if (typeof (model as LayersModel | null)?.predict === 'function') {
    return (inputs, rows) => predictLayersModel(model, inputs, rows, features);
  }
  throw new TypeError(
    `Cannot ${task}: a network, a TensorFlow.js model or a function of rows is required, ${describeValue(model)} came`,
  );
}

export function isNetwork(model: ExplainableModel): model is Network {
  return (model as Network | null)?.kind === 'network';
}

/** Rows that TensorFlow.js answers at once. Its own 32 make small models five times as slow. */
const BATCH_ROWS = 1024;

async function predictLayersModel(
  model: LayersModel,
  inputs: Float64Array,
  rows: number,
  features: number,
): Promise<ArrayLike<number>> {
  const tf = await loadTensorFlow();
  return tf.tidy(() => {
    // Images come as rows of pixels; the model takes them in its own shape.
    const shape = model.inputs[0].shape.slice(1) as number[];
    const own = shape.every(size => size > 0) ? shape : [features];
    const outputs = model.predict(tf.tensor(Float32Array.from(inputs), [rows, ...own]), {
      batchSize: BATCH_ROWS,
    });
    const tensor = Array.isArray(outputs) ? outputs[0] : outputs;
    return tensor.dataSync();
  });
}
