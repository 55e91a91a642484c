import { build } from './steps/build.mjs';
import { kernel } from './steps/kernel.mjs';
import { link } from './steps/link.mjs';
import { node } from './steps/node.mjs';
import { npm } from './steps/npm.mjs';
import { python } from './steps/python.mjs';
import { tensorflow } from './steps/tensorflow.mjs';

export const steps = [node, python, npm, link, tensorflow, kernel, build];
export const labSteps = steps;
