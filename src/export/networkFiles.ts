import type { LayersModel } from '@tensorflow/tfjs-node';
import { toLayersModel } from '../network/layersModel';
import type { Network } from '../network/network';
import { encodeNetwork } from '../network/networkFile';
import type { ExportDraft } from './exportDraft';

/** Where TensorFlow.js saves a model to, and what it hands over; the library exports no names for them. */
type SaveHandler = Exclude<Parameters<LayersModel['save']>[0], string>;
type Artifacts = Parameters<NonNullable<SaveHandler['save']>>[0];

/** Writes a network as safetensors (float64, mask included) and as a TensorFlow.js layers model (float32). */
export async function writeNetwork(
  draft: ExportDraft,
  result: string,
  name: string,
  network: Network,
): Promise<void> {
  const about = 'network, float64';
  await draft.write(`networks/${name}.safetensors`, encodeNetwork(network), { result, about });
  try {
    const model = await toLayersModel(network);
    await writeLayersModel(draft, result, name, model);
    model.dispose();
  } catch (error) {
    // Without the native part of TensorFlow the network is still there in full.
    draft.leave(result, 'TensorFlow.js model', (error as Error).message);
  }
}

/** Writes a model so that `tf.loadLayersModel('file://…/model.json')` reads it. */
export async function writeLayersModel(
  draft: ExportDraft,
  result: string,
  name: string,
  model: LayersModel,
): Promise<void> {
  let artifacts: Artifacts | undefined;
  const keep: SaveHandler = {
    save: async made => {
      artifacts = made;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  };
  await model.save(keep);
  const { format, generatedBy, convertedBy, modelTopology, weightSpecs, weightData } = artifacts!;
  const file = { paths: ['weights.bin'], weights: weightSpecs };
  const json = { format, generatedBy, convertedBy, modelTopology, weightsManifest: [file] };
  const buffers = [weightData ?? []].flat().map(part => new Uint8Array(part));
  await draft.write(`networks/${name}/model.json`, JSON.stringify(json), {
    result,
    about: 'network for TensorFlow.js, float32',
  });
  const about = 'its weights';
  await draft.write(`networks/${name}/weights.bin`, Buffer.concat(buffers), { result, about });
}

/** Whether a value is a TensorFlow.js model; by its parts, because there may be several copies of the library. */
export function isLayersModel(value: unknown): value is LayersModel {
  const { layers, save, getWeights } = (value ?? {}) as Partial<LayersModel>;
  return Array.isArray(layers) && typeof save === 'function' && typeof getWeights === 'function';
}
