import type { LayersModel, Optimizer, serialization } from '@tensorflow/tfjs-node';
import { describeValue } from '../core/require';
import { result } from '../core/result';
import type { Model, ModelArchitecture } from './model';
import { layoutOf, readParameters } from './modelLayout';

/**
 * A compiled TensorFlow.js model as it stands, to be trained, recorded, pruned and compared by this package; the model itself is
 * read, never changed. Its loss and the kind and constants of its optimiser are taken from `compile`; the memory of the
 * optimiser is not, so that every training starts alike.
 *
 * Weights are the trained kernels (`Model.layers` has their order). Needed are one input of known shape and one output row of
 * numbers: one sigmoid unit for two classes, one unit a class for more. Layers that draw at random while they train need a seed
 * of their own, or no training could be repeated; TensorFlow.js then draws the same numbers at every update.
 *
 * @throws TypeError for anything but a compiled model with layers, for several inputs or outputs, for inputs of unknown shape, or
 *   for a layer that draws without a seed
 * @example
 * import { captureModel, loadTensorFlow } from 'legcnet';
 * const tf = await loadTensorFlow();
 * const layersModel = tf.sequential({ layers: [tf.layers.dense({ name: 'out', units: 2, inputShape: [3] })] });
 * layersModel.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
 * captureModel(layersModel).layers; // [{ name: 'out', fanIn: 3, fanOut: 2 }]
 */
export function captureModel(model: LayersModel): Model {
  if (!isLayersModel(model)) {
    throw new TypeError(`Cannot ${TASK}: a tf.LayersModel is required, ${describeValue(model)} came`);
  }
  const { layers, tensors } = layoutOf(model);
  if (layers.length === 0) refuse(model, 'at least one trained kernel is required, it has none');
  const architecture: ModelArchitecture = {
    ...shapes(model),
    summary: model.layers
      .map(layer => layer.getClassName())
      .filter(name => name !== 'InputLayer')
      .join(', '),
    topology: JSON.parse(JSON.stringify(model.toJSON(null, false))),
    tensors,
    ...compiled(model),
  };
  checkRepeatable(model);
  return result({
    kind: 'model',
    name: model.name,
    layers,
    parameters: readParameters(model, tensors),
    mask: null,
    architecture,
  });
}

/** Whether this is a model of TensorFlow.js with layers. */
export function isLayersModel(value: unknown): value is LayersModel {
  const model = value as Partial<LayersModel> | null | undefined;
  return Array.isArray(model?.layers) && typeof model.toJSON === 'function' && 'trainableWeights' in model;
}

const TASK = 'capture a model';

function refuse({ name }: LayersModel, why: string): never {
  throw new TypeError(`Cannot ${TASK} (${name}): ${why}`);
}

function shapes(model: LayersModel): Pick<ModelArchitecture, 'inputShape' | 'outputs'> {
  const { inputs, outputs } = model;
  if (inputs.length !== 1 || outputs.length !== 1) {
    refuse(model, `one input and one output are required, ${inputs.length} and ${outputs.length} came`);
  }
  const [inputShape, outputShape] = [inputs[0].shape.slice(1), outputs[0].shape.slice(1)];
  if (inputShape.some(size => size === null)) {
    refuse(
      model,
      `inputs of known shape are required, [${inputShape.map(size => size ?? 'null').join(', ')}] came`,
    );
  }
  if (outputShape.length !== 1 || outputShape[0] === null) {
    refuse(model, `a row of outputs is required, shape [${outputShape.join(', ')}] came`);
  }
  return { inputShape: inputShape as number[], outputs: outputShape[0] };
}

type Compiled = Pick<
  ModelArchitecture,
  'loss' | 'lossFunction' | 'optimizer' | 'learningRate' | 'momentum' | 'createOptimizer'
>;

function compiled(model: LayersModel): Compiled {
  const { optimizer, loss } = model as { optimizer?: Optimizer; loss?: LayersModel['loss'] };
  // A sequential model keeps them in the model that it wraps.
  const lossFunctions = (model as { model?: LayersModel }).model?.lossFunctions ?? model.lossFunctions;
  if (optimizer === undefined || loss === undefined || lossFunctions === undefined) {
    refuse(
      model,
      "compile it first, for instance with { optimizer: 'adam', loss: 'categoricalCrossentropy' }",
    );
  }
  const create = optimizer.constructor as serialization.SerializableConstructor<Optimizer> & {
    fromConfig: serialization.FromConfigMethod<Optimizer>;
  };
  const config = optimizer.getConfig();
  const { learningRate, momentum = 0, ...constants } = config as Record<string, number>;
  const rest = Object.entries(constants).map(([name, value]) => `${name} ${value}`);
  const name = optimizer.getClassName();
  return {
    loss:
      typeof loss === 'string'
        ? loss
        : typeof loss === 'function'
          ? 'a function'
          : String(Object.values(loss)),
    lossFunction: lossFunctions[0],
    optimizer: rest.length === 0 ? name : `${name} (${rest.join(', ')})`,
    learningRate: learningRate ?? Number.NaN,
    momentum,
    createOptimizer: () => create.fromConfig(create, { ...config }),
  };
}

/** Layers that draw at random while they train, and the settings by which they do. */
const NOISY: readonly string[] = ['GaussianNoise', 'GaussianDropout', 'AlphaDropout'];

function checkRepeatable(model: LayersModel): void {
  for (const layer of model.layers) {
    const { rate = 0, dropout = 0, recurrentDropout = 0, seed } = layer.getConfig() as Record<string, number>;
    const isSeeded = typeof seed === 'number';
    const drops =
      (layer.getClassName().includes('Dropout') && rate > 0) || dropout > 0 || recurrentDropout > 0;
    if (NOISY.includes(layer.getClassName()) || (drops && !isSeeded)) {
      refuse(
        model,
        `layer ${layer.name} (${layer.getClassName()}) draws at random without a seed, so that no training could be repeated; ` +
          'give it a seed, or leave it out',
      );
    }
  }
}
