import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOptions } from '../core/options';
import { packageRoot } from '../core/packageRoot';
import { type FetchOptions, fetchFile, fetchOptionNames } from './fetchFile';
import { checkInitialisation } from './initialWeights';
import { type StudyName, studySettings } from './studySettings';

/** LEGCNet-FT chooses weights from the whole training run, LEGCNet-PT from its first epochs. */
export type LegcnetVariant = 'FT' | 'PT';

/** Initialisations with a published mask. */
const MASKED = 5;

/**
 * The weights that the study removed: 0-based, layers in order, each row-major out x in, biases excluded, in ascending order.
 * For the small networks they ship with the package; for MNIST they are fetched, and since the study tested layers 2 and 3
 * only, the 39 200 weights of layer 1 are never among them. (The study's own code masks less than these lists say: layer 3
 * never, and list entry 0 also costs layer 1 its last weight.)
 *
 * @param name data set of the study; for vowel no mask was published
 * @param initialisation 1 to 5
 * @throws RangeError for another name, variant or number, Error when MNIST's list cannot be had or is not one of such weights
 *
 * Source: `Testing.ipynb` and folder `masks` of github.com/RAJAN13-blip/chaotic-pruning, commit 25a1d8e.
 * @example
 * import { publishedMaskIndices } from 'legcnet';
 * (await publishedMaskIndices('iris', 'FT', 5)).length; // 2
 */
export async function publishedMaskIndices(
  name: StudyName,
  variant: LegcnetVariant,
  initialisation: number,
  options: FetchOptions = {},
): Promise<number[]> {
  checkOptions(options, fetchOptionNames, 'get a published mask');
  checkInitialisation(name, initialisation, MASKED);
  if (variant !== 'FT' && variant !== 'PT') throw new RangeError(`A mask is 'FT' or 'PT', got '${variant}'`);
  if (name === 'vowel') throw new RangeError('No mask was published for vowel');
  if (name === 'mnist') return mnistIndices(variant, initialisation, options);
  const { masks } = JSON.parse(readFileSync(join(packageRoot, 'data', 'masks.json'), 'utf8')) as {
    masks: Record<string, Record<LegcnetVariant, number[][]>>;
  };
  return masks[name][variant][initialisation - 1];
}

async function mnistIndices(
  variant: LegcnetVariant,
  initialisation: number,
  options: FetchOptions,
): Promise<number[]> {
  const file = `chaotic-pruning/masks/mask_mnist_${initialisation}${variant === 'PT' ? 2 : ''}.csv`;
  const { bytes } = await fetchFile(file, options);
  const [inputs, first, second, outputs] = studySettings.mnist.layers;
  const tested = first * second + second * outputs;
  const lines = Buffer.from(bytes).toString('latin1').trim().split(/\r?\n/);
  const indices = lines.map((line, i) => {
    const index = Number(line);
    if (!/^\d+$/.test(line) || index >= tested) {
      throw new Error(
        `Cannot use ${file}: line ${i + 1} should be a weight from 0 to ${tested - 1}, it is '${line}'`,
      );
    }
    return inputs * first + index;
  });
  return indices.sort((a, b) => a - b);
}
