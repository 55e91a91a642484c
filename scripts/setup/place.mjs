import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, ownEnvironment, ownFolder } from '../../kernel/places.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything lies in this copy of the package: a clone, or what npm has installed. */
export const place = {
  root,
  isInstalled,
  modules: join(root, 'node_modules'),
  tfjsNode: join(root, isInstalled ? 'vendor' : 'node_modules', '@tensorflow', 'tfjs-node'),
  dist: join(root, 'dist'),
  cli: join(root, 'dist', 'src', 'cli.js'),
  venv: ownEnvironment,
  notebooks: join(root, 'notebooks'),
  /** The reader's copies of them, in the clone or where an installed package is called from. */
  ownNotebooks: join(isInstalled ? process.cwd() : root, 'my-notebooks'),
  /** What JupyterLab may open. */
  labRoot: isInstalled ? process.cwd() : root,
  /** Half-made things and the lock: what lies here may be deleted whenever no set-up runs. */
  work: isInstalled ? join(ownFolder, 'setup') : join(root, '.cache', 'setup'),
  /** The command that sets up, for remedies. */
  setupCommand: isInstalled ? 'npx legcnet setup' : 'npm run setup',
};

/** Where one copy for all of a user's clones and projects is kept. */
export const userCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'legcnet');

/** Folders in which this package finds others, nearest first. */
export const moduleFolders = createRequire(join(root, 'package.json')).resolve.paths('legcnet');

/** The folder of a package that this one depends on, wherever npm has put it. */
export function packageFolder(name) {
  const found = moduleFolders.map(folder => join(folder, name)).find(folder => existsSync(folder));
  return found ?? join(place.modules, name);
}
