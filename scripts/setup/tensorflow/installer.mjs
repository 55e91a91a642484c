import { cpSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { moduleFolders } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';
import { listFiles } from '../stamp.mjs';
import { removeLeftovers, withWorkFolder } from '../workFolder.mjs';

const FIRST_BYTE_MS = 15_000;
const TOTAL_MS = 10 * 60_000;

/**
 * Runs the installer that comes with tfjs-node: it downloads libtensorflow and a compiled binding from its
 * makers' server. Rejects soon where that server cannot be reached. It works on a copy, because it rewrites
 * its own package.json and takes a half downloaded library for a whole one.
 */
export async function runOwnInstaller(tfjsNode) {
  // Beside the package, because the copy finds its own dependencies in the folders above it.
  const scope = dirname(tfjsNode);
  removeLeftovers(scope);
  await withWorkFolder(scope, async folder => {
    const copy = join(folder, 'tfjs-node');
    cpSync(tfjsNode, copy, { recursive: true });
    for (const result of ['deps', 'lib']) rmSync(join(copy, result), { recursive: true, force: true });
    await install(copy);
    for (const result of ['deps', 'lib']) {
      rmSync(join(tfjsNode, result), { recursive: true, force: true });
      renameSync(join(copy, result), join(tfjsNode, result));
    }
  });
}

async function install(copy) {
  const limit = new AbortController();
  const total = setTimeout(() => limit.abort(), TOTAL_MS);
  const firstByte = setTimeout(() => {
    if (listFiles(copy, 'deps').length === 0) limit.abort();
  }, FIRST_BYTE_MS);
  const programs = moduleFolders.map(folder => join(folder, '.bin'));
  const env = { ...process.env, PATH: [...programs, process.env.PATH].join(delimiter) };
  try {
    await runProgram(process.execPath, ['scripts/install.js', 'cpu', 'download'], {
      cwd: copy,
      env,
      signal: limit.signal,
    });
  } finally {
    clearTimeout(total);
    clearTimeout(firstByte);
  }
}
