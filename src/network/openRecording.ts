import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LayersModel } from '@tensorflow/tfjs-node';
import { checkOptions } from '../core/options';
import { describeValue } from '../core/require';
import { result } from '../core/result';
import { systemReason } from '../core/systemReason';
import { isWidths, weightCount } from '../core/weightLayers';
import { type ZarrLayout, zarrMetadata } from '../data/zarrLayout';
import { isLayersModel } from './captureModel';
import { differenceRecording, isRescaled } from './differenceRecording';
import { checkAttributes, type FolderAttributes } from './folderAttributes';
import { type FolderShape, fixedArrays, growingArrays } from './folderLayout';
import { folderSource, readFixed, readVector } from './folderSource';
import { createMask } from './mask';
import type { Activation, Network } from './network';
import { checkActivations, checkLayers } from './networkFromWeights';
import { parameterCount, withParameters } from './parameters';
import type { Recording } from './recording';
import { recordingFrom } from './recordingFrom';
import { restoreArchitecture } from './storedModel';
import type { SettingsOf, Trainable } from './trainable';
import { wholeIterates } from './wholeIterates';

/** What `openRecording` needs besides the folder. */
export interface OpenRecordingOptions {
  /**
   * The compiled TensorFlow.js model that was recorded, where its loss or layers are functions and classes of your own, which no
   * file holds. Default: the model is built again from the folder.
   */
  readonly model?: LayersModel;
}

/**
 * Opens a recording that `recordTraining`, `recordTwin` or `recordTangent` wrote to a folder (`store`). It reads the same numbers,
 * bit for bit, as the recording that was written; of the series nothing is held in memory but what is asked for.
 *
 * `recording.store.status` is `unfinished` when the run was stopped or killed, or the power failed: the recording then ends with the
 * last iterate that was written whole, and `final` is the network there. Metadata, which say how many iterates there are, take up to
 * a twentieth of a run's time: a kill costs what came after their last saving, milliseconds as a rule. A power cut costs what the
 * system had not brought to the disk, on Linux up to half a minute of iterates.
 *
 * The folder is a Zarr store, version 3, with arrays `weights` and, for a pair, `difference`, iterate x weight; `others` (biases),
 * iterate x other; `log_norm` and `growth` of a pair; `initial`, `final`, `mask`; each says in its `long_name` what it holds. In
 * Python: `xarray.open_zarr(folder)` or `zarr.open_group(folder)`. A file that is missing or damaged (every chunk has a checksum) is an error where it is read.
 *
 * The type is what you know of the folder, and is not checked: `openRecording<DifferenceRecording>(folder)` for a pair,
 * `openRecording<Recording<Model>>(folder)` for a captured model.
 *
 * @throws TypeError for anything but a path; Error saying what is wrong with a folder that holds no readable recording
 * @example
 * import { createNetwork, loadDataset, openRecording, recordTraining } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * await recordTraining(network, iris, { epochs: 2, learningRate: 0.05, store: 'iris-weights' });
 * const recording = await openRecording('iris-weights');
 * recording.iterates; // 241, the start and 2 x 120 updates
 * recording.store?.status; // 'complete'
 */
export async function openRecording<R extends Recording<Trainable> = Recording>(
  folder: string,
  options: OpenRecordingOptions = {},
): Promise<R> {
  checkOptions(options, { model: true }, 'open a recording');
  const { model } = options;
  if (typeof folder !== 'string' || folder === '') {
    throw new TypeError(`Cannot open a recording: a folder is required, ${describeValue(folder)} came`);
  }
  if (model !== undefined && !isLayersModel(model)) {
    throw new TypeError(
      `Cannot open a recording: model must be a tf.LayersModel, ${describeValue(model)} came`,
    );
  }
  try {
    return (await open(folder, model)) as R;
  } catch (cause) {
    throw new Error(`Cannot open the recording ${folder}: ${(cause as Error).message}`, { cause });
  }
}

async function open(folder: string, model: LayersModel | undefined): Promise<Recording<Trainable>> {
  const group = await readGroup(folder);
  const attributes = checkAttributes(group.attributes);
  const { status, epochs, stopped, iterations_per_epoch, difference } = attributes;
  const shape = shapeOf(attributes);
  const counted = attributes.iterates;
  checkArrays(group, [...growingArrays(shape, counted), ...fixedArrays(shape, status === 'complete')]);
  const iterates = status === 'complete' ? counted : await wholeIterates(folder, shape, counted);
  if (iterates === 0) throw new Error('no iterate was written whole');

  const source = await folderSource(folder, shape, iterates, status);
  const initial = await initialOf(folder, attributes, shape, model);
  const last =
    status === 'complete' ? await readFixed(folder, shape, 'final') : await source.parameters(iterates - 1);
  const run = {
    initial,
    final: withParameters(initial, last),
    iterationsPerEpoch: iterations_per_epoch,
    epochs:
      iterates === counted ? epochs : epochs.filter(({ epoch }) => epoch * iterations_per_epoch < iterates),
    stopped,
    diverged: !last.every(Number.isFinite),
    settings: attributes.settings as unknown as SettingsOf<Trainable>,
  };
  if (difference === null) return recordingFrom(run, source);
  const line = (name: string): Promise<Float64Array> =>
    readVector(folder, growingArrays(shape, iterates).find(each => each.name === name) as ZarrLayout);
  const growths = (await line('growth')).filter((_, t) => isRescaled(t, difference.rescaleEvery));
  return differenceRecording(run, source, difference, await line('log_norm'), Array.from(growths));
}

interface Group {
  readonly node_type?: unknown;
  readonly attributes?: unknown;
  readonly consolidated_metadata?: { readonly metadata?: Readonly<Record<string, unknown>> };
}

async function readGroup(folder: string): Promise<Group> {
  let text: string;
  try {
    text = await readFile(join(folder, 'zarr.json'), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isNone = code === 'ENOENT' || code === 'ENOTDIR';
    throw new Error(isNone ? 'there is no Zarr store (no zarr.json)' : systemReason(error), { cause: error });
  }
  try {
    return (JSON.parse(text) ?? {}) as Group;
  } catch (cause) {
    throw new Error('its zarr.json is no JSON', { cause });
  }
}

/**
 * The metadata must be what we would write: then nothing in it can lead elsewhere or ask for more than chunks. Only what an array's
 * attributes say for people, which earlier versions left out, may be anything.
 */
function checkArrays(group: Group, layouts: readonly ZarrLayout[]): void {
  const found = group.consolidated_metadata?.metadata ?? {};
  for (const layout of layouts) {
    const { attributes: _, ...wanted } = JSON.parse(JSON.stringify(zarrMetadata(layout)));
    const { attributes: __, ...there } = Object(found[layout.name]);
    if (!isDeepStrictEqual(there, wanted)) {
      throw new Error(`the metadata of its array ${layout.name} is not what belongs to its attributes`);
    }
  }
}

function shapeOf({ network, storage, chunk_iterates, difference, mask }: FolderAttributes): FolderShape {
  const isModel = network.kind === 'model';
  if (!isModel && (network.kind !== 'network' || !Array.isArray(network.layers))) {
    throw new Error('its attributes are damaged: there is no such network');
  }
  if (!isModel) {
    checkLayers(network.layers);
    checkActivations(network.activation as Activation, network.output as Activation);
  } else if (!Array.isArray(network.layers) || isWidths(network.layers) || !Array.isArray(network.tensors)) {
    throw new Error('its attributes are damaged: the model has no layers or tensors');
  }
  const weights = weightCount(network.layers);
  const parameters = isModel
    ? network.tensors.reduce((sum, { length }) => sum + length, 0)
    : parameterCount(network.layers);
  if (!Number.isSafeInteger(weights) || !Number.isSafeInteger(parameters) || parameters < weights) {
    throw new Error('its attributes are damaged: sizes of layers');
  }
  return {
    weights,
    others: parameters - weights,
    storage,
    rows: chunk_iterates,
    isPair: difference !== null,
    isMasked: mask !== null,
  };
}

async function initialOf(
  folder: string,
  { network, mask: rule }: FolderAttributes,
  shape: FolderShape,
  own: LayersModel | undefined,
): Promise<Trainable> {
  const parameters = await readFixed(folder, shape, 'initial');
  const kept = rule === null ? null : await readFixed(folder, shape, 'mask');
  const removed = kept === null ? [] : Array.from(kept.keys()).filter(index => kept[index] === 0);
  const mask = rule === null ? null : createMask(network.layers, removed, rule);
  if (network.kind === 'model') {
    const { kind, name, layers } = network;
    const architecture = await restoreArchitecture(network, own);
    return result({ kind, name, layers, parameters, mask, architecture });
  }
  const { layers } = network;
  const empty: Network = {
    kind: 'network',
    layers,
    activation: network.activation as Activation,
    output: network.output as Activation,
    weights: layers.slice(1).map((width, l) => new Float64Array(width * layers[l])),
    biases: layers.slice(1).map(width => new Float64Array(width)),
    mask,
  };
  return withParameters(empty, parameters);
}
