import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { describeValue, requireKind } from '../core/require';
import { createMask, type Mask } from './mask';
import type { Activation, Network } from './network';
import { networkFromWeights } from './networkFromWeights';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from './safetensors';

const FORMAT = 'legcnet-network';
const VERSION = 1;

/** Contents of a `.json` network file. Numbers are written so that reading gives the same float64. */
interface NetworkJson {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly layers: readonly number[];
  readonly activation: Activation;
  readonly output: Activation;
  readonly mask: { readonly rule: string; readonly removed: readonly number[] } | null;
  /** One matrix a layer as a list of rows, out x in. */
  readonly weights: readonly (readonly (readonly number[])[])[];
  readonly biases: readonly (readonly number[])[];
}

/**
 * Writes a network to a file and overwrites what was there; every float64 comes back as it was.
 *
 * - `.json`: readable, one row of a matrix a line
 * - `.safetensors`: F64 tensors `layers.0.weight` (out x in), `layers.0.bias`, …, U8 tensors `layers.0.mask` when the
 *   network wears a mask, and the activations as metadata; PyTorch's and NumPy's safetensors read it
 *
 * @throws RangeError for another file extension
 * @example
 * import { createNetwork, loadNetwork, saveNetwork } from 'legcnet';
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * await saveNetwork(network, 'network.safetensors');
 * (await loadNetwork('network.safetensors')).weights[0][0] === network.weights[0][0]; // true, to the last bit
 */
export async function saveNetwork(network: Network, path: string): Promise<void> {
  requireKind(network, 'network', 'save a network');
  if (kindOf(path, 'save') === '.json') await writeFile(path, toJson(network));
  else await writeFile(path, encodeNetwork(network));
}

/**
 * Reads a network that `saveNetwork` wrote. In a `.safetensors` file from elsewhere the tensors must carry the same names,
 * and `activation` and `output` must stand in its metadata; F32 tensors are taken as they are.
 *
 * @throws RangeError for another file extension or a malformed file; TypeError where sizes do not fit together
 * @example
 * import { createNetwork, loadNetwork, saveNetwork } from 'legcnet';
 * await saveNetwork(createNetwork({ layers: [4, 6, 3], seed: 1 }), 'network.json');
 * (await loadNetwork('network.json')).layers; // [4, 6, 3]
 */
export async function loadNetwork(path: string): Promise<Network> {
  kindOf(path, 'load');
  return decodeNetwork(await readFile(path), path);
}

/** The network in the bytes of a file; the end of its name says how to read them. Throws as `loadNetwork`. */
export function decodeNetwork(bytes: Uint8Array, path: string): Network {
  if (kindOf(path, 'load') === '.json') return fromJson(Buffer.from(bytes).toString('utf8'), path);
  return fromSafetensors(bytes, path);
}

function kindOf(path: string, verb: 'save' | 'load'): '.json' | '.safetensors' {
  if (typeof path !== 'string') {
    throw new TypeError(`Cannot ${verb} a network: a path is required, ${describeValue(path)} came`);
  }
  const extension = extname(path);
  if (extension === '.json' || extension === '.safetensors') return extension;
  throw new RangeError(`Cannot ${verb} a network as ${path}: the file must end in .json or .safetensors`);
}

function toJson({ layers, activation, output, weights, biases, mask }: Network): string {
  const head = { format: FORMAT, version: VERSION, layers, activation, output, mask: mask && maskJson(mask) };
  const matrices = weights.map((matrix, l) => {
    const width = layers[l];
    const rows = Array.from({ length: layers[l + 1] }, (_, o) => matrix.subarray(o * width, (o + 1) * width));
    return `    [\n${rows.map(row => `      ${numbers(row)}`).join(',\n')}\n    ]`;
  });
  const fields = Object.entries(head).map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`);
  fields.push(`  "weights": [\n${matrices.join(',\n')}\n  ]`);
  fields.push(`  "biases": [\n${biases.map(vector => `    ${numbers(vector)}`).join(',\n')}\n  ]`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** As JSON.stringify, which writes the shortest text that reads back equal, but keeps the sign of -0. */
function numbers(values: Float64Array): string {
  return `[${Array.from(values, value => (Object.is(value, -0) ? '-0' : String(value))).join(', ')}]`;
}

function maskJson({ rule, kept }: Mask): NonNullable<NetworkJson['mask']> {
  return { rule, removed: Array.from(kept.keys()).filter(index => kept[index] === 0) };
}

function fromJson(text: string, path: string): Network {
  let file: NetworkJson;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`Cannot load ${path}: it is not JSON`, { cause });
  }
  if (file?.format !== FORMAT) throw new RangeError(`Cannot load ${path}: it is no ${FORMAT} file`);
  if (file.version !== VERSION) {
    throw new RangeError(`Cannot load ${path}: version ${VERSION} of ${FORMAT} is read, got ${file.version}`);
  }
  const { layers, activation, output, mask, weights, biases } = file;
  if (![layers, weights, biases].every(Array.isArray) || ![...weights, ...biases].every(Array.isArray)) {
    throw new RangeError(`Cannot load ${path}: layers, and weights and biases of each layer, must be lists`);
  }
  if (mask && !Array.isArray(mask.removed)) {
    throw new RangeError(`Cannot load ${path}: the removed weights of the mask must be a list`);
  }
  return networkFromWeights({
    layers,
    activation,
    output,
    weights: weights.map(rows => Float64Array.from(rows.flat(), exactNumber)),
    biases: biases.map(vector => Float64Array.from(vector, exactNumber)),
    mask: mask && createMask(layers, mask.removed, mask.rule),
  });
}

/** Keeps text and null from turning into numbers. */
function exactNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/** The bytes of a `.safetensors` file of the network. */
export function encodeNetwork({ layers, activation, output, weights, biases, mask }: Network): Uint8Array {
  const tensors = new Map<string, SafeTensor>();
  let at = 0;
  weights.forEach((values, l) => {
    const shape = [layers[l + 1], layers[l]];
    tensors.set(`layers.${l}.weight`, { dtype: 'F64', shape, values });
    tensors.set(`layers.${l}.bias`, { dtype: 'F64', shape: [layers[l + 1]], values: biases[l] });
    if (mask) {
      const kept = mask.kept.subarray(at, at + values.length);
      tensors.set(`layers.${l}.mask`, { dtype: 'U8', shape, values: kept });
    }
    at += values.length;
  });
  const metadata = { format: FORMAT, version: String(VERSION), activation, output };
  return encodeSafetensors({ tensors, metadata: mask ? { ...metadata, rule: mask.rule } : metadata });
}

function fromSafetensors(bytes: Uint8Array, path: string): Network {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { activation, output, rule = `as loaded from ${path}` } = metadata;
  const find = (name: string, dimensions: number): SafeTensor => {
    const found = tensors.get(name);
    if (found?.shape.length === dimensions) return found;
    const came = found ? `shape [${found.shape}]` : 'no such tensor';
    throw new RangeError(
      `Cannot load ${path}: it needs a tensor ${name} of ${dimensions} dimensions, got ${came}`,
    );
  };
  const depth = [...tensors.keys()].filter(name => name.endsWith('.weight')).length;
  const matrices = Array.from({ length: depth }, (_, l) => find(`layers.${l}.weight`, 2));
  const layers = [matrices[0]?.shape[1] ?? 0, ...matrices.map(matrix => matrix.shape[0])];
  const masks = tensors.has('layers.0.mask') ? matrices.map((_, l) => find(`layers.${l}.mask`, 2)) : null;
  return networkFromWeights({
    layers,
    activation: activation as Activation,
    output: output as Activation,
    weights: matrices.map(matrix => Float64Array.from(matrix.values)),
    biases: matrices.map((_, l) => Float64Array.from(find(`layers.${l}.bias`, 1).values)),
    mask: masks && createMask(layers, removedIn(masks, matrices, path), rule),
  });
}

function removedIn(masks: readonly SafeTensor[], matrices: readonly SafeTensor[], path: string): number[] {
  const wrong = masks.findIndex((mask, l) => String(mask.shape) !== String(matrices[l].shape));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot load ${path}: layers.${wrong}.mask must have shape [${matrices[wrong].shape}]`,
    );
  }
  const kept = masks.flatMap(mask => Array.from(mask.values));
  const bad = kept.find(value => value !== 0 && value !== 1);
  if (bad !== undefined) throw new RangeError(`Cannot load ${path}: a mask holds 0 and 1 only, got ${bad}`);
  return kept.flatMap((value, index) => (value === 0 ? [index] : []));
}
