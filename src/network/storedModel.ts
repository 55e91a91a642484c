import type { LayersModel, Optimizer, serialization } from '@tensorflow/tfjs-node';
import type { WeightLayer } from '../core/weightLayers';
import { captureModel } from './captureModel';
import type { Model, ModelArchitecture, ModelTensor } from './model';
import { loadTensorFlow, type TensorFlow } from './tensorflow';

/** A captured model without its numbers, as JSON holds it. */
export interface StoredModel {
  readonly kind: 'model';
  readonly name: string;
  readonly layers: readonly WeightLayer[];
  readonly topology: object;
  readonly tensors: readonly ModelTensor[];
  readonly loss: string;
  readonly optimizer: { readonly name: string; readonly config: Readonly<Record<string, unknown>> };
}

export function storedModel({ kind, name, layers, architecture }: Model): StoredModel {
  const { topology, tensors, loss, createOptimizer } = architecture;
  const optimizer = createOptimizer();
  const stored = { name: optimizer.getClassName(), config: { ...optimizer.getConfig() } };
  optimizer.dispose();
  return { kind, name, layers, topology, tensors, loss, optimizer: stored };
}

/**
 * The architecture of a stored model, built and compiled again by TensorFlow.js.
 *
 * @param own the compiled model itself, where its loss or its layers are nothing that TensorFlow.js knows by name
 * @throws Error when it cannot be built, or `own` has other tensors
 */
export async function restoreArchitecture(
  stored: StoredModel,
  own: LayersModel | undefined,
): Promise<ModelArchitecture> {
  const tf = await loadTensorFlow();
  const built = own === undefined ? await rebuilt(tf, stored) : null;
  try {
    const { architecture } = captureModel(own ?? (built as LayersModel));
    const shapes = (tensors: readonly ModelTensor[]): string => JSON.stringify(tensors);
    if (shapes(architecture.tensors) !== shapes(stored.tensors)) {
      throw new Error(`the model ${own?.name ?? stored.name} has other tensors than the recorded one`);
    }
    return { ...architecture, topology: stored.topology, loss: stored.loss };
  } finally {
    built?.dispose();
  }
}

async function rebuilt(tf: TensorFlow, { topology, loss, optimizer }: StoredModel): Promise<LayersModel> {
  try {
    const model = await tf.models.modelFromJSON(topology as never);
    const isKnown = loss !== 'a function';
    const refuse = (): never => {
      throw new Error(
        'The loss of the recorded model was a function, which no file holds: open the recording with { model }, the compiled model',
      );
    };
    model.compile({ optimizer: optimizerFrom(tf, optimizer), loss: isKnown ? loss : (refuse as never) });
    return Object.assign(model, { isOptimizerOwned: true });
  } catch (cause) {
    throw new Error(
      `its model cannot be built again (${(cause as Error).message}); give the compiled model as option 'model'`,
      { cause },
    );
  }
}

function optimizerFrom(tf: TensorFlow, { name, config }: StoredModel['optimizer']): Optimizer {
  const known = tf.serialization.SerializationMap.getMap().classNameMap;
  if (!Object.hasOwn(known, name)) throw new Error(`TensorFlow.js knows no optimiser ${name}`);
  const [type, fromConfig] = known[name];
  return fromConfig(type, config as serialization.ConfigDict) as unknown as Optimizer;
}
