import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clone } from '../clone.mjs';
import { missing, outdated } from '../stepState.mjs';
import { withWorkFolder } from '../workFolder.mjs';

const FILE = join(clone.venv, 'share', 'jupyter', 'kernels', 'legcnet', 'kernel.json');

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
    await withWorkFolder(clone.work, folder => {
      const made = join(folder, 'kernel.json');
      writeFileSync(made, kernelSpec());
      mkdirSync(dirname(FILE), { recursive: true });
      renameSync(made, FILE);
    });
    return 'wrote the kernel "TypeScript (legcnet)" into .venv';
  },
};

/** What `tslab install` writes, but with absolute paths, room for large recordings and a quiet TensorFlow. */
function kernelSpec() {
  const tslab = join(clone.modules, 'tslab', 'bin', 'tslab');
  const spec = {
    argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript (legcnet)',
    language: 'typescript',
    env: { NODE_OPTIONS: '--max-old-space-size=4096', TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0' },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

function read() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return undefined;
  }
}
