import { place } from './place.mjs';

/**
 * Every step of this copy of the package in order, and those that JupyterLab needs. A step has a `name` for the command
 * line, a `title` for people, `check()` which is quick and changes nothing, and `run(report)` which makes its result and
 * resolves to what it did.
 */
export const { steps, labSteps } = place.isInstalled
  ? await import('./installedSteps.mjs')
  : await import('./cloneSteps.mjs');
