import { join } from 'node:path';
import { packageRoot } from './packageRoot';

const places: typeof import('../../kernel/places.js') = require(join(packageRoot, 'kernel', 'places.js'));

/** Whether npm has put this package among a project's modules; otherwise it is a clone. */
export const isInstalled: boolean = places.isInstalled;

/** The Python environment with JupyterLab that set-up makes for this copy of the package. */
export const ownEnvironment: string = places.ownEnvironment;

/** What makes TensorFlow's binding and the kernel, for remedies. */
export const setupCommand: string = isInstalled ? 'npx legcnet setup' : 'npm run setup';

/**
 * Refuses, in an installed package, what only a clone can do.
 *
 * @param what the refused thing, as the start of a sentence
 * @param why what it needs that an installed package has not, or changes that it must not
 * @throws Error saying both
 */
export function requireClone(what: string, why: string): void {
  if (isInstalled) throw new Error(`${what} takes a clone of the repository: ${why}`);
}
