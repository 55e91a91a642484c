import { checkOptions } from '../core/options';
import { type FetchOptions, fetchFile, fetchOptionNames } from './fetchFile';
import { datasetEntry } from './manifest';
import type { NumericArray } from './npy';
import { readNumpyObjects } from './numpyObjects';
import { readStateDict } from './stateDict';
import { datasetNames, type StudyName, studySettings } from './studySettings';

/** Weights and biases a published network starts from. */
export interface InitialWeights {
  /** Layer widths from inputs to outputs. */
  readonly layers: readonly number[];
  /** One matrix a layer, out x in, row-major. */
  readonly weights: readonly Float64Array[];
  /** One vector a layer, length out. */
  readonly biases: readonly Float64Array[];
}

/**
 * The initial weights that the study's authors published for a network: Gaussian with standard deviation 0.1 (vowel 1),
 * biases too; for MNIST PyTorch's own.
 *
 * @param name data set of the study
 * @param initialisation 1 to 10, for MNIST 1 to 5; the tables use 1 to 5
 * @throws RangeError for another name or number, Error when the file cannot be had or is not what it should be
 *
 * Source: folder `init` of github.com/RAJAN13-blip/chaotic-pruning, commit 25a1d8e.
 * @example
 * import { initialWeights } from 'legcnet';
 * const { layers, weights } = await initialWeights('iris', 5);
 * layers; // [4, 6, 3]
 * weights[0].length; // 24, six rows of four
 */
export async function initialWeights(
  name: StudyName,
  initialisation: number,
  options: FetchOptions = {},
): Promise<InitialWeights> {
  checkOptions(options, fetchOptionNames, 'get initial weights');
  checkInitialisation(name, initialisation, studySettings[name]?.initialisations);
  const { layers } = studySettings[name];
  const files = datasetEntry(name).weights;
  const parts =
    name === 'mnist'
      ? await mnistParts(files[initialisation - 1], options)
      : await smallParts(files[0], initialisation, options);

  const weights: Float64Array[] = [];
  const biases: Float64Array[] = [];
  for (let l = 1; l < layers.length; l++) {
    weights.push(checked(parts[2 * l - 2], [layers[l], layers[l - 1]], `W${l} of ${name} ${initialisation}`));
    biases.push(checked(parts[2 * l - 1], [layers[l]], `b${l} of ${name} ${initialisation}`));
  }
  return { layers: [...layers], weights, biases };
}

/** @throws RangeError unless `name` is a data set of the study and `initialisation` counts from 1 to `last`. */
export function checkInitialisation(name: string, initialisation: number, last: number): void {
  if (!(datasetNames as readonly string[]).includes(name)) {
    throw new RangeError(`No weights were published for '${name}'; there are ${datasetNames.join(', ')}`);
  }
  if (!Number.isInteger(initialisation) || initialisation < 1 || initialisation > last) {
    throw new RangeError(`Initialisations of ${name} are numbered 1 to ${last}, got ${initialisation}`);
  }
}

/** [W1, b1, W2, b2] out of a 10 x 4 array of arrays. */
async function smallParts(
  file: string,
  initialisation: number,
  options: FetchOptions,
): Promise<readonly NumericArray[]> {
  const { bytes } = await fetchFile(file, options);
  const { shape, items } = readNumpyObjects(bytes, file);
  if (String(shape) !== '10,4')
    throw new Error(`Cannot use ${file}: 10 x 4 arrays are required, its shape is [${shape}]`);
  return items.slice(4 * (initialisation - 1), 4 * initialisation);
}

async function mnistParts(file: string, options: FetchOptions): Promise<readonly NumericArray[]> {
  const { bytes } = await fetchFile(file, options);
  const state = readStateDict(bytes, file);
  return ['fc1', 'fc2', 'fc4'].flatMap(layer =>
    ['weight', 'bias'].map(part => {
      const array = state.get(`${layer}.${part}`);
      if (array === undefined) throw new Error(`Cannot use ${file}: it has no ${layer}.${part}`);
      return array;
    }),
  );
}

/** The values of an array with the required sizes; a column vector (n x 1) counts as a vector. */
function checked({ shape, values }: NumericArray, required: readonly number[], what: string): Float64Array {
  const sizes = required.length === 1 && shape.length === 2 && shape[1] === 1 ? [shape[0]] : shape;
  if (String(sizes) !== String(required))
    throw new Error(`${what} should be ${required.join(' x ')}, it is ${shape.join(' x ')}`);
  if (!values.every(Number.isFinite)) throw new Error(`${what} holds a number that is not finite`);
  return values;
}
