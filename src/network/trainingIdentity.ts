import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import type { Dataset } from '../data/dataset';
import type { Network } from './network';
import { flattenParameters } from './parameters';
import type { TrainingSettings } from './trainingSettings';

/**
 * Everything that the numbers of a training depend on: its settings, the network it starts from, the rows it sees, and the
 * version of this package. Weights and rows are told apart by their SHA-256.
 */
export function trainingIdentity(
  network: Network,
  dataset: Dataset,
  settings: TrainingSettings,
): Readonly<Record<string, unknown>> {
  const { layers, activation, output, mask } = network;
  return {
    ...settings,
    layers,
    activation,
    output,
    weights: sha256(flattenParameters(network), ...(mask === null ? [] : [mask.kept])),
    rows: rowsHash(dataset),
    version: packageVersion(),
  };
}

/** Version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
}

/** Those of MNIST are 260 MB, and a data set is used again and again. */
const known = new WeakMap<Dataset, string>();

function rowsHash(dataset: Dataset): string {
  const found = known.get(dataset);
  if (found !== undefined) return found;
  const { train, validation, test } = dataset;
  const parts = [train, validation, test].flatMap(part => (part === null ? [] : [part.inputs, part.targets]));
  const hash = sha256(...parts);
  known.set(dataset, hash);
  return hash;
}

function sha256(...arrays: readonly (Float64Array | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
