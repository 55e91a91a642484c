import { installedKernels, installKernel } from '../../../dist/src/notebook/kernelSpecs.js';
import { missing } from '../stepState.mjs';

/** The kernel "TypeScript (legcnet)" for whichever Jupyter this user has. */
export const userKernel = {
  name: 'kernel',
  title: 'notebook kernel',

  check() {
    const kernels = installedKernels();
    if (kernels.some(({ problem }) => problem === null)) return null;
    return missing('no Jupyter of this user offers this copy of legcnet');
  },

  /** Leaves a kernel that starts another copy, because notebooks elsewhere may count on that one. */
  async run() {
    const other = installedKernels().find(({ startsOther }) => startsOther !== null);
    if (other === undefined) return `wrote ${installKernel()}`;
    return `${other.path} starts ${other.startsOther} and stays; \`npx legcnet kernel install\` makes it start this copy`;
  },
};
