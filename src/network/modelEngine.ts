import type { LayersModel, Scalar, Tensor } from '@tensorflow/tfjs-node';
import type { Part } from '../data/dataset';
import type { Engine, Evaluation } from './engine';
import { layersModelEngine } from './layersModelEngine';
import type { Model } from './model';
import { writeParameters } from './modelLayout';
import { loadTensorFlow, type TensorFlow } from './tensorflow';

/** Rows that go through a model at once when it is only asked. */
export const ROWS_AT_ONCE = 1024;

/** Trains a captured model by its own optimiser and loss, in float32. */
export async function modelEngine(model: Model, part: Part): Promise<Engine> {
  const tf = await loadTensorFlow();
  const { lossFunction, tensors, createOptimizer } = model.architecture;
  const built = await buildModel(tf, model);
  const { inputs, targets } = tensorsOf(tf, model, part, 0, part.rows);
  const core = layersModelEngine({
    tf,
    model: built,
    tensors,
    optimizer: createOptimizer(),
    loss: (y, outputs) => lossFunction(y, outputs).mean() as Scalar,
    mask: model.mask,
    inputs,
    targets,
  });
  return { ...core, evaluate: other => evaluateModel(tf, built, model, other) };
}

/** A TensorFlow.js model, not compiled, with the numbers of a captured one. */
export async function buildModel(tf: TensorFlow, model: Model): Promise<LayersModel> {
  const topology = JSON.parse(JSON.stringify(model.architecture.topology));
  const built = await tf.models.modelFromJSON(topology);
  writeParameters(tf, built, model);
  return built;
}

/** Mean loss without penalties, and outputs, of the rows of a part; layers behave as outside training. */
export function evaluateModel(tf: TensorFlow, built: LayersModel, model: Model, part: Part): Evaluation {
  const { lossFunction, outputs: width } = model.architecture;
  const outputs = new Float64Array(part.rows * width);
  let sum = 0;
  for (let from = 0; from < part.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, part.rows);
    tf.tidy(() => {
      const { inputs, targets } = tensorsOf(tf, model, part, from, to);
      const given = built.apply(inputs, { training: false }) as Tensor;
      outputs.set(given.dataSync(), from * width);
      sum += (to - from) * lossFunction(targets, given).mean().dataSync()[0];
    });
  }
  return { loss: sum / part.rows, outputs };
}

/** Rows from … to - 1 of a part in the shapes that the model takes. */
function tensorsOf(
  tf: TensorFlow,
  { architecture }: Model,
  { inputs, targets, labels, rows }: Part,
  from: number,
  to: number,
): { inputs: Tensor; targets: Tensor } {
  const { inputShape, loss, outputs } = architecture;
  const width = inputs.length / rows;
  const x = Float32Array.from(inputs.subarray(from * width, to * width));
  const y = loss.startsWith('sparse')
    ? tf.tensor2d(Float32Array.from(labels.subarray(from, to)), [to - from, 1])
    : tf.tensor2d(Float32Array.from(targets.subarray(from * outputs, to * outputs)), [to - from, outputs]);
  return { inputs: tf.tensor(x, [to - from, ...inputShape]), targets: y };
}
