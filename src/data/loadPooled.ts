import type { Dataset } from './dataset';
import type { FetchOptions } from './fetchFile';
import { prepare } from './prepare';
import { studySamples } from './studySamples';

/**
 * Titanic or the vowels as procedure `published` scales them, but split as the text says: all rows in one shuffle (NumPy seed 42),
 * the first 80 % for training.
 */
export async function loadPooled(name: 'titanic' | 'vowel', options: FetchOptions = {}): Promise<Dataset> {
  const preparation = {
    procedure: 'published',
    seed: 42,
    testShare: 0.2,
    validationShare: 0,
    scaled: true,
    pooled: true,
  } as const;
  return prepare(await studySamples(name, options), preparation);
}
