import { kernel } from './steps/kernel.mjs';
import { node } from './steps/node.mjs';
import { python } from './steps/python.mjs';
import { tensorflow } from './steps/tensorflow.mjs';
import { userKernel } from './steps/userKernel.mjs';

// npm has done the rest: what it installs is compiled, and lies where `import 'legcnet'` looks.
export const steps = [node, tensorflow, userKernel];
export const labSteps = [node, python, tensorflow, kernel];
