import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where everything lies in this clone. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const clone = {
  root,
  modules: join(root, 'node_modules'),
  dist: join(root, 'dist'),
  cli: join(root, 'dist', 'src', 'cli.js'),
  venv: join(root, '.venv'),
  notebooks: join(root, 'notebooks'),
  /** The reader's copies of them, which git does not see. */
  ownNotebooks: join(root, 'my-notebooks'),
  /** Half-made things and the lock: what lies here may be deleted whenever no set-up runs. */
  work: join(root, '.cache', 'setup'),
};

/** Where one copy for all of a user's clones is kept. */
export const userCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'legcnet');
