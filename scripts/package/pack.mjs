import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../setup/place.mjs';
import { runProgram } from '../setup/runProgram.mjs';
import { listFiles } from '../setup/stamp.mjs';
import { withWorkFolder } from '../setup/workFolder.mjs';
import { stage } from './stage.mjs';

/**
 * Packs what users install into one file, by npm, from a staged folder.
 *
 * @param {string} [target] folder for the file. Default: `dist`
 * @returns {Promise<{file: string, size: number, files: string[]}>} path and bytes of the packed file, and what it holds
 */
export function pack(target = place.dist) {
  return withWorkFolder(tmpdir(), async folder => {
    stage(folder);
    const options = ['--ignore-scripts', '--loglevel=error', '--pack-destination', target];
    await runProgram('npm', ['pack', ...options], { cwd: folder });
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = join(target, `${name}-${version}.tgz`);
    return { file, size: statSync(file).size, files: listFiles(folder, '.') };
  });
}
