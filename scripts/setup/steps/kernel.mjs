import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kernelFolder, kernelSpec } from '../../../kernel/spec.js';
import { place } from '../place.mjs';
import { missing, outdated } from '../stepState.mjs';
import { withWorkFolder } from '../workFolder.mjs';

const FILE = join(place.venv, 'share', 'jupyter', kernelFolder, 'kernel.json');

/** The kernel that JupyterLab from .venv offers as "TypeScript (legcnet)". */
export const kernel = {
  name: 'kernel',
  title: 'notebook kernel',

  check() {
    const found = read();
    if (found === undefined) return missing('kernel.json is not there');
    return found === kernelSpec() ? null : outdated('kernel.json is for another Node or another place');
  },

  async run() {
    await withWorkFolder(place.work, folder => {
      const made = join(folder, 'kernel.json');
      writeFileSync(made, kernelSpec());
      mkdirSync(dirname(FILE), { recursive: true });
      renameSync(made, FILE);
    });
    return 'wrote the kernel "TypeScript (legcnet)" into .venv';
  },
};

function read() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return undefined;
  }
}
