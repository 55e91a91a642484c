import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../core/packageRoot';

/** `legcnet setup`: the set-up scripts, which a clone runs before anything is compiled. */
export async function setUp(): Promise<void> {
  await runScript('setup.mjs');
}

/** `legcnet lab`. */
export async function startLab(): Promise<void> {
  await runScript('lab.mjs');
}

/** A script reads its words from the command line, as if it had been called itself. */
async function runScript(name: string): Promise<void> {
  process.argv.splice(2, 1);
  await import(pathToFileURL(join(packageRoot, 'scripts', name)).href);
}
