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
  { train, validation, test }: Dataset,
  settings: TrainingSettings,
): Readonly<Record<string, unknown>> {
  const { layers, activation, output, mask } = network;
  const rows = [train, validation, test].flatMap(part => (part === null ? [] : [part.inputs, part.targets]));
  return {
    ...settings,
    layers,
    activation,
    output,
    weights: sha256(flattenParameters(network), ...(mask === null ? [] : [mask.kept])),
    rows: sha256(...rows),
    version: packageVersion(),
  };
}

/** Version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
}

function sha256(...arrays: readonly (Float64Array | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
