import { build } from './steps/build.mjs';
import { kernel } from './steps/kernel.mjs';
import { link } from './steps/link.mjs';
import { node } from './steps/node.mjs';
import { npm } from './steps/npm.mjs';
import { python } from './steps/python.mjs';
import { tensorflow } from './steps/tensorflow.mjs';

/**
 * Every step in order. A step has a `name` for the command line, a `title` for people, `check()` which is
 * quick and changes nothing, and `run(report)` which makes its result and resolves to what it did.
 */
export const steps = [node, python, npm, link, tensorflow, kernel, build];
