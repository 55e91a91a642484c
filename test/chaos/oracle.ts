import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/packageRoot';

/** Reference values of other programs; `test/oracles/README.md` names the sources. */
export function readOracle<T>(name: string): T {
  return JSON.parse(readFileSync(join(packageRoot, 'test', 'oracles', `${name}.json`), 'utf8'));
}
